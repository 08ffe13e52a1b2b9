import { ApiError, badRequest } from './api-error.ts'
import type { AnyObject } from './objects.ts'
import { apiVersionOf, type Target } from './resources.ts'
import type { Store } from './store.ts'

const placeOf = ({ metadata }: AnyObject): string => `${metadata.namespace ?? ''}/${metadata.name}`

/** A page of a list, in the order of etcd's keys; what follows begins after the last one's key. */
export function listPage(
  store: Store,
  objects: readonly AnyObject[],
  { resource }: Target,
  query: URLSearchParams,
): object {
  const limit = Number(query.get('limit') ?? 0)
  const token = query.get('continue') ?? ''
  const from = token === '' ? null : readToken(token)
  if (from && !store.isKnown(from.rv)) {
    throw new ApiError(
      410,
      'Expired',
      'The provided continue parameter is too old to display a consistent list result.',
    )
  }
  const ordered = objects.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
  const rest = from ? ordered.filter((object) => placeOf(object) > from.start) : ordered
  const items = limit > 0 ? rest.slice(0, limit) : rest
  const last = items.at(-1)
  const isSelected = Boolean(query.get('labelSelector') || query.get('fieldSelector'))
  const left = rest.length - items.length
  const version = from?.rv ?? store.version
  const next = left > 0 && last ? { v: 'meta.k8s.io/v1', rv: version, start: placeOf(last) } : null
  return {
    kind: `${resource.kind}List`,
    apiVersion: apiVersionOf(resource),
    metadata: {
      resourceVersion: String(version),
      ...(next ? { continue: Buffer.from(JSON.stringify(next)).toString('base64url') } : {}),
      // How many of those that are left fit a selector is not known.
      ...(next && !isSelected ? { remainingItemCount: left } : {}),
    },
    // What a list holds names its kind once.
    items: items.map(({ apiVersion: _, kind: __, ...item }) => item),
  }
}

function readToken(token: string): { readonly rv: number; readonly start: string } {
  try {
    const { rv, start } = JSON.parse(Buffer.from(token, 'base64url').toString()) as { rv: number; start: string }
    return { rv: Number(rv), start: String(start) }
  } catch {
    const first = Buffer.from(token, 'base64url').toString()[0] ?? ''
    const why = `invalid character '${first}' looking for beginning of value`
    throw badRequest(`invalid continue token: continue key is not valid: ${why}`)
  }
}
