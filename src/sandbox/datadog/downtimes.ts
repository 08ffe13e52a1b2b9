import { randomUUID } from 'node:crypto'
import type { DoubleAnswer, DoubleRequest } from '../http-double.ts'

interface Identifier {
  readonly monitor_id?: number
  readonly monitor_tags?: readonly string[]
}

interface Attributes {
  readonly monitor_identifier?: Identifier
  readonly scope?: string
  readonly message?: string
  readonly schedule?: { readonly start?: string | null; readonly end?: string | null }
}

export interface WorldDowntime {
  readonly id: string
  readonly identifier: Identifier
  readonly scope: string
  readonly message: string
  readonly startsAt: number
  readonly endsAt: number | null
  canceledAt: number | null
}

interface Monitor {
  readonly id: number
  readonly tags: readonly string[]
}

/** Downtimes by API v2. */
export function createDowntimeApi(options: {
  readonly monitors: readonly Monitor[]
  readonly now: () => number
  readonly refuse: (status: number, ...errors: string[]) => DoubleAnswer
}) {
  const { now, refuse } = options
  const all: WorldDowntime[] = []
  const isActive = ({ startsAt, endsAt, canceledAt }: WorldDowntime) =>
    canceledAt === null && startsAt <= now() && (endsAt ?? Infinity) > now()
  const isAbout = ({ identifier }: WorldDowntime, { id, tags }: Monitor) =>
    identifier.monitor_id === id ||
    (identifier.monitor_tags?.every((tag) => tag === '*' || tags.includes(tag)) ?? false)

  function present(each: WorldDowntime) {
    const { id, identifier, scope, message, startsAt, endsAt, canceledAt } = each
    const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())
    const status =
      canceledAt !== null ? 'canceled' : isActive(each) ? 'active' : startsAt > now() ? 'scheduled' : 'ended'
    return {
      id,
      type: 'downtime',
      attributes: {
        monitor_identifier: identifier,
        scope,
        message,
        status,
        canceled: iso(canceledAt),
        created: iso(startsAt),
        modified: iso(canceledAt ?? startsAt),
        mute_first_recovery_notification: false,
        notify_end_states: ['alert', 'no data', 'warn'],
        notify_end_types: ['expired'],
        schedule: { start: iso(startsAt), end: iso(endsAt) },
      },
    }
  }

  function create({ body }: DoubleRequest): DoubleAnswer {
    const data = (body as { data?: { type?: string; attributes?: Attributes } } | undefined)?.data
    const { monitor_identifier: identifier, scope, message = '', schedule = {} } = data?.attributes ?? {}
    if (data?.type !== 'downtime') return refuse(400, 'Invalid type')
    if (!identifier || !scope) return refuse(400, 'monitor_identifier and scope are required')
    const isKnown =
      identifier.monitor_id === undefined || options.monitors.some(({ id }) => id === identifier.monitor_id)
    if (!isKnown) return refuse(404, 'Monitor not found')
    const startsAt = schedule.start ? Date.parse(schedule.start) : now()
    const endsAt = schedule.end ? Date.parse(schedule.end) : null
    if (endsAt !== null && endsAt <= startsAt) return refuse(400, 'Invalid schedule: end must be after start')
    const made = { id: randomUUID(), identifier, scope, message, startsAt, endsAt, canceledAt: null }
    all.push(made)
    return { status: 200, body: { data: present(made) } }
  }

  function list({ query }: DoubleRequest): DoubleAnswer {
    const current = query.get('current_only') === 'true'
    const from = Number(query.get('page[offset]') ?? 0)
    const found = all.filter((each) => !current || isActive(each)).map(present)
    const data = found.slice(from, from + Number(query.get('page[limit]') ?? 30))
    return { status: 200, body: { data, meta: { page: { total_filtered_count: found.length } } } }
  }

  function cancel(id: string): DoubleAnswer {
    const found = all.find((each) => each.id === id)
    if (!found) return refuse(404, 'Downtime not found')
    found.canceledAt = now()
    return { status: 204 }
  }

  return {
    all: all as readonly WorldDowntime[],
    /** What mutes a monitor now, as `matching_downtimes` tells it. */
    of: (monitor: Monitor) =>
      all
        .filter((each) => isActive(each) && isAbout(each, monitor))
        .map(({ startsAt, endsAt, scope }, at) => ({
          id: at + 1,
          start: Math.floor(startsAt / 1_000),
          end: endsAt === null ? null : Math.floor(endsAt / 1_000),
          scope: [scope],
        })),
    answer(request: DoubleRequest): DoubleAnswer | null {
      const { method, path } = request
      if (path === '/api/v2/downtime') return method === 'POST' ? create(request) : list(request)
      const id = path.startsWith('/api/v2/downtime/') ? path.slice('/api/v2/downtime/'.length) : undefined
      return method === 'DELETE' && id !== undefined ? cancel(id) : null
    },
  }
}
