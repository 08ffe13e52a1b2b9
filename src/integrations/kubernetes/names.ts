import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'

/** RFC 1123 subdomain, which every name that NOX puts into a path is. */
const nameShape = /^[a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?$/

/** A name that may stand in a path. @throws NoxError `bad-input`: what the catalogue holds is tenants' input */
export function checkedName(name: string): string {
  if (nameShape.test(name) && !name.includes('..')) return name
  throw new NoxError('bad-input', 'not a Kubernetes name', {
    forPerson: phrase('error.notFound', { what: name.slice(0, 60) }),
  })
}

/** Where NOX notes on an object which action changed it last. */
export const actionAnnotation = 'nox.dev/action'

/** The last actions that changed an object, newest last: what one of them did is known also after the next. */
export const actionsAnnotation = 'nox.dev/actions'

/** Where NOX notes on a Deployment which of its revisions never got ready. */
export const failedAnnotation = 'nox.dev/failed-revisions'

/** `registry:5000/team/app:v2@sha256:…` → `v2`; without a tag the digest's first 12 characters, else `latest`. */
export function versionOf(image: string): string {
  const [name = '', digest] = image.split('@')
  const tag = /:([\w][\w.-]{0,127})$/.exec(name.slice(name.lastIndexOf('/') + 1))?.[1]
  if (tag !== undefined) return tag
  return digest === undefined ? 'latest' : digest.replace(/^sha256:/, '').slice(0, 12)
}
