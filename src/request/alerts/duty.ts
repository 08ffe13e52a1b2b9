import type { Services } from '../../actions/services.ts'
import type { Duty } from '../../duties/create-duties.ts'

/** After this what tells alerts is loaded without an alert, to forget what is old (ms). */
const atLatest = 60 * 60_000

/** Tells alerts; what that needs is loaded when there is the first to tell. */
export function alertDuty(services: Services): Duty {
  const { storage, now } = services
  const begun = now()
  let rounds: Promise<Required<Pick<Duty, 'round' | 'settled'>>> | undefined
  return {
    name: 'alerts',
    everyMs: 1_000,
    by: 'one, promptly',
    async round(signal) {
      if (!rounds && now() - begun <= atLatest && (await storage.alerts.dueTenants(now())).length === 0) return
      rounds ??= import('./alert-rounds.ts').then((loaded) => loaded.createAlertRounds(services))
      await (await rounds).round(signal)
    },
    async settled() {
      await (await rounds)?.settled()
    },
  }
}
