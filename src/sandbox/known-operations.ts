import type { DoubleRequest, Exchange } from './http-double.ts'

/** What a body holds: names of keys; `true` = whatever is there. */
export type BodyShape = { readonly [key: string]: true | BodyShape }

/** One operation of an API that has no description to check against, with all that it takes. */
export interface KnownOperation {
  readonly method: string
  /** Below the API: `/issue/{key}/comment`. */
  readonly path: string
  readonly query?: readonly string[]
  readonly body?: BodyShape
}

const fitsPath = (template: string, path: string): boolean => {
  const [wanted, given] = [template.split('/'), path.split('/')]
  return wanted.length === given.length && wanted.every((each, at) => each.startsWith('{') || each === given[at])
}

const findOperation = (all: readonly KnownOperation[], method: string, path: string) =>
  all.find((each) => each.method === method && fitsPath(each.path, path))

/** The first key of a body that its shape does not have, at any depth. */
function unknownKey(shape: BodyShape, value: unknown): string | null {
  if (Array.isArray(value)) {
    return value.map((each) => unknownKey(shape, each)).find((key) => key !== null) ?? null
  }
  if (value === null || typeof value !== 'object') return null
  for (const [key, each] of Object.entries(value)) {
    const known = Object.hasOwn(shape, key) ? shape[key] : undefined
    if (known === undefined) return key
    const inner = known === true ? null : unknownKey(known, each)
    if (inner !== null) return inner
  }
  return null
}

/** Why a request is none that the API takes. */
export type Unknown =
  | { readonly kind: 'operation' }
  | { readonly kind: 'query' | 'key'; readonly name: string }
  | { readonly kind: 'type' }

/**
 * Looks for what an API does not take; `null` = nothing.
 * @param path below the API, still encoded
 */
export function unknownIn(all: readonly KnownOperation[], path: string, request: DoubleRequest): Unknown | null {
  const operation = findOperation(all, request.method, path)
  if (!operation) return { kind: 'operation' }
  const query = [...request.query.keys()].find((name) => !operation.query?.includes(name))
  if (query !== undefined) return { kind: 'query', name: query }
  if (request.body === undefined) return null
  const type = request.headers['content-type'] ?? ''
  if (!/^(?:application\/json|multipart\/form-data)\b/.test(type)) return { kind: 'type' }
  const key = unknownKey(operation.body ?? {}, request.body)
  return key === null ? null : { kind: 'key', name: key }
}

/** The operations that were asked for with success, as `GET /issue/{key}`. */
export function operationsUsed(all: readonly KnownOperation[], api: string, exchanges: readonly Exchange[]): string[] {
  const used = exchanges.flatMap(({ request, answer }) => {
    const path = request.path.startsWith(api) ? request.path.slice(api.length) : ''
    const operation = answer.status < 400 ? findOperation(all, request.method, path) : undefined
    return operation ? [`${operation.method} ${operation.path}`] : []
  })
  return [...new Set(used)]
}
