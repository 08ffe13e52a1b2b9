import type { SlackEnd } from './slack-end.ts'
import type { Figure } from './table.ts'

/** What every part of the bench is given. */
export interface Bench {
  /** Of this run, removed after it. */
  readonly folder: string
  readonly slack: SlackEnd
  readonly rounds: number
  /** Multiplies what is sent and what is filled in; 1 = the figures that count. */
  readonly scale: number
  /** Of the mentions that are sent. */
  readonly text: string
}

/** How a part ended: its part of the table, and mentions that had no answer. */
export interface PartResult {
  /** What stands for itself in the table. */
  readonly text?: string
  readonly figures?: readonly Figure[]
  readonly lost?: number
}

/** Told while it runs; the table comes last. */
export const progress = (line: string): void => void process.stderr.write(`${line}\n`)
