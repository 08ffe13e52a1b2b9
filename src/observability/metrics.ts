import type { Registry as PromRegistry } from 'prom-client'
import { Counter, Gauge, Histogram, Registry } from './prom-client.ts'

/** Seconds from an accepted order to its end: reads take milliseconds, rollouts minutes. */
const actionBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 900]
/** Seconds from a request of Slack to its acknowledgement; Slack gives up at 3. */
const ackBuckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3]

/** What NOX counts, in the names that dashboards and alerts use. */
export interface Metrics {
  readonly registry: PromRegistry
  /** Everything that is counted, as Prometheus reads it; those of the process itself from the first look on. */
  expose(): Promise<string>
  /** An event, press or command of a channel, with how it was answered. */
  eventReceived(kind: string, status: number, seconds: number): void
  actionEnded(command: string, state: string, ms: number): void
  /** What was counted and what the payment provider's meter, or the limit's counter, has do not agree. */
  differenceFound(at: 'meter' | 'counter'): void
  /** A call of the channel's Web API. */
  callMade(method: string, result: string, seconds: number): void
}

/** Counts in a registry of its own, so that two in one process stay apart. */
export function createMetrics(options: {
  /** Running and waiting actions, read when someone looks. */
  countOpen(): Promise<{ readonly running: number; readonly waiting: number }>
}): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const counter = <Label extends string>(name: string, help: string, ...labelNames: readonly Label[]) =>
    new Counter({ name, help, labelNames, registers })
  const histogram = <Label extends string>(name: string, help: string, buckets: number[], ...labelNames: Label[]) =>
    new Histogram({ name, help, labelNames, buckets, registers })
  let ofProcess: Promise<void> | undefined
  const events = counter('nox_events_total', 'Requests of channels, by kind and HTTP status', 'kind', 'status')
  const acks = histogram('nox_ack_seconds', 'From a request of a channel to its acknowledgement', ackBuckets, 'kind')
  const actions = counter('nox_actions_total', 'Ended actions, by command and result', 'command', 'result')
  const durations = histogram('nox_action_seconds', 'From an accepted order to its end', actionBuckets, 'command')
  const calls = counter('nox_channel_calls_total', 'Calls of the Web API, by method and result', 'method', 'result')
  const differences = counter(
    'nox_billing_differences_total',
    'Months in which ledger and meter, or ledger and counter, do not agree',
    'at',
  )
  const callSeconds = histogram('nox_channel_call_seconds', 'Duration of calls of the Web API', ackBuckets, 'method')
  new Gauge({
    name: 'nox_open_actions',
    help: 'Actions that run or wait',
    labelNames: ['state'],
    registers,
    async collect() {
      const open = await options.countOpen()
      this.set({ state: 'running' }, open.running)
      this.set({ state: 'waiting' }, open.waiting)
    },
  })
  return {
    registry,
    async expose() {
      ofProcess ??= import('prom-client').then(({ collectDefaultMetrics }) =>
        collectDefaultMetrics({ register: registry }),
      )
      await ofProcess
      return registry.metrics()
    },
    eventReceived(kind, status, seconds) {
      events.inc({ kind, status: String(status) })
      acks.observe({ kind }, seconds)
    },
    actionEnded(command, result, ms) {
      actions.inc({ command, result })
      durations.observe({ command }, ms / 1000)
    },
    differenceFound(at) {
      differences.inc({ at })
    },
    callMade(method, result, seconds) {
      calls.inc({ method, result })
      callSeconds.observe({ method }, seconds)
    },
  }
}
