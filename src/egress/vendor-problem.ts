import { NoxError } from '../errors.ts'
import { phrase } from '../texts/phrase.ts'

/** What a vendor's refusal is told with. */
export interface Refusal {
  readonly vendor: string
  readonly status: number
  /** The vendor's own words: for the log, never for the person. */
  readonly message?: string
  /** What was asked for, as the person named it. */
  readonly what?: string
}

/** A status of 400 to 499 as an error with a sentence of ours. */
export function vendorProblem({ vendor, status, message = '', what = '' }: Refusal): NoxError {
  const facts = { vendor, status, message: message.replace(/[\p{C}]+/gu, ' ').slice(0, 200) }
  const text = `${vendor} answered ${status}`
  switch (status) {
    case 401:
      return new NoxError('forbidden', text, { forPerson: phrase('error.vendor.credentials', { vendor }), facts })
    case 403:
      return new NoxError('forbidden', text, { forPerson: phrase('error.vendor.forbidden', { vendor }), facts })
    case 404:
    case 410: {
      const forPerson =
        what === '' ? phrase('error.vendor.forbidden', { vendor }) : phrase('error.vendor.notFound', { vendor, what })
      return new NoxError('not-found', text, { forPerson, facts })
    }
    case 409:
      return new NoxError('conflict', text, { forPerson: phrase('error.vendor.conflict', { vendor }), facts })
    case 429:
      return new NoxError('vendor-refused', text, { forPerson: phrase('error.vendor.busy', { vendor }), facts })
    default:
      return new NoxError('vendor-refused', text, { forPerson: phrase('error.vendor.refused', { vendor }), facts })
  }
}

/**
 * A 2xx whose body cannot be what the vendor says: nobody knows what it did.
 * @param vendor as people write it
 */
export const unreadableAnswer = (vendor: string, cause?: unknown): NoxError =>
  new NoxError('vendor-failed', `${vendor} answered something that cannot be read`, {
    forPerson: phrase('error.vendor.unreadable', { vendor }),
    ...(cause === undefined ? {} : { cause }),
  })
