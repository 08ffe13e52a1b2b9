import type { Connected } from '../../src/capabilities/connectors.ts'
import { meanings } from '../../src/capabilities/metrics.ts'
import type { MonitoringProvider } from './monitoring.ts'

export const call = () => ({ signal: AbortSignal.timeout(20_000) })
export const action = '01ARZ3NDEKTSV4RRFFQ69G5FA1'
const about = { service: 'web', environment: 'production', namespace: 'production', deployment: 'web' }
const span = () => ({ from: Date.now() - 3_600_000, to: Date.now() })
const soon = () => Date.now() + 60_000

/** What a connection of this suite can do, one use each. */
export const uses = {
  list: ({ alerts }: Connected) => alerts?.list({}, call()),
  rules: ({ alerts }: Connected) => alerts?.rules?.({}, call()),
  muteService: ({ alerts }: Connected) => alerts?.mute({ service: 'web' }, soon(), 'Bob', action, call()),
  isMuted: ({ alerts }: Connected) => alerts?.isMutedBy(action, call()),
  unmute: ({ alerts }: Connected) => alerts?.unmute({ service: 'web' }, call()),
  dashboards: ({ dashboards }: Connected) => dashboards?.search('web', 5, call()),
  cpu: ({ metrics }: Connected) => metrics?.query({ meaning: 'cpu', about }, span(), call()),
  mark: ({ marks }: Connected) =>
    marks?.deployed({ ...about, version: 'v2', ...span(), failed: true, note: 'Bob' }, call()),
} as const

/** Everything that a connection can do, once. */
export async function useAll(provider: MonitoringProvider): Promise<void> {
  const connected = await provider.connect()
  const { alerts, metrics } = connected
  await connected.test(call())
  const [first] = (await uses.list(connected)) ?? []
  await uses.rules(connected)
  await alerts?.mute({ id: first?.id ?? '' }, soon(), 'Bob', action, call())
  await uses.muteService(connected)
  await uses.isMuted(connected)
  await uses.unmute(connected)
  await uses.dashboards(connected)
  for (const meaning of meanings) await metrics?.query({ meaning, about }, span(), call())
  await metrics?.query({ query: 'sum(((' }, span(), call()).catch(() => {})
  await uses.mark(connected)
}
