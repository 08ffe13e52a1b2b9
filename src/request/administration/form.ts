import { type Phrase, phrase } from '../../texts/phrase.ts'

/** Fields of a form as a person filled them in; absent = left empty. */
export type Form = { readonly [field: string]: string | readonly string[] | undefined }

/** What is wrong, by the name of the field. */
export type FormErrors = { readonly [field: string]: Phrase }

/** What is asked before a form that is right is carried out; `agree` sent along with it is the answer. */
export interface FormQuestion {
  readonly say: readonly Phrase[]
  readonly agree: string
}

interface Failed {
  readonly ok: false
  readonly errors: FormErrors
  readonly question?: FormQuestion
}

/** What a form came to: something to go on with, or its errors, or a question. */
export type Checked<T> = { readonly ok: true; readonly value: T } | Failed

/** A form that came to its errors. */
export const failed = (errors: FormErrors): Failed => ({ ok: false, errors })

/** A field without the blanks around it; empty where it is a list or was not sent. */
export const textOf = (form: Form, field: string): string => {
  const value = form[field]
  return typeof value === 'string' ? value.trim() : ''
}

/** A field as a list; of a text its words between commas and blanks, each once. */
export const listOf = (form: Form, field: string): readonly string[] => {
  const value = form[field]
  if (typeof value !== 'string') return value ?? []
  const items = value.split(/[,\s]+/).filter((item) => item !== '')
  return [...new Set(items)]
}

/** Whether it is an address of HTTP without credentials, query or fragment. */
export function isPlainUrl(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol)) return false
  return [url.username, url.password, url.search, url.hash].every((part) => part === '')
}

/** Names that people type in orders. */
export const nameShape = /^[\p{L}\p{N}](?:[\p{L}\p{N}._-]{0,58}[\p{L}\p{N}])?$/u
/** RFC 1123 label: namespaces and containers. */
const labelShape = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/
/** RFC 1123 subdomain: Deployments and CronJobs. */
const subdomainShape = /^[a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?$/

/** Why nothing can bear this name: empty, of another shape, or taken in any case; `null` = it can. */
export function nameProblem(name: string, taken: readonly string[]): Phrase | null {
  if (name === '') return phrase('form.required')
  if (!nameShape.test(name)) return phrase('form.name')
  return taken.some((each) => each.toLowerCase() === name.toLowerCase()) ? phrase('form.taken') : null
}

/** Why this is no namespace or container of Kubernetes; `null` = it is one. */
export function labelProblem(text: string): Phrase | null {
  if (text === '') return phrase('form.required')
  return labelShape.test(text) ? null : phrase('form.kubernetesName')
}

/** Why this is no name of a Deployment or CronJob; `null` = it is one. */
export function subdomainProblem(text: string): Phrase | null {
  if (text === '') return phrase('form.required')
  return subdomainShape.test(text) ? null : phrase('form.kubernetesName')
}

/** The entries that have a problem. */
export function problems(found: { readonly [field: string]: Phrase | null }): FormErrors | null {
  const entries = Object.entries(found).filter((entry): entry is [string, Phrase] => entry[1] !== null)
  return entries.length === 0 ? null : Object.fromEntries(entries)
}
