/** A letter as its reader's program sees it. */
export interface Letter {
  readonly from: string
  /** As the envelope says. */
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string
  /** The whole, with its headers. */
  readonly source: string
  readonly at: number
}
