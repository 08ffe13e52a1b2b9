import type { AuditEntry } from '../../domain/audit-record.ts'

/** What an audit record keeps of one side of a change: enough to tell it, never a whole list of hundreds. */
const longest = 500

/** Fields that differ, as `<field>.before` and `<field>.after` for the audit log; lists and objects as text. */
export function differences(before: object, after: object): AuditEntry['details'] {
  const details: Record<string, string | number | boolean | null> = {}
  const old = before as Record<string, unknown>
  const fresh = after as Record<string, unknown>
  for (const field of [...new Set([...Object.keys(old), ...Object.keys(fresh)])].sort()) {
    if (JSON.stringify(old[field]) === JSON.stringify(fresh[field])) continue
    details[`${field}.before`] = inPlain(old[field])
    details[`${field}.after`] = inPlain(fresh[field])
  }
  return details
}

function inPlain(value: unknown): string | number | boolean | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'number' || typeof value === 'boolean') return value
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > longest ? `${text.slice(0, longest - 1).toWellFormed()}…` : text
}
