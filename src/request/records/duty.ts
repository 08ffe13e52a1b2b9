import type { Services } from '../../actions/services.ts'
import type { Duty } from '../../duties/create-duties.ts'

/**
 * Moves old audit records out and purges who left.
 * @param archivePath a folder; absent = old records stay in the database
 */
export function recordDuty(services: Services, archivePath: string | undefined): Duty {
  return {
    name: 'records',
    everyMs: 6 * 3_600_000,
    firstMs: 60_000,
    by: 'one',
    async round(signal) {
      const { keepRecords } = await import('./keep-records.ts')
      await keepRecords(services, archivePath, signal)
    },
  }
}
