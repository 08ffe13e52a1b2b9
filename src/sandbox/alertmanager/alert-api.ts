import { createHash, randomUUID } from 'node:crypto'
import type { DoubleAnswer, DoubleRequest } from '../http-double.ts'

export interface AlertSeed {
  readonly labels: Readonly<Record<string, string>>
  readonly summary: string
  readonly minutesAgo: number
}

interface Matcher {
  readonly name: string
  readonly value: string
  readonly isRegex: boolean
  readonly isEqual?: boolean
}

export interface WorldSilence {
  readonly id: string
  readonly matchers: readonly Matcher[]
  readonly startsAt: string
  readonly comment: string
  readonly createdBy: string
  endsAt: string
}

/** Alertmanager's API v2: alone, or as the part of Grafana that speaks it. */
export interface AlertApi {
  readonly silences: readonly WorldSilence[]
  /** `null` = no request of this API. @param path below the API's base */
  answer(request: DoubleRequest, path: string): DoubleAnswer | null
}

/** The name that an alert has by its labels alone. */
export const fingerprintOf = (labels: object): string =>
  createHash('sha1').update(JSON.stringify(labels)).digest('hex').slice(0, 16)

/**
 * @param options.refuse how it says no
 * @param options.made the status that a new silence is answered with
 * @param options.ended what the end of a silence is answered with
 * @param options.page where a rule's page stands, below the double's address
 */
export function createAlertApi(options: {
  readonly alerts: readonly AlertSeed[]
  readonly now: () => number
  readonly refuse: (status: number, message: string) => DoubleAnswer
  readonly made: number
  readonly ended: DoubleAnswer
  readonly page: (fingerprint: string) => string
}): AlertApi {
  const { now, refuse } = options
  const startedAt = now()
  const silences: WorldSilence[] = []
  const isActive = ({ endsAt }: WorldSilence) => Date.parse(endsAt) > now()
  const matches = ({ matchers }: WorldSilence, labels: Readonly<Record<string, string>>) =>
    matchers.every(({ name, value, isEqual = true }) => (labels[name] === value) === isEqual)

  function alerts({ query, origin }: DoubleRequest): DoubleAnswer {
    const body = options.alerts.map(({ labels, summary, minutesAgo }) => {
      const silencedBy = silences.filter((each) => isActive(each) && matches(each, labels)).map(({ id }) => id)
      const at = new Date(startedAt - minutesAgo * 60_000).toISOString()
      return {
        annotations: { summary },
        endsAt: new Date(now() + 240_000).toISOString(),
        fingerprint: fingerprintOf(labels),
        receivers: [{ name: 'default' }],
        startsAt: at,
        status: { inhibitedBy: [], mutedBy: [], silencedBy, state: silencedBy.length > 0 ? 'suppressed' : 'active' },
        updatedAt: at,
        generatorURL: `${origin}${options.page(fingerprintOf(labels))}`,
        labels,
      }
    })
    const withSilenced = query.get('silenced') !== 'false'
    return { status: 200, body: body.filter(({ status }) => withSilenced || status.silencedBy.length === 0) }
  }

  function silence({ body }: DoubleRequest): DoubleAnswer {
    const { matchers, startsAt, endsAt, createdBy, comment } = (body ?? {}) as Partial<WorldSilence>
    if (!Array.isArray(matchers) || matchers.length === 0) return refuse(400, 'at least one matcher required')
    if (!startsAt || !endsAt || Date.parse(endsAt) <= Date.parse(startsAt))
      return refuse(400, 'end must be after start')
    if (Date.parse(endsAt) <= now()) return refuse(400, "end time can't be in the past")
    if (!createdBy || !comment) return refuse(400, 'comment is required')
    const made = { id: randomUUID(), matchers, startsAt, endsAt, createdBy, comment }
    silences.push(made)
    return { status: options.made, body: { silenceID: made.id } }
  }

  function expire(id: string): DoubleAnswer {
    const found = silences.find((each) => each.id === id)
    if (!found) return refuse(404, 'silence not found')
    found.endsAt = new Date(now()).toISOString()
    return options.ended
  }

  const present = (each: WorldSilence) => ({
    ...each,
    annotations: {},
    updatedAt: each.startsAt,
    status: { state: isActive(each) ? 'active' : 'expired' },
  })

  return {
    silences,
    answer(request, path) {
      const { method } = request
      if (method === 'GET' && path === '/alerts') return alerts(request)
      if (method === 'GET' && path === '/silences') return { status: 200, body: silences.map(present) }
      if (method === 'POST' && path === '/silences') return silence(request)
      const id = path.startsWith('/silence/') ? path.slice('/silence/'.length) : undefined
      return method === 'DELETE' && id !== undefined ? expire(id) : null
    },
  }
}
