import type { Language, ParsedOrder } from './command-spec.ts'

/** Where a request was made, and so where it is answered. */
export interface Place {
  readonly channel: 'slack'
  readonly conversationId: string
  /** The thread that every answer goes to; the message's own ts where it began one. */
  readonly threadTs: string | null
  readonly kind: 'channel' | 'direct' | 'home'
}

/** A button, menu or dialog that someone used on a message of NOX. */
export interface Press {
  readonly actionId: string
  readonly act: PressAct
  /** The chosen option, or a text typed in a dialog. */
  readonly value?: string
}

export type PressAct =
  | 'approve'
  | 'deny'
  | 'withdraw'
  | 'confirm'
  | 'cancel'
  | 'ask'
  | 'choose'
  | 'recheck'
  | 'finished'
  | 'retry'
  | 'tell'
  | 'override'

/** Every way in (mention, DM, slash command, button, schedule) makes one and calls `handleRequest`. */
export interface Request {
  readonly tenantId: string
  /** The vendor's id of the person: `U123`. */
  readonly userId: string
  /** Unique within the tenant: the same id twice is one request. */
  readonly eventId: string
  readonly place: Place
  readonly receivedAt: number
  /** True for people of another company in a shared channel: they are told that NOX does not obey them there. */
  readonly isOutsider?: boolean
  readonly input:
    | {
        readonly kind: 'text'
        readonly text: string
        readonly botUserId: string
        /** Somebody else wrote them: what they would change is confirmed first. */
        readonly isBorrowed?: boolean
      }
    | {
        readonly kind: 'order'
        readonly order: ParsedOrder
        readonly language: Language
        readonly confirmed?: boolean
        /** Where the rules refuse it and an approval can lift that, the approval is asked for at once. */
        readonly asks?: boolean
        /** This press of a button that gives one order while that is under way, however often it is pressed. */
        readonly pressId?: string
      }
    | { readonly kind: 'press'; readonly press: Press; readonly language: Language }
}
