/** A run of words on a page; never markup. */
export interface PageText {
  readonly text: string
  readonly isBold?: boolean
  readonly isCode?: boolean
  /** Where it leads: an address of http or https. */
  readonly url?: string
}

/** Words in a row. */
export type PageLine = readonly PageText[]

/** One part of a page, as every place that holds pages can show it. */
export type PageBlock =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly line: PageLine }
  | { readonly kind: 'list'; readonly isOrdered?: boolean; readonly items: readonly PageLine[] }
  /** Every row has as many cells as the header. */
  | { readonly kind: 'table'; readonly header: readonly string[]; readonly rows: readonly (readonly PageLine[])[] }
  /** `text` says what it shows to who does not see it. */
  | { readonly kind: 'picture'; readonly png: Uint8Array; readonly text: string }

/** A page to be written, whatever holds it. */
export interface PageDocument {
  /** One line, at most 250 characters. */
  readonly title: string
  readonly blocks: readonly PageBlock[]
}

/** Plain words as a line. */
export const plainLine = (text: string): PageLine => [{ text }]
