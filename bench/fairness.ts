import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ulid } from 'ulid'
import { botScopes } from '../src/channels/slack/scopes.ts'
import { defaultMember, defaultZones } from '../src/permissions/index.ts'
import type { Storage } from '../src/storage/types/storage.ts'
import { Connection } from './connection.ts'
import { percentile, runLoad } from './load.ts'
import { mentionRequest, workspace } from './mention.ts'
import { startPostgres } from './postgres.ts'
import type { SlackEnd } from './slack-end.ts'
import { startNox, type Target } from './targets.ts'

/** What one tenant pours in, as fast as HTTP takes it. */
const flood = 10_000
/** Requests of it that are under way at once. */
const connections = 1_000
/** Tenants whose first mention ever comes meanwhile, evenly over the flood. */
const others = 9
const answerWithinMs = 60_000

const team = (n: number) => `T0OTHER${n}`

async function addOthers(storage: Storage): Promise<void> {
  for (let n = 0; n < others; n += 1) {
    const tenantId = ulid()
    const tenant = { id: tenantId, kind: 'company', name: team(n), plan: 'enterprise', language: 'en' } as const
    await storage.tenants.create({ ...tenant, timeZone: 'Europe/Paris' }, Date.now())
    const identity = { tenantId, id: ulid(), slackUserId: workspace.user, name: 'Alice' }
    await storage.members.create(defaultMember('company', 'admin', identity))
    for (const zone of defaultZones(tenantId, ulid)) await storage.zones.save(zone)
    await storage.installations.save({
      tenantId,
      workspaceId: team(n),
      isOrgWide: false,
      appId: workspace.app,
      botToken: `xoxb-other-${n}`,
      botUserId: workspace.bot,
      botId: 'B0BOT',
      scopes: [...botScopes],
      installerUserId: workspace.user,
      installedAt: Date.now(),
    })
  }
}

/** Mentions by number, beginning where the runs before ended: no event twice. */
let next = 500_000_000

async function measure(target: Target, slack: SlackEnd, text: string, count: number) {
  const answered = new Map<number, (at: number) => void>()
  const answer = (number: number) =>
    new Promise<number>((resolve) => {
      answered.set(number, resolve)
      setTimeout(() => resolve(Number.POSITIVE_INFINITY), answerWithinMs).unref()
    })
  slack.onAnswer = (number, at) => {
    answered.get(number)?.(at)
    answered.delete(number)
  }
  const open = (many: number) => Promise.all(Array.from({ length: many }, () => new Connection().open(target.port)))
  const [many, few] = [await open(connections), await open(others)]
  let sent = 0
  let refused = 0
  const answers: Promise<number>[] = []
  const start = performance.now()
  const pour = async (connection: Connection) => {
    while (sent < count) {
      sent += 1
      const number = next++
      answers.push(answer(number))
      if ((await connection.request(mentionRequest(number, text, target.port))) !== 200) refused += 1
    }
  }
  const first = async (connection: Connection, n: number) => {
    while (sent < (count * (n + 0.5)) / others) await sleep(5)
    const number = next++
    const told = answer(number)
    const from = performance.now()
    const request = mentionRequest(number, text, target.port, { ...workspace, team: team(n) })
    await connection.request(request)
    return { ack: performance.now() - from, answer: (await told) - from }
  }
  const poured = Promise.all(many.map(pour)).then(() => performance.now() - start)
  const firsts = await Promise.all(few.map(first))
  const pouredMs = await poured
  const times = await Promise.all(answers)
  for (const connection of [...many, ...few]) connection.close()
  return {
    pouredMs,
    allMs: Math.max(...times) - start,
    acks: firsts.map((each) => each.ack),
    answers: firsts.map((each) => each.answer),
    lost: refused + times.filter((at) => !Number.isFinite(at)).length,
  }
}

/** @param scale shortens the flood */
export async function benchFairness(folder: string, slack: SlackEnd, text: string, scale: number): Promise<void> {
  const count = Math.ceil(flood * scale)
  const postgres = await startPostgres(54_330)
  const subjects = {
    'NOX, SQLite': async () => startNox({ path: join(folder, 'fairness.db') }, slack.apiUrl, addOthers),
    'NOX, Postgres': async () => startNox({ url: await postgres.newDatabase() }, slack.apiUrl, addOthers),
  }
  console.log(
    `\n${count} mentions of one tenant over ${connections} connections; the first of ${others} others meanwhile\n`,
  )
  for (const [name, start] of Object.entries(subjects)) {
    const target = await start()
    // What is measured is a server at work, not its first second.
    await runLoad({ port: target.port, slack, text, count: Math.ceil(4_000 * scale), concurrency: 16 })
    const { pouredMs, allMs, acks, answers, lost } = await measure(target, slack, text, count)
    await target.stop()
    const told = (times: readonly number[]) =>
      `median ${percentile(times, 0.5).toFixed(0)}, at most ${Math.max(...times).toFixed(0)} ms`
    console.log(
      `${name}: all taken after ${pouredMs.toFixed(0)} ms, all answered after ${allMs.toFixed(0)} ms, lost ${lost}`,
    )
    console.log(`  acknowledged to another: ${told(acks)}`)
    console.log(`  answered to another:     ${told(answers)}`)
    if (lost > 0 || Math.max(...answers) > 1_000) process.exitCode = 1
  }
  await postgres.stop()
}
