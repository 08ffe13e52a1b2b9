import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { traced } from '../../src/domain/trace.ts'
import { NoxError } from '../../src/errors.ts'
import { createLog } from '../../src/observability/log.ts'
import { startTracing } from '../../src/observability/tracing.ts'
import { type ReceivedSpan, startOtlpReceiver } from '../helpers/otlp-receiver.ts'
import { people, startTestSandbox, type TestSandbox } from '../helpers/sandbox.ts'

const lines: Record<string, unknown>[] = []
let sandbox: TestSandbox
let collector: Awaited<ReturnType<typeof startOtlpReceiver>>
let tracing: ReturnType<typeof startTracing>
beforeAll(async () => {
  collector = await startOtlpReceiver('Bearer of-the-collector')
  const { endpoint } = collector
  const headers = { authorization: 'Bearer of-the-collector' }
  tracing = startTracing({ endpoint: `${endpoint}/`, headers, service: 'nox-test', batchMs: 20 })
  const log = createLog({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) })
  sandbox = await startTestSandbox(undefined, 50, false, { log })
}, 30_000)
afterAll(async () => {
  await sandbox?.stop()
  await tracing?.stop()
  await collector?.close()
})

const factOf = (span: ReceivedSpan | undefined, key: string) =>
  Object.values(span?.attributes.find((each) => each.key === key)?.value ?? {})[0]

it('makes one trace of a mention: a span for each step, from what Slack sent to what it is asked to show', async () => {
  const { ts } = sandbox.say(people.bob, '@NOX pods user-api staging')
  await sandbox.answer(ts, /user-api-/)
  const wanted = ['receive', 'verify', 'parse', 'permit', 'commit', 'ack', 'run', 'answer', 'slack chat.postMessage']
  const found = await vi.waitFor(() => {
    const run = collector.spans.find((each) => each.name === 'run' && factOf(each, 'nox.command') === 'pods')
    const mine = collector.spans.filter((each) => each.traceId === run?.traceId)
    const names = mine.map((each) => each.name)
    expect(names).toEqual(expect.arrayContaining(wanted))
    return mine
  }, 10_000)
  const one = (name: string) => found.find((each) => each.name === name)
  const root = found.filter((each) => !each.parentSpanId)
  expect(root.map((each) => each.name)).toEqual(['receive'])
  for (const name of ['verify', 'parse', 'permit', 'commit', 'ack']) {
    expect(one(name)?.parentSpanId, name).toBe(root[0]?.spanId)
  }
  // A read runs while its row is made durable.
  expect(one('run')?.parentSpanId).toBe(one('commit')?.spanId)
  expect(one('answer')?.parentSpanId).toBe(one('run')?.spanId)
  for (const each of found) {
    expect(BigInt(each.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(each.startTimeUnixNano))
    if (each.parentSpanId) expect(found.map(({ spanId }) => spanId)).toContain(each.parentSpanId)
  }
  expect(factOf(one('ack'), 'http.response.status_code')).toBe(200)
  // The requests that it made are there too: of Slack and of the cluster, by their host.
  const calls = found.filter((each) => factOf(each, 'server.address') !== undefined)
  expect(new Set(calls.map((each) => each.name.split(' ')[0]))).toEqual(new Set(['POST', 'GET']))
  expect(calls.every((each) => factOf(each, 'http.response.status_code') === 200)).toBe(true)
  expect(collector.services).toEqual(new Set(['nox-test']))
  expect(collector.refused).toEqual([])

  const taken = lines.find((line) => line.msg === 'an order was taken' && line.trace_id === root[0]?.traceId)
  expect(taken).toMatchObject({ span_id: expect.stringMatching(/^[0-9a-f]{16}$/) })
  const ended = lines.find((line) => line.msg === 'an action ended' && line.command === 'pods')
  expect(ended?.trace_id).toBe(root[0]?.traceId)
})

it('tells of a failure its code alone, and sends no text, no token and no address but hosts', async () => {
  const { ts } = sandbox.say(people.bob, '@NOX Kaleidoskop')
  await sandbox.answer(ts, /./)
  const secret = new NoxError('vendor-failed', 'xoxb-not-to-be-told said Kaleidoskop')
  await expect(traced('run', () => Promise.reject(secret), { 'nox.action': 'failing' })).rejects.toBe(secret)
  expect(() =>
    traced(
      'verify',
      () => {
        throw secret
      },
      { 'nox.action': 'thrown' },
    ),
  ).toThrow(secret)
  await vi.waitFor(() => {
    for (const action of ['failing', 'thrown']) {
      const span = collector.spans.find((each) => factOf(each, 'nox.action') === action)
      expect(span?.status.code).toBe(2)
      expect(factOf(span, 'error.type')).toBe('vendor-failed')
    }
  }, 10_000)
  for (const body of collector.bodies) expect(body).not.toMatch(/kaleidoskop|xox|\/api\/|deployments\/user-api-/i)
})

it('makes none after its end, and nothing is slower for a collector that is gone', async () => {
  await tracing.stop()
  const before = collector.spans.length
  const { ts } = sandbox.say(people.bob, '@NOX whoami')
  await sandbox.answer(ts, /Bob/)
  expect(traced('run', () => 7)).toBe(7)
  expect(collector.spans).toHaveLength(before)
  expect(lines.at(-1)).not.toHaveProperty('trace_id')

  const gone = startTracing({ endpoint: 'http://127.0.0.1:1', service: 'nox', batchMs: 20 })
  const again = sandbox.say(people.bob, '@NOX whoami')
  await sandbox.answer(again.ts, /Bob/)
  await gone.stop()
})
