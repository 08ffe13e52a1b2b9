import type { KeptAlert } from '../../../domain/alert.ts'
import { mayConfigure } from '../../../permissions/index.ts'
import { hookSources, maySubscribe } from '../../../request/alerts/forms.ts'
import { onCall } from '../../../request/alerts/route-alert.ts'
import { perPage } from '../views/list.ts'
import type { Tab } from './tab.ts'

/** Muted alerts that are read. */
const mostMuted = 50

/** What fires, what is muted, and where alerts go; admins edit it from here. */
export const alertsTab: Tab = {
  name: 'alerts',
  mayOpen: (member) => member.role !== 'guest',
  async read({ channel, tenantId, userId, member, snapshot, state, draw, reader }) {
    const { alerts, alertHooks, alertSettings } = channel.storage
    const now = channel.now()
    const [total, muted, settings, hooks] = await Promise.all([
      alerts.count(tenantId, { state: 'firing' }),
      alerts.list(tenantId, { mutedAt: now }, mostMuted),
      alertSettings.read(tenantId),
      alertHooks.list(tenantId),
    ])
    const last = Math.max(0, Math.ceil(total / perPage) - 1)
    const from = Math.min(state.page ?? 0, last) * perPage
    const [firing, members] = await Promise.all([
      alerts.list(tenantId, { state: 'firing' }, perPage, from),
      channel.storage.members.list(tenantId),
    ])
    const { routes, rotas } = settings.value
    const { timeZone } = snapshot.knowledge.tenant
    const routing = { settings: settings.value, members, timeZone, now }
    const onDuty = new Map(rotas.map(({ group }) => [group, onCall(routing, group)] as const))
    const people = new Set([
      ...peopleOf([...firing, ...muted]),
      ...routes.flatMap((route) => route.people),
      ...[...onDuty.values()].flat(),
    ])
    const named = await Promise.all(
      [...people].map(async (id) => [id, await channel.people.nameOf(tenantId, id)] as const),
    )
    const shown = {
      firing,
      from,
      total,
      muted,
      settings: settings.value,
      sources: hookSources.map((source) => ({
        source,
        since: hooks.find((hook) => hook.source === source)?.createdAt ?? null,
      })),
      configures: mayConfigure(member),
      subscribes: maySubscribe(member),
      userId,
      names: new Map(named),
      onDuty,
      now,
    }
    const { alertsBlocks } = await import('../views/alerts.ts')
    return alertsBlocks(shown, draw, reader)
  },
}

const peopleOf = (kept: readonly KeptAlert[]): readonly string[] =>
  kept.flatMap(({ acknowledgedBy, mutedBy }) => [acknowledgedBy, mutedBy].filter((each) => each !== null))
