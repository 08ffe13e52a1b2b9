import { expect, it } from 'vitest'
import { createMetrics } from '../../src/observability/metrics.ts'

it('tells events, acknowledgements, actions by result and what is open, in the format that Prometheus reads', async () => {
  const metrics = createMetrics({ countOpen: async () => ({ running: 2, waiting: 3 }) })
  metrics.eventReceived('app_mention', 200, 0.012)
  metrics.actionEnded('deploy', 'done', 48_000)
  metrics.callMade('chat.postMessage', 'ok', 0.1)
  const text = await metrics.expose()
  expect(text).toContain('process_resident_memory_bytes')
  expect(text).toContain('nox_events_total{kind="app_mention",status="200"} 1')
  expect(text).toContain('nox_ack_seconds_bucket{le="0.025",kind="app_mention"} 1')
  expect(text).toContain('nox_actions_total{command="deploy",result="done"} 1')
  expect(text).toContain('nox_action_seconds_bucket{le="60",command="deploy"} 1')
  expect(text).toContain('nox_channel_calls_total{method="chat.postMessage",result="ok"} 1')
  expect(text).toContain('nox_open_actions{state="waiting"} 3')
})
