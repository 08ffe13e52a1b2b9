import { unreadableAnswer } from '../../egress/vendor-problem.ts'
import { conforms, type Shape } from './conforms.ts'

type Fields = { readonly [name: string]: Shape }

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * One object of a vendor's answer.
 * @param shape what its parts are where they are there
 * @param needed the parts that must be there
 * @throws NoxError `vendor-failed` where it is something else
 */
export function recordOf<T>(vendor: string, value: unknown, shape: Fields, needed: readonly string[] = []): T {
  const isWhole = isRecord(value) && needed.every((name) => value[name] !== undefined && value[name] !== null)
  if (isWhole && conforms(value, shape)) return value as T
  throw unreadableAnswer(vendor)
}

/** A list of such objects: one that is absent is not an empty one. @throws NoxError `vendor-failed` as `recordOf` does */
export function listOf<T>(vendor: string, value: unknown, shape: Fields, needed: readonly string[] = []): readonly T[] {
  if (!Array.isArray(value)) throw unreadableAnswer(vendor)
  return value.map((each) => recordOf<T>(vendor, each, shape, needed))
}
