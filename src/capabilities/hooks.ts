import type { Answer } from '../domain/answer.ts'

/** A webhook as it came in: nothing in it is believed before its signature was checked. */
export interface HookRequest {
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
}

/** What a webhook came to. */
export type HookResult =
  /** No secret is known, or the signature is not that of the body. */
  | { readonly kind: 'refused' }
  /** Genuine, and nothing that anybody asked to hear of; foreign = signed alike, but of what another connection reaches. */
  | { readonly kind: 'ignored'; readonly isForeign?: boolean }
  /** In each of these places, once. */
  | { readonly kind: 'news'; readonly news: readonly HookNews[] }

/** Something to tell, in a channel or in the thread of an action; the same body twice is told once. */
export interface HookNews {
  readonly where: { readonly channel: string } | { readonly actionId: string }
  readonly answer: Answer
  /** When it happened, as the vendor signed it (ms since 1970); absent = it does not say. */
  readonly at?: number
}

/** A moment as vendors write it, in ISO 8601 or milliseconds; `undefined` = none. */
export function momentOf(value: unknown): number | undefined {
  const ms = typeof value === 'string' ? Date.parse(value) : value
  return typeof ms === 'number' && Number.isFinite(ms) ? ms : undefined
}

/** A conversation of Slack by its address, or out of the link that Slack copies; `null` = neither. */
export const channelIn = (text: string): string | null =>
  /(?:^|\/archives\/)([CG][A-Z0-9]{5,20}(?:_[TE][A-Z0-9]{5,20})?)\/?$/.exec(text)?.[1] ?? null
