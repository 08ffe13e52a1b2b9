import type { ChartSpec } from '../../domain/chart.ts'
import type { ReportFigures, ReportPeriod } from '../../domain/report.ts'
import type { Phrase, Value } from '../../texts/phrase.ts'

/** A chart as a PNG, and what it shows in words. */
export interface Picture {
  readonly png: Uint8Array
  readonly text: string
}

/** What a letter says, in the language of its order. */
export interface Letter {
  readonly title: string
  readonly paragraphs: readonly Phrase[]
  readonly table: { readonly head: readonly Phrase[]; readonly rows: readonly (readonly Value[])[] }
  readonly pictures: readonly Picture[]
  readonly notes: readonly Phrase[]
  readonly button?: { readonly label: Phrase; readonly url: string }
}

/** The figures of a period, drawn and sent. */
export interface ReportDesk {
  /** Counted up to when the order was given; `userId`: of that person's actions alone. */
  figures(of: {
    readonly period: ReportPeriod
    /** `null` = the one that goes on, or the last where it has only begun. */
    readonly which: 'current' | 'previous' | null
    readonly userId?: string
  }): Promise<ReportFigures>
  /** A chart as a PNG, and what it shows in words; `null` = it could not be drawn. */
  picture(chart: ChartSpec): Promise<Picture | null>
  /** Is there a server that carries letters? */
  readonly hasMail: boolean
  /** @throws NoxError as a mailer does */
  mail(to: string, letter: Letter): Promise<void>
}
