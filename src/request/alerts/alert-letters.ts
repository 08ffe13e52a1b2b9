import type { Services } from '../../actions/services.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import { createRateLimit, type Take } from '../rate-limit.ts'

/**
 * Letters that one tenant's routes write in a day: fifteen critical alerts at the longest list of addresses, many more
 * at a usual one. Whoever may make a route, or send alerts to it, must not be able to write to strangers without end.
 */
export const alertLettersPerDay = 300

const limits = new WeakMap<Services, Take>()

/** Is this what a route's letters came to when they were used up for the day? */
export const isOutOfLetters = (error: unknown): error is NoxError =>
  error instanceof NoxError && error.forPerson?.key === 'alert.letters.limit'

/** Takes one of a tenant's letters, of what these services write. @throws NoxError `conflict` where they are used up for now */
export function takeLetter(services: Services, tenantId: string): void {
  const known = limits.get(services)
  const take = known ?? createRateLimit(alertLettersPerDay / 86_400, alertLettersPerDay, services.now)
  if (!known) limits.set(services, take)
  if (take(tenantId)) return
  throw new NoxError('conflict', 'the letters of alerts are used up for now', {
    forPerson: phrase('alert.letters.limit', { limit: alertLettersPerDay }),
  })
}
