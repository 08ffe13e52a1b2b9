import type { ReceivedAlerts } from '../capabilities/received-alerts.ts'
import { groupsOnCall, onCallOn } from '../domain/on-call.ts'
import type { Tenant } from '../domain/tenant.ts'
import { weekClock } from '../permissions/index.ts'
import type { Services } from './services.ts'

/** Alerts that came in, bound to one tenant. */
export function receivedAlertsOf({ storage, now }: Services, { id: tenantId, timeZone }: Tenant): ReceivedAlerts {
  const { alerts } = storage
  const filterOf = (filter: { readonly stormId?: string }) =>
    filter.stormId === undefined ? ({ state: 'firing' } as const) : filter
  return {
    find: (id) => alerts.find(tenantId, id.toLowerCase()),
    list: (filter, limit) => alerts.list(tenantId, filterOf(filter), limit),
    count: (filter) => alerts.count(tenantId, filterOf(filter)),
    async acknowledge(id, by) {
      const change = { acknowledgedBy: by, acknowledgedAt: now(), escalateAt: null }
      return (await alerts.change(tenantId, id, change, { at: now(), what: 'acknowledged', by })) !== null
    },
    async mute(id, until, by) {
      const change = { mutedUntil: until, mutedBy: until === null ? null : by }
      const what = until === null ? 'unmuted' : 'muted'
      return (await alerts.change(tenantId, id, change, { at: now(), what, by })) !== null
    },
    async onCall() {
      const [{ value: settings }, members] = await Promise.all([
        storage.alertSettings.read(tenantId),
        storage.members.list(tenantId),
      ])
      const { day } = weekClock(now(), timeZone)
      return groupsOnCall(settings).map((group) => ({ group, people: onCallOn(settings, members, group, day) }))
    },
    events: (alertId, limit) => alerts.events(tenantId, alertId, limit),
  }
}
