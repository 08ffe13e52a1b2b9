import { type Monitor, MonitorsApi } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v1/index.js'
import { type Alert, type AlertRule, type Alerts, type MuteTarget, theOneAlert } from '../../capabilities/alerts.ts'
import type { CallOptions } from '../../capabilities/clusters.ts'
import { listOf } from '../shared/read-answer.ts'
import type { DatadogClient } from './client.ts'
import { createDowntimes, type Downtime } from './downtimes.ts'

/** Monitors of one page, and pages that are read at most. */
const pageSize = 1_000
const mostPages = 10

const monitorShape = { id: 'number', name: 'text', tags: ['text'] } as const

/** States that are told, with the severity that they stand for where no tag says one. */
const severityOf: { readonly [state: string]: string } = { Alert: 'critical', Warn: 'warning', 'No Data': 'no data' }

const tagOf = (tags: readonly string[], name: string): string | null =>
  tags.find((tag) => tag.startsWith(`${name}:`))?.slice(name.length + 1) ?? null

/** The earliest of what still fires of it; a group that is well again does not count. */
function sinceOf({ state, modified }: Monitor): number {
  const groups = Object.values(state?.groups ?? {}).filter(({ status }) => severityOf[String(status)] !== undefined)
  const times = groups.map((each) => each.lastTriggeredTs ?? each.lastNodataTs ?? 0).filter((seconds) => seconds > 0)
  return times.length > 0 ? Math.min(...times) * 1_000 : (modified?.getTime() ?? 0)
}

/** Monitors that alert, warn or have no data, ten pages of them at most; muted is what a downtime covers now. */
export function createMonitors(client: DatadogClient, now: () => number): Alerts {
  const downtimes = createDowntimes(client)

  async function monitors(call: CallOptions): Promise<readonly Monitor[]> {
    const api = new MonitorsApi(client.configuration(call))
    const found: Monitor[] = []
    for (let page = 0; page < mostPages; page += 1) {
      const asked = { groupStates: 'alert,warn,no data', withDowntimes: true, page, pageSize }
      const answer = await client.call(api.listMonitors(asked), call, 'monitors_read')
      const some = listOf<Monitor>('Datadog', answer, monitorShape, ['id'])
      found.push(...some)
      if (some.length < pageSize) break
    }
    return found
  }
  const fires = ({ overallState }: Monitor) => severityOf[String(overallState)] !== undefined

  function isMuted({ matchingDowntimes = [] }: Monitor): boolean {
    const seconds = now() / 1_000
    return matchingDowntimes.some(({ start, end }) => (start ?? 0) <= seconds && (end ?? Infinity) > seconds)
  }

  const readMonitor = (monitor: Monitor): Alert => {
    const { id, name, tags = [], overallState } = monitor
    return {
      id: String(id),
      title: name ?? String(id),
      severity: tagOf(tags, 'severity') ?? severityOf[String(overallState)] ?? null,
      service: tagOf(tags, 'service'),
      isMuted: isMuted(monitor),
      url: `${client.app}/monitors/${id}`,
      since: sinceOf(monitor),
    }
  }

  /** What a downtime must be about to be meant by the target. */
  function isMeant(target: MuteTarget, all: readonly Monitor[]): ((downtime: Downtime) => boolean) | null {
    if ('id' in target) {
      const monitor = theOneAlert(all.filter(fires), target.id, ({ id }) => String(id))
      if (!monitor) return null
      const tags = new Set(monitor.tags)
      return ({ monitorId, tags: muted }) =>
        monitorId === monitor.id || (muted.length > 0 && muted.every((tag) => tags.has(tag)))
    }
    const tag = `service:${target.service}`
    const ids = new Set(all.filter(({ tags }) => tags?.includes(tag)).map(({ id }) => id))
    return ({ monitorId, tags }) => tags.includes(tag) || (monitorId !== null && ids.has(monitorId))
  }

  const stateOf = (monitor: Monitor): AlertRule['state'] =>
    monitor.overallState === 'No Data' ? 'silent' : fires(monitor) ? 'firing' : 'well'

  return {
    async rules({ service }, call) {
      const all = (await monitors(call)).map((monitor) => ({ ...readMonitor(monitor), state: stateOf(monitor) }))
      return all.filter((each) => service === undefined || each.service === service)
    },
    async list({ service }, call) {
      const alerts = (await monitors(call)).filter(fires).map(readMonitor)
      const wanted = alerts.filter((alert) => service === undefined || alert.service === service)
      return wanted.sort((a, b) => b.since - a.since)
    },
    async mute(target, until, note, actionId, call) {
      if ('service' in target) {
        await downtimes.create({ monitor_tags: [`service:${target.service}`] }, until, note, actionId, call)
        return true
      }
      const monitor = theOneAlert((await monitors(call)).filter(fires), target.id, ({ id }) => String(id))
      if (monitor?.id === undefined) return false
      await downtimes.create({ monitor_id: monitor.id }, until, note, actionId, call)
      return true
    },
    isMutedBy: async (actionId, call) => (await downtimes.list(call)).some((each) => each.actionId === actionId),
    async unmute(target, call) {
      const meant = isMeant(target, await monitors(call))
      if (!meant) return 0
      const ended = (await downtimes.list(call)).filter(meant)
      for (const { id } of ended) await downtimes.cancel(id, call)
      return ended.length
    },
  }
}
