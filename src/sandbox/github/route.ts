import type { DoubleAnswer, DoubleRequest } from '../http-double.ts'
import { type Caller, refuse } from './access.ts'
import type { Presenter } from './present.ts'
import type { World, WorldRepository } from './world.ts'

/** What a route works with. */
export interface RouteContext {
  readonly world: World
  readonly caller: Caller
  readonly request: DoubleRequest
  readonly on: Presenter
  readonly onDispatch: (repository: string, inputs: Readonly<Record<string, unknown>>, ms: number) => void
}

export type Handler = (context: RouteContext, repository: WorldRepository, parts: readonly string[]) => DoubleAnswer

/** An answer that is no refusal. */
export const ok = (body: unknown, status = 200): DoubleAnswer => ({ status, body })
/** 404: what is not there, and what the token may not see. */
export const notFound = () => refuse(404, 'Not Found')
/** 422 for what can't be meant. */
export const invalid = (message: string) => refuse(422, message)

/** One page of a list, by `per_page` (at most 100) and `page`. */
export function page<T>(things: readonly T[], query: URLSearchParams): readonly T[] {
  const size = Math.min(100, Math.max(1, Number(query.get('per_page') ?? 30) || 30))
  const at = (Math.max(1, Number(query.get('page') ?? 1) || 1) - 1) * size
  return things.slice(at, at + size)
}
