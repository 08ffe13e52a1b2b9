import { type Alert, type Alerts, type MuteTarget, theOneAlert } from '../../capabilities/alerts.ts'
import type { CallOptions } from '../../capabilities/clusters.ts'
import type { JsonClient } from '../../egress/json-client.ts'
import { listOf } from './read-answer.ts'

/** Names and values of what an alert or a rule is about. */
export type Labels = Readonly<Record<string, string>>

interface GettableAlert {
  readonly fingerprint: string
  readonly labels: Labels
  readonly annotations?: Labels
  readonly startsAt: string
  readonly generatorURL?: string
  readonly status?: { readonly state?: string; readonly silencedBy?: readonly string[] }
}

interface Matcher {
  readonly name: string
  readonly value: string
  readonly isRegex: boolean
  readonly isEqual?: boolean
}

interface Silence {
  readonly id: string
  readonly comment: string
  readonly matchers: readonly Matcher[]
  readonly status?: { readonly state?: string }
}

const alertShape = {
  fingerprint: 'text',
  labels: {},
  annotations: { summary: 'text' },
  startsAt: 'text',
  generatorURL: 'text',
  status: { state: 'text', silencedBy: ['text'] },
} as const
const silenceShape = {
  id: 'text',
  comment: 'text',
  matchers: [{ name: 'text', value: 'text' }],
  status: { state: 'text' },
} as const

/** Labels in which rules name what they are about, the likeliest first. */
const serviceLabels = ['service', 'app', 'job', 'deployment'] as const
/** Labels of Grafana itself: they would tie a silence to a folder, not to the alert. */
const own = /^(__|grafana_folder$)/

/** The service that labels name. */
export const serviceOf = (labels: Labels): string | null =>
  serviceLabels.map((name) => labels[name]).find((value) => value !== undefined) ?? null

const readAlert = ({ fingerprint, labels, annotations, startsAt, generatorURL, status }: GettableAlert): Alert => ({
  id: fingerprint,
  title: annotations?.summary ?? labels.alertname ?? fingerprint,
  severity: labels.severity ?? null,
  service: serviceOf(labels),
  isMuted: (status?.silencedBy ?? []).length > 0,
  url: webAddress(generatorURL),
  since: Date.parse(startsAt),
})

/** Rules are written by many: what is no web address is no link. */
const webAddress = (text: string | undefined): string | null =>
  text !== undefined && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : null

const isEqual = (name: string, value: string): Matcher => ({ name, value, isRegex: false, isEqual: true })

/** The end of a silence's comment: it tells the action that made it. */
const mark = (actionId: string): string => `[nox ${actionId}]`
const isOurs = /\[nox [0-9A-Z]{26}\]$/

/**
 * Alerts and silences by Alertmanager's API v2, which Grafana speaks too.
 * @param vendor as people write it
 * @param api where it stands below the client's base
 */
export function createAlerts(vendor: string, client: JsonClient, api: string, now: () => number): Alerts {
  async function firing(call: CallOptions): Promise<readonly GettableAlert[]> {
    const query = { active: 'true', silenced: 'true' }
    const needed = ['fingerprint', 'labels', 'startsAt']
    return listOf(vendor, await client.send({ path: `${api}/alerts`, query }, call), alertShape, needed)
  }

  async function silences(call: CallOptions): Promise<readonly Silence[]> {
    const all = await client.send({ path: `${api}/silences` }, call)
    const known = listOf<Silence>(vendor, all, silenceShape, ['id', 'comment', 'matchers'])
    return known.filter(({ comment, status }) => status?.state !== 'expired' && isOurs.test(comment))
  }

  /** What a silence must match; `null` = no such alert fires. */
  async function matchersOf(target: MuteTarget, call: CallOptions): Promise<readonly Matcher[] | null> {
    const alerts = await firing(call)
    if ('id' in target) {
      const alert = theOneAlert(alerts, target.id, ({ fingerprint }) => fingerprint)
      if (!alert) return null
      const named = Object.entries(alert.labels).filter(([name]) => !own.test(name))
      return named.map(([name, value]) => isEqual(name, value))
    }
    // The label under which rules name the service; where nothing fires, the usual one.
    const known = serviceLabels.find((name) => alerts.some(({ labels }) => labels[name] === target.service))
    return [isEqual(known ?? 'service', target.service)]
  }

  return {
    async list({ service }, call) {
      const alerts = (await firing(call)).map(readAlert)
      const wanted = alerts.filter((alert) => service === undefined || alert.service === service)
      return wanted.sort((a, b) => b.since - a.since)
    },
    async mute(target, until, note, actionId, call) {
      const matchers = await matchersOf(target, call)
      if (!matchers) return false
      const body = {
        matchers,
        startsAt: new Date(now()).toISOString(),
        endsAt: new Date(until).toISOString(),
        createdBy: 'NOX',
        comment: `${note} ${mark(actionId)}`,
      }
      await client.send({ method: 'POST', path: `${api}/silences`, body }, call)
      return true
    },
    async isMutedBy(actionId, call) {
      return (await silences(call)).some(({ comment }) => comment.endsWith(mark(actionId)))
    },
    async unmute(target, call) {
      const wanted = await matchersOf(target, call)
      if (!wanted) return 0
      const sign = ({ name, value }: Matcher) => JSON.stringify([name, value])
      const signs = new Set(wanted.map(sign))
      // Of an alert: what keeps it quiet. Of a service: all that is quiet about it.
      const isMeant = ({ matchers }: Silence) =>
        'id' in target
          ? matchers.every((each) => signs.has(sign(each)))
          : wanted.every((each) => matchers.some((other) => sign(other) === sign(each)))
      const ended = (await silences(call)).filter(isMeant)
      for (const { id } of ended) {
        await client.send({ method: 'DELETE', path: `${api}/silence/${encodeURIComponent(id)}` }, call)
      }
      return ended.length
    },
  }
}
