import type { DoubleAnswer } from '../http-double.ts'
import type { FormBody } from './form.ts'

/** What Stripe answers to a request that it does not take. */
export class Refusal extends Error {
  readonly answer: DoubleAnswer
  constructor(
    status: number,
    message: string,
    more: { readonly code?: string; readonly param?: string; readonly type?: string } = {},
  ) {
    super(message)
    const error = { message, type: more.type ?? 'invalid_request_error', ...more }
    this.answer = { status, body: { error } }
  }
}

/** A parameter that Stripe can't do without. */
export const missing = (param: string) =>
  new Refusal(400, `Missing required param: ${param}.`, { code: 'parameter_missing', param })

/** An id that is not of this account. @param what `customer` */
export const noSuch = (what: string, id: string) =>
  new Refusal(404, `No such ${what}: '${id}'`, { code: 'resource_missing', param: 'id' })

/** As strict as Stripe: a parameter that it does not know is refused. */
export function onlyKnown(given: FormBody, known: readonly string[]): void {
  const unknown = Object.keys(given).find((key) => !known.includes(key))
  if (unknown)
    throw new Refusal(400, `Received unknown parameter: ${unknown}`, { code: 'parameter_unknown', param: unknown })
}
