import type { IncidentDesk } from '../commands/context/incidents.ts'
import type { Action } from '../domain/action.ts'
import type { Suspect } from '../domain/incident.ts'
import { orderedVersion } from '../domain/ordered-version.ts'
import type { Services } from './services.ts'
import { firstLookAfter, tellAnnouncement } from './tell-announcement.ts'
import type { TenantSnapshot } from './tenant-knowledge.ts'

/** Lines of a timeline that are read. */
const mostEvents = 500
/** Messages of people in a timeline. */
const mostSaid = 200
/** Newest orders that are looked through for those on a service. */
const mostActions = 1_000
/** Problems that a timeline looks at, and turns of each. */
const mostAlerts = 50
const mostOfAlert = 20
/** Before an incident, what changed within this is suspect (ms). */
const suspectFor = 60 * 60_000

const deploys = new Set(['deploy', 'rollback'])
const looked = new Set(['done', 'failed', 'unknown'])
/** What is under way may have broken it, too. */
const suspected = new Set([...looked, 'running'])

/** The incidents of the tenant whose order runs. */
export function incidentsOf(
  services: Services,
  { tenantId, id: actionId }: Pick<Action, 'tenantId' | 'id'>,
  { knowledge }: TenantSnapshot,
): IncidentDesk {
  const { alerts, incidents, ledger } = services.storage
  /** What the incident itself was asked stands in its timeline already. */
  const isChange = ({ command }: Action) =>
    !command.startsWith('incident.') && services.findCommand(command)?.words.effect === 'write'

  /** What a deployment brought; where nobody knows what ran before, the commits that it stands on. */
  function compareUrl(service: string | null, before: string | null, after: string | null): string | null {
    const repository = knowledge.services.find(({ name }) => name === service)?.repository
    const github = knowledge.integrations.find(({ vendor }) => vendor === 'github')
    if (!repository || !github || !after) return null
    const base = (github.settings.server || 'https://github.com').replace(/\/+$/, '')
    if (!before || before === after) return `${base}/${repository}/commits/${encodeURIComponent(after)}`
    return `${base}/${repository}/compare/${encodeURIComponent(before)}...${encodeURIComponent(after)}`
  }

  return {
    create: (incident, event) => incidents.create({ ...incident, tenantId }, event),
    findByNumber: (number) => incidents.findByNumber(tenantId, number),
    list: (filter) => incidents.list(tenantId, filter),
    change: (incident, from, event) => incidents.change({ ...incident, tenantId }, from, event),
    addEvent: (id, event) => incidents.addEvent(tenantId, id, event),
    async announce(channel, announcement) {
      const createdAt = services.now()
      const dueAt = createdAt + firstLookAfter
      await services.storage.announcements.add({ tenantId, id: actionId, channel, announcement, createdAt }, dueAt)
      return () => tellAnnouncement(services, { tenantId, id: actionId, dueAt })
    },
    async said({ place, room, openedAt, resolvedAt }) {
      const within = { from: openedAt, to: resolvedAt ?? services.now() }
      const { messenger } = services
      const places = [
        ...(place.threadTs === null ? [] : [place]),
        ...(room ? [{ channel: 'slack', conversationId: room.id, threadTs: null, kind: 'channel' } as const] : []),
      ]
      const read = await Promise.all(places.map((each) => messenger.said(tenantId, each, within)))
      const unseen = read.find((each) => !each.isRead)
      if (unseen) return unseen
      return { isRead: true, said: read.flatMap((each) => (each.isRead ? each.said : [])).slice(-mostSaid) }
    },
    events: (id) => incidents.events(tenantId, id, mostEvents),
    amend: (id, change, event) => incidents.amend(tenantId, id, change, event),
    async alertsOn(service, { openedAt, resolvedAt }) {
      const found = await alerts.list(tenantId, { service }, mostAlerts)
      const since = openedAt - suspectFor
      const until = resolvedAt ?? Number.POSITIVE_INFINITY
      const during = found.filter(({ lastAt, firstAt }) => lastAt >= since && firstAt <= until)
      const told = await Promise.all(
        during.map(async ({ id, alert }) =>
          (await alerts.events(tenantId, id, mostOfAlert)).map((event) => ({ ...event, id, title: alert.title })),
        ),
      )
      return told.flat().filter(({ at }) => at >= since && at <= until)
    },
    async openRoom(draft) {
      return (await services.messenger.rooms()).open(tenantId, draft)
    },
    async archiveRoom(roomId) {
      await (await services.messenger.rooms()).archive(tenantId, roomId)
    },
    async tellRoom({ id, room, language }, answer, key) {
      if (!room) return
      const place = { channel: 'slack', conversationId: room.id, threadTs: null, kind: 'channel' } as const
      await services.messenger.post({ tenantId, place, language }, answer, `${id}:${key}`)
    },
    async actionsOn(service, { openedAt, resolvedAt }) {
      const newest = await ledger.list(tenantId, { limit: mostActions })
      const since = openedAt - suspectFor
      const until = resolvedAt ?? Number.POSITIVE_INFINITY
      return newest.filter(
        (each) =>
          each.resource === service &&
          each.createdAt >= since &&
          each.createdAt <= until &&
          looked.has(each.state) &&
          isChange(each),
      )
    },
    async suspectOf(service, at): Promise<Suspect | null> {
      const newest = await ledger.list(tenantId, { limit: mostActions })
      const isDeploy = (each: Action) =>
        deploys.has(each.command) && each.createdAt <= at && (service === null || each.resource === service)
      const changes = newest.filter((each) => isDeploy(each) && suspected.has(each.state))
      const [found] = changes.filter((each) => (each.finishedAt ?? each.createdAt) >= at - suspectFor)
      if (!found) return null
      const sameplace = (each: Action) => each.resource === found.resource && each.environment === found.environment
      const before = changes.find((each) => each.number < found.number && sameplace(each) && each.state === 'done')
      const version = orderedVersion(found)
      return {
        number: found.number,
        ...(found.resource === null ? {} : { service: found.resource }),
        version: version ?? (found.command === 'rollback' ? 'rollback' : '?'),
        environment: found.environment ?? '',
        by: found.userId,
        at: found.finishedAt ?? found.createdAt,
        url: compareUrl(found.resource, before ? orderedVersion(before) : null, version),
      }
    },
  }
}
