import type { Phrase } from './texts/phrase.ts'

/** Codes of what went wrong; stable, for logs, metrics and the audit. */
export type ErrorCode =
  | 'configuration'
  | 'bad-input'
  | 'not-found'
  | 'forbidden'
  | 'conflict'
  | 'timeout'
  | 'unreachable'
  | 'vendor-refused'
  | 'vendor-failed'
  | 'rollout-failed'
  | 'blocked-address'
  | 'cancelled'
  | 'storage'
  | 'internal'

/** An error with two messages: one for the log, one for the person (a sentence of the message book). */
export class NoxError extends Error {
  readonly code: ErrorCode
  readonly forPerson: Phrase | undefined
  /** Plain facts for the log; never a secret. */
  readonly facts: { readonly [key: string]: string | number | boolean | null }

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      forPerson?: Phrase
      facts?: { readonly [key: string]: string | number | boolean | null }
      cause?: unknown
    } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.name = 'NoxError'
    this.code = code
    this.forPerson = options.forPerson
    this.facts = options.facts ?? {}
  }
}
