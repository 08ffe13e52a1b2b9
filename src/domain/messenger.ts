import type { Phrase } from '../texts/phrase.ts'
import type { Answer } from './answer.ts'
import type { Language } from './command-spec.ts'
import type { Place } from './request.ts'
import type { Rooms } from './room.ts'

/** Whom a message is for, and what ends it (`#142 · Bob`). */
export interface MessageFrame {
  readonly tenantId: string
  readonly place: Place
  readonly language: Language
  /** The number and person of the action that the message is about. */
  readonly action?: {
    readonly id: string
    readonly number: number
    /** Who ordered it: told alone where the place takes no answer any more. */
    readonly userId: string
    readonly person: string
    readonly at: number
    /** When it began, or began again at someone's word: what was told since then needs no telling twice. */
    readonly begunAt: number
    /** What the order took from elsewhere than its own words. */
    readonly notes?: readonly Phrase[]
  }
}

/** One message in a thread that is updated in place: at most once a second, the last state always. */
export interface LiveMessage {
  /** Shows a state, soon; a newer one replaces it if it has not been sent yet. Never throws. */
  show(answer: Answer): void
  /**
   * Shows the last state, retried until the channel took it or its patience (minutes) ends. Gives the message's id
   * (`null` = it never came to be), for the unit that ends the action: `onPosted` need not have told it.
   */
  finish(answer: Answer): Promise<string | null>
}

export interface PostOptions {
  /** A process of before may have posted it since then (ms): it is looked for first. */
  readonly soughtSince?: number
}

/** A direct message that may have been sent before, under its key. */
export interface DirectOptions extends PostOptions {
  readonly key: string
}

/** What a person wrote. */
export interface Said {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly by: string
  /** In plain words, at most 500 characters. */
  readonly text: string
}

/** What people wrote somewhere, oldest first. */
export type SaidThere =
  | { readonly isRead: true; readonly said: readonly Said[] }
  /** It could not be read this time. */
  | { readonly isRead: false; readonly why: 'failed' }
  /** NOX may not read it; where an admin lets it, if there is such a place. */
  | { readonly isRead: false; readonly why: 'forbidden'; readonly consentUrl: string | null }

/** How the road speaks: implemented by each channel. */
export interface Messenger {
  /** Posts once; gives the id of the message (Slack's ts). Repeats of the same `key` post nothing new.
   * @throws NoxError `not-found` where an order's answer never arrives: neither there, nor with who gave it */
  post(frame: MessageFrame, answer: Answer, key: string, how?: PostOptions): Promise<string>
  /**
   * Opens the action's one message: posts it, or goes on with the one of before a restart.
   * @param after nothing is sent before this resolves, and nothing at all where it rejects
   */
  live(
    frame: MessageFrame,
    messageTs: string | null,
    key: string,
    onPosted: (ts: string) => Promise<void>,
    after?: Promise<unknown>,
  ): LiveMessage
  /** Replaces a message that stands already; `key` as in `post`, where it must be told elsewhere. */
  update(frame: MessageFrame, messageTs: string, answer: Answer, key?: string): Promise<void>
  /** Seen by one person alone; only in reply to a press or a slash command. */
  whisper(frame: MessageFrame, userId: string, answer: Answer): Promise<void>
  /** Where people read a thread; `null` = the channel does not tell. Never throws. */
  permalink(tenantId: string, place: Place): Promise<string | null>
  /**
   * What people wrote in a thread (in the whole conversation where there is none) within a time, without what they said
   * to NOX. Never throws.
   */
  said(tenantId: string, place: Place, within: { readonly from: number; readonly to: number }): Promise<SaidThere>
  /** Loaded when someone first asks for a conversation of its own. */
  rooms(): Promise<Rooms>
  /** The conversation in which NOX and a person write to each other. */
  conversationWith(tenantId: string, userId: string): Promise<string>
  /** A direct message; gives its conversation and id. @throws NoxError `not-found` where it never arrives */
  direct(
    tenantId: string,
    userId: string,
    language: Language,
    answer: Answer,
    frame?: MessageFrame,
    how?: DirectOptions,
  ): Promise<{ conversationId: string; ts: string }>
}

/** Who people are, as their channel knows them. */
export interface People {
  /** The name that others see, kept for a while; the id itself where the channel does not answer. Never throws. */
  nameOf(tenantId: string, userId: string): Promise<string>
  /**
   * Whether the channel itself calls them a guest of the workspace, or shows nobody of this id. Rejects where it does
   * not answer: nobody is let in on a guess.
   */
  isGuest(tenantId: string, userId: string): Promise<boolean>
  /** Whether their account is deactivated, as it was some minutes ago. `false` where the channel does not answer; never throws. */
  hasLeft(tenantId: string, userId: string): Promise<boolean>
}
