/** What is told to a channel of another messenger than Slack, in words that are ready. */
export interface Announcement {
  readonly title: string
  readonly tone: 'good' | 'warning' | 'bad' | 'neutral'
  readonly paragraphs: readonly string[]
  /** Each in a line: `*Service* user-api`. */
  readonly facts?: readonly { readonly name: string; readonly value: string }[]
  /** Every row has as many cells as the header. */
  readonly table?: { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] }
  /** Buttons that open an address of http or https. */
  readonly links?: readonly { readonly label: string; readonly url: string }[]
  readonly language: 'fr' | 'en'
}
