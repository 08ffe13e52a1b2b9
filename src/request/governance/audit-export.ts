import { whatOf } from '../../commands/say-record.ts'
import type { AuditRecord } from '../../domain/audit-record.ts'
import type { Language } from '../../domain/command-spec.ts'
import { phrase } from '../../texts/phrase.ts'
import { plainPhrase } from '../../texts/render.ts'

/** A table for people, or one JSON a line: that has all that the chain is verified with. */
export type ExportFormat = 'csv' | 'jsonl'

/** Whom a table is for. */
export interface ExportReader {
  readonly language: Language
  /** An IANA zone: the tenant's. */
  readonly timeZone: string
  /** Of people, by the ids of actors. */
  readonly names: ReadonlyMap<string, string>
}

const columns = [
  'seq',
  'local',
  'at',
  'name',
  'actor',
  'what',
  'result',
  'command',
  'environment',
  'resource',
  'action',
  'details',
  'hash',
] as const

/** Tells a spreadsheet that the text is UTF-8. */
const mark = '\ufeff'
/** What spreadsheets of each language take for the end of a cell. */
const separators: Readonly<Record<Language, string>> = { fr: ';', en: ',' }

/** Records as a file, oldest first. */
export function writeExport(records: readonly AuditRecord[], reader: ExportReader, format: ExportFormat): string {
  const inOrder = [...records].reverse()
  if (format === 'jsonl') {
    return inOrder
      .map(({ seq, text, previousHash, hash }) => `${JSON.stringify({ seq, text, previousHash, hash })}\n`)
      .join('')
  }
  const { language, timeZone: zone } = reader
  const head = columns.map((name) => plainPhrase(phrase(`audit.csv.${name}`, { zone }), language))
  const rows = [head, ...inOrder.map((record) => rowOf(record, reader))]
  return `${mark}${rows.map((row) => `${row.map(cell).join(separators[language])}\r\n`).join('')}`
}

function rowOf(record: AuditRecord, { language, timeZone, names }: ExportReader): readonly (string | number | null)[] {
  const { seq, at, actor, command, environment, resource, result, actionNumber, details, hash } = record
  return [
    seq,
    localTime(at, timeZone),
    new Date(at).toISOString(),
    names.get(actor) ?? actor,
    actor,
    plainPhrase(whatOf({ ...record, actionNumber: null }), language),
    plainPhrase(phrase(`result.${result}`), language).replace(/^\P{L}+/u, ''),
    command,
    environment,
    resource,
    actionNumber,
    detailsIn(details),
    hash,
  ]
}

/** What is known; what was and stays empty only makes a cell long. */
function detailsIn(details: AuditRecord['details']): string | null {
  const known = Object.entries(details).filter(([, value]) => value !== null)
  return known.length === 0 ? null : JSON.stringify(Object.fromEntries(known))
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** `2026-11-27 12:05:03`, which spreadsheets of every language read as a moment. */
function localTime(at: number, timeZone: string): string {
  const clock =
    clocks.get(timeZone) ?? new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  clocks.set(timeZone, clock)
  return clock.format(at)
}

/** RFC 4180; a text that a spreadsheet would run as a formula is marked as text. */
function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@＝＋－＠\t\r\n]/u.test(value) ? `'${value}` : value
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
