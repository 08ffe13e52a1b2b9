import { badRequest } from './api-error.ts'
import type { AnyObject } from './objects.ts'

type Fits = (object: AnyObject) => boolean

/** `a=b,c!=d,e in (f,g),h notin (i),j,!k` @throws ApiError 400 */
export function labelSelector(text: string): Fits {
  const parts = text
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const tests = parts.map((part): ((labels: Record<string, string>) => boolean) => {
    const set = /^(\S+) (in|notin) \(([^)]*)\)$/.exec(part)
    if (set) {
      const [, key = '', operator, list = ''] = set
      const values = list.split(',').map((value) => value.trim())
      return (labels) => values.includes(labels[key] ?? '\0') === (operator === 'in')
    }
    const equal = /^([^=!\s]+)\s*(==|=|!=)\s*(\S*)$/.exec(part)
    if (equal) {
      const [, key = '', operator, value] = equal
      return (labels) => (labels[key] === value) === (operator !== '!=')
    }
    if (/^!?[\w./-]+$/.test(part))
      return (labels) => part.startsWith('!') !== ((part.replace('!', '') in labels) as boolean)
    const [, found = part] = part.split(/\s+/)
    throw badRequest(`unable to parse requirement: found '${found}', expected: in, notin, =, ==, !=, gt, lt`)
  })
  return (object) => tests.every((test) => test(object.metadata.labels ?? {}))
}

/** `metadata.name=x,involvedObject.name=y` @throws ApiError 400 for a field that has no index */
export function fieldSelector(text: string): Fits {
  const known =
    /^(metadata\.(name|namespace)|involvedObject\.(name|kind|namespace|uid)|status\.phase|spec\.nodeName|type|reason)$/
  const tests = text
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const [, field = '', operator, value] = /^([^=!]+)(==|=|!=)(.*)$/.exec(part) ?? []
      if (!known.test(field)) throw badRequest(`field label not supported: ${field || part}`)
      return (object: AnyObject) => (readField(object, field) === value) === (operator !== '!=')
    })
  return (object) => tests.every((test) => test(object))
}

function readField(object: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], object)
}
