import type { AuditRecord } from '../../domain/audit-record.ts'

/** A table for people, or one JSON a line: that has all that the chain is verified with. */
export type ExportFormat = 'csv' | 'jsonl'

const columns = [
  'seq',
  'at',
  'actor',
  'name',
  'command',
  'environment',
  'resource',
  'result',
  'action',
  'details',
  'hash',
]

/** Records as a file, oldest first; `names` by the ids of actors. */
export function writeExport(
  records: readonly AuditRecord[],
  names: ReadonlyMap<string, string>,
  format: ExportFormat,
): string {
  const inOrder = [...records].reverse()
  const lines =
    format === 'csv'
      ? [columns.join(','), ...inOrder.map((record) => rowOf(record, names.get(record.actor) ?? record.actor))]
      : inOrder.map(({ seq, text, previousHash, hash }) => JSON.stringify({ seq, text, previousHash, hash }))
  return lines.map((line) => `${line}\n`).join('')
}

function rowOf(record: AuditRecord, name: string): string {
  const { seq, at, actor, command, environment, resource, result, actionNumber, details, hash } = record
  const cells = [
    seq,
    new Date(at).toISOString(),
    actor,
    name,
    command,
    environment,
    resource,
    result,
    actionNumber,
    JSON.stringify(details),
    hash,
  ]
  return cells.map(cell).join(',')
}

/** RFC 4180; a text that a spreadsheet would run as a formula is marked as text. */
function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@＝＋－＠\t\r\n]/u.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
