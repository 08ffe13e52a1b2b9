import { missing, noSuch, onlyKnown, Refusal } from '../answers.ts'
import { type FormBody, textAt } from '../form.ts'
import type { Customer, Price, World } from '../world.ts'

export type Json = Record<string, unknown>

/** One call: what was given, and where Stripe's pages are. */
export interface StripeCall {
  readonly params: FormBody
  readonly ids: readonly string[]
  readonly origin: string
  /** Seconds. */
  readonly now: number
}

export interface StripeRoute {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: RegExp
  readonly known: readonly string[]
  run(world: World, call: StripeCall): Json
}

/** A route whose `{id}`s are captured. @param known the parameters that it takes, besides `expand` */
export const route = (
  method: StripeRoute['method'],
  path: string,
  known: readonly string[],
  run: StripeRoute['run'],
): StripeRoute => ({
  method,
  path: new RegExp(`^${path.replaceAll('{id}', '([\\w-]+)')}$`),
  known: ['expand', ...known],
  run(world, call) {
    onlyKnown(call.params, ['expand', ...known])
    return run(world, call)
  },
})

/** The customer that a request names. @throws Refusal `parameter_missing`, `resource_missing` */
export function customerOf(world: World, params: FormBody): Customer {
  const id = textAt(params, 'customer')
  if (!id) throw missing('customer')
  const found = world.customers.get(id)
  if (!found) throw noSuch('customer', id)
  return found
}

/** A price that can be bought. @throws Refusal also where it is not active any more */
export function priceOf(world: World, id: string | undefined): Price {
  if (!id) throw missing('price')
  const found = world.prices.get(id)
  if (!found) throw noSuch('price', id)
  if (!found.active) throw new Refusal(400, 'The price specified is inactive.', { param: 'price' })
  return found
}

/** The object, or an empty one in place of anything else. */
export const asObject = (value: unknown): FormBody =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as FormBody) : {}

/** An absolute URL. @throws Refusal `parameter_missing`, `url_invalid` */
export function needAddress(params: FormBody, param: string): string {
  const url = textAt(params, param)
  if (!url) throw missing(param)
  if (!URL.canParse(url)) throw new Refusal(400, 'Not a valid URL', { code: 'url_invalid', param })
  return url
}

/** How many a list may have: 10 where nothing is said. @throws Refusal outside 1 to 100 */
export const limitOf = (params: FormBody): number => {
  const limit = Number(textAt(params, 'limit') ?? 10)
  if (!(limit >= 1 && limit <= 100)) throw new Refusal(400, 'This value must be between 1 and 100.', { param: 'limit' })
  return limit
}
