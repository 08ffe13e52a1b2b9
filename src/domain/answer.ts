import type { Phrase, Value } from '../texts/phrase.ts'
import type { ChartSpec } from './chart.ts'
import type { ClusterDraft } from './cluster-draft.ts'
import type { Arguments } from './command-spec.ts'
import type { Vendor } from './integration.ts'
import type { PressAct } from './request.ts'
import type { VendorDraft } from './vendor-draft.ts'

/** The frames of an answer; only a channel knows how one looks. */
export type AnswerKind = 'progress' | 'outcome' | 'refusal' | 'question' | 'approval' | 'list' | 'notice'

/** What NOX says: data, in no language yet. A channel renders it in the reader's. */
export interface Answer {
  readonly kind: AnswerKind
  /** The first line alone is enough: what happened. */
  readonly title: Phrase
  /** Further lines under the title: why, what runs now. */
  readonly lines?: readonly Phrase[]
  readonly steps?: readonly Step[]
  readonly fields?: readonly Field[]
  readonly output?: Output
  readonly table?: Table
  /** Pictures of figures, four at most; where a channel can't show one, it says it in words. */
  readonly charts?: readonly ChartSpec[]
  /** Pictures that a vendor drew (PNG), with their words. */
  readonly images?: readonly Image[]
  /** What to do next, in words. */
  readonly next?: Phrase
  readonly buttons?: readonly Button[]
  /** Beside the buttons, behind `⋯`: what is needed less often. Without style, confirmation or link. */
  readonly more?: readonly Button[]
  readonly menu?: Menu
  /** Small print that ends the message, after `#n · person`. */
  readonly context?: readonly (Phrase | Link)[]
  /** A whole text that is too long for a message: a file in the thread. */
  readonly file?: { readonly name: string; readonly content: string; readonly lines: number }
  /** Seen by the presser alone; only in reply to a press, a menu or `/nox`. */
  readonly ephemeral?: boolean
}

export interface Image {
  readonly png: Uint8Array
  /** What it shows, for who does not see it. */
  readonly text: Phrase
}

export interface Step {
  readonly state: 'done' | 'now' | 'next'
  readonly text: Phrase
}

export interface Field {
  readonly label: Phrase
  readonly value: Value
}

export interface Link {
  readonly label: Phrase
  readonly url: string
}

/** Lines of a program, shown as they are, newest last. */
export interface Output {
  readonly lines: readonly string[]
}

/** At most 4 columns and 10 rows a message. */
export interface Table {
  readonly head: readonly Phrase[]
  readonly rows: readonly (readonly Value[])[]
}

export interface Button {
  readonly label: Phrase
  readonly does: ButtonEffect
  readonly style?: 'primary' | 'danger'
  readonly confirm?: { readonly title: Phrase; readonly text: Phrase; readonly verb: Phrase }
}

export type ButtonEffect =
  | { readonly kind: 'press'; readonly act: PressAct; readonly actionId: string; readonly value?: string }
  | {
      readonly kind: 'order'
      readonly command: string
      readonly args: Arguments
      readonly confirmed?: boolean
      readonly asks?: boolean
      /** Buttons with the same key give one order together while that is under way, and another once it came to nothing. */
      readonly once?: string
    }
  | { readonly kind: 'link'; readonly url: string }
  /** Opens a surface of the channel: App Home, or a dialog for one line of text. */
  | {
      readonly kind: 'open'
      readonly surface: 'home' | 'connect-cluster' | 'write-argument' | 'deny-reason' | 'override-reason'
      readonly actionId?: string
    }
  /** Opens the form that connects a vendor. */
  | { readonly kind: 'open'; readonly surface: 'connect-vendor'; readonly vendor: Vendor }
  /** Opens the form of a cluster that was not connected, as it was filled in. */
  | { readonly kind: 'open'; readonly surface: 'correct-cluster'; readonly draft: ClusterDraft }
  /** Opens the form of a vendor that was not connected, as it was filled in. */
  | { readonly kind: 'open'; readonly surface: 'correct-vendor'; readonly draft: VendorDraft }

/** A choice of one; a channel makes it searchable past 100 options. */
export interface Menu {
  readonly placeholder: Phrase
  readonly actionId: string
  readonly argument: string
  readonly options: readonly { readonly label: string; readonly value: string }[]
}
