/** Where a value that nobody wrote came from. */
export type ValueSource = 'thread' | 'channel'

/** What an order took from elsewhere than its own words; told beside what it changes. */
export interface OrderOrigin {
  /** The number of the order that it goes on with. */
  readonly follows?: number
  /** Arguments that the words left open, by the place that filled them. */
  readonly filled?: { readonly [argument: string]: ValueSource }
  /** It was not ordered in so many words (a question, a change of another order): confirmed before it changes anything. */
  readonly isGuess?: boolean
  /** A keyword that was read for another: confirmed in the same way. */
  readonly corrected?: { readonly from: string; readonly to: string }
  /** A tenant's own word, and what it stands for. */
  readonly alias?: { readonly name: string; readonly text: string }
  /** The number of the schedule that gave it. */
  readonly schedule?: number
  /** The press that asked for it, of a button that gives one order. */
  readonly pressId?: string
  /** Its place in a message of several orders, from 1; `key` is the event of the message. */
  readonly step?: { readonly key: string; readonly at: number; readonly of: number }
}
