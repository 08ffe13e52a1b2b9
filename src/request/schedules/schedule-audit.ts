import type { AuditEntry } from '../../domain/audit-record.ts'
import type { Schedule } from '../../domain/schedule.ts'

/** What the audit log says of a schedule itself, beside its runs. @param at ms since 1970 */
export const scheduleAudit = (
  { id, number }: Pick<Schedule, 'id' | 'number'>,
  actor: string,
  result: AuditEntry['result'],
  at: number,
  details: AuditEntry['details'],
): AuditEntry => ({
  at,
  actor,
  actionId: id,
  actionNumber: number,
  command: 'schedule',
  environment: null,
  resource: null,
  result,
  details,
})
