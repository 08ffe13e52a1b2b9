import { quotaPeriods } from '../../actions/quota.ts'
import type { Services } from '../../actions/services.ts'
import type { Tenant } from '../../domain/tenant.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'

/**
 * Letters that one tenant's routes write in a day: fifteen critical alerts at the longest list of addresses, many more
 * at a usual one. Whoever may make a route, or send alerts to it, must not be able to write to strangers without end.
 */
export const alertLettersPerDay = 300

/** Is this what a route's letters came to when they were used up for the day? */
export const isOutOfLetters = (error: unknown): error is NoxError =>
  error instanceof NoxError && error.forPerson?.key === 'alert.letters.limit'

/** Takes one of a tenant's letters of the day, of what all replicas write. @throws NoxError `conflict` where they are used up */
export async function takeLetter({ storage, now }: Services, tenant: Tenant): Promise<void> {
  if (await storage.letters.take(tenant.id, quotaPeriods(now(), tenant).day, alertLettersPerDay)) return
  throw new NoxError('conflict', 'the letters of alerts are used up for now', {
    forPerson: phrase('alert.letters.limit', { limit: alertLettersPerDay }),
  })
}
