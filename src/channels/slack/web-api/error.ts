import { NoxError } from '../../../errors.ts'

/**
 * What became of a call that failed: `refused` = Slack said no, nothing was done; `limited` = not now;
 * `unsent` = it never left; `unknown` = it may or may not have been done.
 */
export type CallOutcome = 'refused' | 'limited' | 'unsent' | 'unknown'

/** A Web API call that failed; `code` is Slack's word for it (`channel_not_found`). Holds no token and no text. */
export class SlackCallError extends Error {
  readonly method: string
  readonly code: string
  readonly outcome: CallOutcome
  readonly retryAfterMs: number | undefined

  constructor(method: string, code: string, outcome: CallOutcome, retryAfterMs?: number) {
    super(`${method}: ${code} (${outcome})`)
    this.name = 'SlackCallError'
    this.method = method
    this.code = code
    this.outcome = outcome
    this.retryAfterMs = retryAfterMs
  }
}

/** Codes of Slack that leave it open whether the call took effect (docs.slack.dev, errors of chat.postMessage). */
export const openCodes: ReadonlySet<string> = new Set([
  'fatal_error',
  'internal_error',
  'request_timeout',
  'service_unavailable',
])

/** Connection errors that come before a byte of the request went out. */
const beforeSending: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Reads a connection error of undici. */
export function connectionError(method: string, error: unknown): SlackCallError {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'connection'
  return new SlackCallError(method, code, beforeSending.has(code) ? 'unsent' : 'unknown')
}

/** Codes of Slack that mean: NOX can't write there (docs.slack.dev, errors of chat.postMessage and chat.update). */
const closedPlaces: ReadonlySet<string> = new Set(['not_in_channel', 'channel_not_found', 'is_archived', 'is_inactive'])
/** Codes that mean: the message is gone, or Slack edits it no more. */
const lostMessages: ReadonlySet<string> = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed'])

/** Whether Slack takes no message of NOX in a conversation any more. */
export const isClosedPlace = (error: unknown): boolean =>
  closedPlaces.has(slackCode(error)) || slackCode(error).startsWith('restricted_action')

/** Whether a message can be replaced no more: what it would have said needs another. */
export const isLostMessage = (error: unknown): boolean => lostMessages.has(slackCode(error))

/**
 * Codes that mean: NOX writes to a person no more, whom it would (docs.slack.dev, errors of conversations.open and
 * chat.postMessage).
 */
const lostReceivers: ReadonlySet<string> = new Set([
  'user_not_found',
  'users_not_found',
  'user_not_visible',
  'user_disabled',
  'cannot_dm_bot',
  'messages_tab_disabled',
  'account_inactive',
  'token_revoked',
])

/** The error of a message that will never arrive, for those who would send it again; any other as it is. */
export function lastingError(error: unknown): unknown {
  const code = slackCode(error)
  if (!lostReceivers.has(code) && !isClosedPlace(error)) return error
  return new NoxError('not-found', 'a message has no receiver any more', { cause: error, facts: { code } })
}

/** Slack's word for a failed call; '' for any other error. */
export const slackCode = (error: unknown): string => (error instanceof SlackCallError ? error.code : '')
