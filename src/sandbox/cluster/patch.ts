import { ApiError, badRequest } from './api-error.ts'

type Json = Record<string, unknown>
const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Lists that a strategic merge joins by a key of their items (Kubernetes API conventions, patchMergeKey). */
const mergeKeys: Record<string, string> = {
  containers: 'name',
  initContainers: 'name',
  env: 'name',
  volumes: 'name',
  volumeMounts: 'mountPath',
  ports: 'containerPort',
  ownerReferences: 'uid',
}

/** Applies a patch of one of the three kinds that NOX may send. @throws ApiError 415, 400, 422 */
export function applyPatch(target: unknown, contentType: string, patch: unknown): unknown {
  switch (contentType) {
    case 'application/merge-patch+json':
      return mergePatch(target, patch)
    case 'application/strategic-merge-patch+json':
      return strategicMerge(target, patch)
    case 'application/json-patch+json':
      if (!Array.isArray(patch)) throw badRequest('a JSON patch is a list of operations')
      return patch.reduce((document: unknown, operation) => applyOperation(document, operation as Json), target)
    default:
      throw new ApiError(415, 'UnsupportedMediaType', '415: Unsupported Media Type')
  }
}

/** RFC 7396. */
function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch
  const result: Json = isRecord(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key]
    else result[key] = mergePatch(result[key], value)
  }
  return result
}

function strategicMerge(target: unknown, patch: unknown, field = ''): unknown {
  const key = mergeKeys[field]
  if (Array.isArray(patch) && Array.isArray(target) && key !== undefined) return mergeLists(target, patch, key)
  if (!isRecord(patch)) return patch
  const result: Json = isRecord(target) ? { ...target } : {}
  for (const [name, value] of Object.entries(patch)) {
    if (name === '$patch') continue
    if (value === null) delete result[name]
    else result[name] = strategicMerge(result[name], value, name)
  }
  return result
}

function mergeLists(target: readonly unknown[], patch: readonly unknown[], key: string): unknown[] {
  const result = [...target]
  for (const item of patch) {
    const at = result.findIndex((each) => isRecord(each) && isRecord(item) && each[key] === item[key])
    if (isRecord(item) && item.$patch === 'delete') {
      if (at >= 0) result.splice(at, 1)
    } else if (at >= 0) result[at] = strategicMerge(result[at], item)
    else result.push(item)
  }
  return result
}

/** RFC 6902. */
function applyOperation(document: unknown, { op, path, value }: Json): unknown {
  const steps = String(path)
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  const last = steps.pop()
  const copy = structuredClone(document)
  if (last === undefined) return value
  let parent: unknown = copy
  for (const step of steps)
    parent = isRecord(parent) ? parent[step] : Array.isArray(parent) ? parent[Number(step)] : undefined
  const missing = new ApiError(
    422,
    'Invalid',
    `the server rejected our request: ${String(op)} operation does not apply: doc is missing path: ${String(path)}`,
  )
  if (Array.isArray(parent)) {
    const index = last === '-' ? parent.length : Number(last)
    if (op === 'add') parent.splice(index, 0, value)
    else if (!(index in parent)) throw missing
    else if (op === 'replace') parent[index] = value
    else if (op === 'remove') parent.splice(index, 1)
    else if (op === 'test' && JSON.stringify(parent[index]) !== JSON.stringify(value)) throw missing
    return copy
  }
  if (!isRecord(parent)) throw missing
  if (op === 'add') parent[last] = value
  else if (!(last in parent)) throw missing
  else if (op === 'replace') parent[last] = value
  else if (op === 'remove') delete parent[last]
  else if (op === 'test' && JSON.stringify(parent[last]) !== JSON.stringify(value)) throw missing
  return copy
}
