import type { Database } from './database.ts'
import { take } from './quota.ts'
import type { Letters } from './types/letters.ts'

/** Who the letters of alerts are counted for, among the quotas: no member's id. */
const subject = 'letters'

/** Letters, counted as quotas are: one statement, so that no two replicas write the last. */
export function createLetters(database: Database): Letters {
  return {
    take: (tenantId, day, limit) =>
      database.write(tenantId, async (tx) => take(database, tx, { tenantId, subject, period: day }, limit)),
  }
}
