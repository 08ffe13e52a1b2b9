import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Connection } from '../../bench/connection.ts'
import { runLoad } from '../../bench/load.ts'
import { type SlackEnd, startSlackEnd } from '../../bench/slack-end.ts'
import { benchTenant, startNox, type Target } from '../../bench/targets.ts'
import type { Storage } from '../../src/storage/types/storage.ts'
import { entry } from '../helpers/actions.ts'
import { randomOf } from './mutate.ts'
import { fuzzedRequest, hookSecret } from './requests.ts'

/** Requests: `npm run test:fuzz` sends 200,000. */
const rounds = Number(process.env.FUZZ_ROUNDS ?? 1_500)
/** The short form repeats one run, so that it fails for a change alone; the long form looks for what is new. */
const seed = Number(process.env.FUZZ_SEED ?? (rounds < 100_000 ? 8 : Date.now() % 1_000_000_000))
/** Sent at the same time, each by an address of its own: limits of pace hold for an address. */
const senders = process.platform === 'linux' ? 64 : 8
/**
 * Between the second quarter of a run and its last (MB), least against least. What is in use just after a collection may
 * not grow; RSS may by what V8 and the allocator keep free after the largest requests of a run.
 */
const mostGrowth = { used: 16, resident: 64 }

const folder = mkdtempSync(join(tmpdir(), 'nox-fuzz-'))
let slack: SlackEnd
let nox: Target

/** What V8's heap and buffers hold now (MB), what is not collected yet included. */
async function usedMb(): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${nox.port}/metrics`)).text()
  const value = (name: string) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(metrics)?.[1])
  return (value('nodejs_heap_size_used_bytes') + value('nodejs_external_memory_bytes')) / 2 ** 20
}

/** A tenant that takes webhooks and alerts of every kind. */
async function connect(storage: Storage): Promise<void> {
  const fresh = { tenantId: benchTenant, account: 'x', connectedAt: 1, checkedAt: 1, failingSince: null }
  for (const vendor of ['github', 'jira'] as const) {
    const settings = { url: 'https://vendor.example', server: 'https://vendor.example', channel: 'C0BENCH' }
    await storage.integrations.save({ ...fresh, vendor, settings }, { webhookSecret: hookSecret, token: 'x' })
  }
  const secretHash = createHash('sha256').update(hookSecret).digest('hex')
  for (const source of ['grafana', 'alertmanager', 'datadog', 'github'] as const) {
    const hook = { tenantId: benchTenant, source, secretHash, createdBy: 'U0ALICE', createdAt: 1 }
    await storage.alertHooks.save(hook, entry({}))
  }
}

beforeAll(async () => {
  slack = await startSlackEnd()
  nox = await startNox({ path: join(folder, 'nox.db') }, slack.apiUrl, connect)
})
afterAll(async () => {
  await nox?.stop()
  slack?.close()
  rmSync(folder, { recursive: true, force: true })
})

it(`bears ${rounds} mutated requests (FUZZ_SEED=${seed}): no crash, no 500, no growing memory`, {
  timeout: 3_600_000,
  retry: 0,
}, async () => {
  const random = randomOf(seed)
  const statuses = new Map<number, number>()
  const failed: string[] = []
  const resident: number[] = []
  const used: number[] = []
  let left = rounds
  async function send(index: number): Promise<void> {
    const from = senders > 8 ? `127.0.1.${index + 1}` : '127.0.0.1'
    let connection = await new Connection().open(nox.port, from)
    while (left > 0) {
      left -= 1
      if (left % Math.ceil(rounds / 100) === 0) {
        resident.push(nox.residentMb())
        used.push(await usedMb())
      }
      const { text, seed: origin } = fuzzedRequest(random, nox.port)
      // A refusal may end the connection: the next request needs another.
      const status = await connection.request(text).catch(() => 0)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      if (status >= 500 || status === 0) {
        const kept = join(tmpdir(), `nox-fuzz-${seed}-${rounds - left}.txt`)
        writeFileSync(kept, text)
        failed.push(`${status} for a mutated ${origin.kind}, kept in ${kept}: ${text.slice(0, 300)}`)
      }
      if (status >= 300 || status === 0 || connection.isLast) {
        connection.close()
        connection = await new Connection().open(nox.port, from)
      }
    }
    connection.close()
  }
  await Promise.all(Array.from({ length: senders }, (_, index) => send(index)))

  const least = (values: readonly number[], from: number) =>
    Math.min(...values.slice(Math.floor(values.length * from), Math.floor(values.length * (from + 0.25))))
  const growth = (values: readonly number[]) => least(values, 0.75) - least(values, 0.25)
  const told = (values: readonly number[]) =>
    `${least(values, 0.25).toFixed(0)} → ${least(values, 0.75).toFixed(0)} MB (${growth(values).toFixed(1)})`
  const counted = [...statuses].toSorted(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`)
  console.log(`fuzz: seed ${seed}, ${counted.join(', ')}; in use ${told(used)}, RSS ${told(resident)}`)
  expect(failed.slice(0, 3)).toEqual([])
  expect(nox.ended()).toBeNull()
  const ready = await fetch(`http://127.0.0.1:${nox.port}/readyz`)
  expect(ready.status).toBe(200)
  const { lost } = await runLoad({ ports: [nox.port], slack, text: 'whoami', count: 20, concurrency: 2 })
  expect(lost).toBe(0)
  // Most of it got past the door.
  expect((statuses.get(200) ?? 0) + (statuses.get(202) ?? 0) + (statuses.get(204) ?? 0)).toBeGreaterThan(rounds / 3)
  if (rounds < 100_000) return
  expect(growth(used)).toBeLessThan(mostGrowth.used)
  expect(growth(resident)).toBeLessThan(mostGrowth.resident)
})
