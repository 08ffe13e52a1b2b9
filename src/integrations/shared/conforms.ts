/** What a part of a vendor's payload is, where it is there: a text, a number, a switch, an object, or a list of one kind. */
export type Shape = 'text' | 'number' | 'switch' | { readonly [name: string]: Shape } | readonly [Shape]

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether all that is read of a payload is of the kind that it should be; what is absent, or null, is fine. */
export function conforms(value: unknown, shape: Shape): boolean {
  if (value === null || value === undefined) return true
  if (shape === 'text') return typeof value === 'string'
  if (shape === 'number') return typeof value === 'number'
  if (shape === 'switch') return typeof value === 'boolean'
  if (Array.isArray(shape)) return Array.isArray(value) && value.every((each) => conforms(each, shape[0]))
  if (!isObject(value)) return false
  return Object.entries(shape).every(([name, each]) => !Object.hasOwn(value, name) || conforms(value[name], each))
}
