import type { Services } from '../../actions/services.ts'
import type { Duty } from '../../duties/create-duties.ts'

/** Looks at plans and tells the meter what was used. @param everyMs absent = every minute */
export function planDuty(services: Services, everyMs = 60_000): Duty {
  return {
    name: 'plans',
    everyMs,
    firstMs: Math.min(5_000, everyMs),
    by: 'one',
    async round(signal) {
      const [{ lookAtPlans }, { meterUsage }] = await Promise.all([
        import('./look-at-plans.ts'),
        import('./meter-usage.ts'),
      ])
      await lookAtPlans(services, signal)
      if (services.billing) await meterUsage(services, services.billing, signal)
    },
  }
}
