import type { CallOptions } from '../../capabilities/clusters.ts'
import type { JsonRequest } from '../../egress/json-client.ts'
import { listOf } from '../shared/read-answer.ts'
import type { DatadogClient } from './client.ts'

type MonitorIdentifier = { readonly monitor_id: number } | { readonly monitor_tags: readonly string[] }

/** A downtime that NOX made and that is not over. */
export interface Downtime {
  readonly id: string
  readonly actionId: string
  readonly monitorId: number | null
  readonly tags: readonly string[]
}

interface Row {
  readonly id?: string
  readonly attributes?: {
    readonly message?: string | null
    readonly status?: string
    readonly monitor_identifier?: { readonly monitor_id?: number; readonly monitor_tags?: readonly string[] }
  }
}

const rowShape = {
  id: 'text',
  attributes: {
    message: 'text',
    status: 'text',
    monitor_identifier: { monitor_id: 'number', monitor_tags: ['text'] },
  },
} as const

const pageSize = 100
const mostPages = 20
/** The end of a downtime's message: it tells the action that made it. */
const ours = /\[nox ([0-9A-Z]{26})\]$/

/** Downtimes by API v2: a mute of v1 is deprecated. */
export function createDowntimes(client: DatadogClient) {
  const send = <T>(request: JsonRequest, call: CallOptions): Promise<T> =>
    client.call(client.v2.send<T>(request, call), call, 'monitors_downtime')
  return {
    /** Those of NOX that are not over. */
    async list(call: CallOptions): Promise<readonly Downtime[]> {
      const rows: Row[] = []
      for (let page = 0; page < mostPages; page += 1) {
        const query = {
          current_only: 'true',
          'page[limit]': String(pageSize),
          'page[offset]': String(page * pageSize),
        }
        const answer = await send<{ data?: unknown } | null>({ path: '/downtime', query }, call)
        const data = listOf<Row>('Datadog', answer?.data, rowShape, ['id'])
        rows.push(...data)
        if (data.length < pageSize) break
      }
      return rows.flatMap(({ id = '', attributes = {} }) => {
        const actionId = ours.exec(attributes.message ?? '')?.[1]
        const isOver = attributes.status === 'canceled' || attributes.status === 'ended'
        if (actionId === undefined || isOver) return []
        const { monitor_id: monitorId = null, monitor_tags: tags = [] } = attributes.monitor_identifier ?? {}
        return [{ id, actionId, monitorId, tags }]
      })
    },
    async create(
      about: MonitorIdentifier,
      until: number,
      note: string,
      actionId: string,
      call: CallOptions,
    ): Promise<void> {
      const attributes = {
        monitor_identifier: about,
        scope: '*',
        // No start: it begins at once, by Datadog's clock.
        schedule: { end: new Date(until).toISOString() },
        message: `${note} [nox ${actionId}]`,
      }
      await send({ method: 'POST', path: '/downtime', body: { data: { type: 'downtime', attributes } } }, call)
    },
    async cancel(id: string, call: CallOptions): Promise<void> {
      await send({ method: 'DELETE', path: `/downtime/${encodeURIComponent(id)}` }, call)
    },
  }
}
