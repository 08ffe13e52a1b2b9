export type FormValue = string | FormValue[] | { [key: string]: FormValue }
export type FormBody = { [key: string]: FormValue }

/** Reads `items[0][price]=x&metadata[a]=b`, as Stripe takes it. @throws TypeError for a key that is none */
export function parseForm(text: string): FormBody {
  const root: FormBody = {}
  for (const [name, value] of new URLSearchParams(text)) {
    const path = /^[\w.]+(\[[^[\]]*\])*$/.test(name) ? name.split(/[[\]]+/).filter((each) => each !== '') : []
    if (path.length === 0 || path.some((each) => each === '__proto__')) throw new TypeError('not a form')
    let at: FormBody = root
    path.slice(0, -1).forEach((key) => {
      const next = at[key]
      at = at[key] = typeof next === 'object' && !Array.isArray(next) ? next : {}
    })
    const last = path.at(-1) ?? ''
    const known = at[last]
    // `expand[]=a&expand[]=b`
    if (name.endsWith('[]')) at[last] = [...(Array.isArray(known) ? known : []), value]
    else at[last] = value
  }
  return toLists(root) as FormBody
}

/** `{ 0: a, 1: b }` is a list. */
function toLists(value: FormValue): FormValue {
  if (typeof value === 'string' || Array.isArray(value)) return value
  const entries = Object.entries(value).map(([key, each]) => [key, toLists(each)] as const)
  const isList = entries.length > 0 && entries.every(([key], index) => key === String(index))
  return isList ? entries.map(([, each]) => each) : Object.fromEntries(entries)
}

/** A text that is not empty; `undefined` for all else. */
export const textAt = (body: FormBody, key: string): string | undefined => {
  const value = body[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** An object, empty where none was sent. */
export const objectAt = (body: FormBody, key: string): FormBody => {
  const value = body[key]
  return typeof value === 'object' && !Array.isArray(value) ? value : {}
}

/** A list, empty where none was sent. */
export const listAt = (body: FormBody, key: string): readonly FormValue[] => {
  const value = body[key]
  return Array.isArray(value) ? value : []
}

/** The entries that are texts, as metadata may have them. */
export const textsOf = (body: FormBody): Record<string, string> =>
  Object.fromEntries(Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
