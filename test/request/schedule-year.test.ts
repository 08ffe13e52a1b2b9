import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Clusters } from '../../src/capabilities/clusters.ts'
import { nextTimes } from '../../src/domain/recurrence.ts'
import type { Schedule } from '../../src/domain/schedule.ts'
import { defaultMember } from '../../src/permissions/index.ts'
import { createScheduleDispatch } from '../../src/request/schedules/dispatch.ts'
import { openStorage } from '../../src/storage/open-storage.ts'
import type { Storage } from '../../src/storage/types/storage.ts'
import { createVault } from '../../src/vault/index.ts'
import { testKey } from '../helpers/each-database.ts'
import { type RunningRoad, startRoad } from '../helpers/start-road.ts'

const zones = ['Europe/Paris', 'America/New_York', 'Australia/Sydney', 'UTC'] as const
const year = { from: Date.UTC(2026, 0, 1), until: Date.UTC(2027, 0, 1) }
const minute = 60_000
/** What falls into the gaps and repetitions of every clock, and what does not. */
const crons = ['30 2 * * *', '30 1 * * 0'] as const
const idOf = (zone: number, cron: number) => `S${zone}${cron}`

const installation = {
  isOrgWide: false,
  appId: 'A0NOX',
  botToken: 'xoxb-1',
  botUserId: 'U0NOX',
  botId: 'B0NOX',
  scopes: [],
  installerUserId: 'U0',
  installedAt: 0,
} as const

let folder = ''
let storage: Storage
let road: RunningRoad
let now = year.from - 1

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nox-year-'))
  storage = await openStorage({ path: join(folder, 'nox.db') }, createVault([testKey]))
  road = await startRoad(storage, {} as Clusters)
  for (const [n, timeZone] of zones.entries()) {
    const tenantId = `Z${n}`
    await storage.tenants.create(
      { id: tenantId, kind: 'company', name: timeZone, plan: 'enterprise', language: 'fr', timeZone },
      1,
    )
    await storage.members.create(
      defaultMember('company', 'admin', { tenantId, id: `M${n}`, slackUserId: `U${n}`, name: 'Alice' }),
    )
    await storage.installations.save({ ...installation, tenantId, workspaceId: `W${n}` })
    for (const [k, cron] of crons.entries()) {
      const [nextDueAt = null] = await nextTimes(cron, timeZone, now, 1)
      const place = { channel: 'slack', conversationId: 'C0DEVOPS', threadTs: '1.1', kind: 'channel' } as const
      const schedule: Schedule = {
        tenantId,
        id: idOf(n, k),
        number: k + 1,
        ownerId: `U${n}`,
        order: { command: 'whoami', args: {} },
        language: 'fr',
        cron,
        timeZone,
        place,
        state: 'active',
        nextDueAt,
        lastRunAt: null,
        createdAt: now,
      }
      await storage.schedules.create(schedule)
    }
  }
  // Each time that something is due is looked at; by three replicas at once on Sundays, when clocks change.
  const started: string[] = []
  const actions = { ...road.actions, perform: async ({ id }: { id: string }) => void started.push(id) }
  const services = { ...road.services, now: () => now }
  const replicas = [1, 2, 3].map(() => createScheduleDispatch(services, actions as typeof road.actions))
  for (;;) {
    const due = await storage.schedules.listDue(year.until - 1, 1)
    if (due[0] === undefined) break
    now = Math.max(now, due[0].dueAt) + 1_000
    const isSunday = new Date(now).getUTCDay() === 0
    await Promise.all(replicas.slice(0, isSunday ? 3 : 1).map((each) => each.look()))
  }
  expect(new Set(started).size).toBe(started.length)
}, 180_000)

afterAll(async () => {
  await road?.stop()
  await storage?.close()
  await rm(folder, { recursive: true, force: true })
})

/** Local day, weekday and time by the platform's own tables, and none of the library under test. */
function clockOf(timeZone: string) {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return (at: number) => {
    const [day = '', time = ''] = format.format(at).split(' ')
    return { day, time, weekday: new Date(`${day}T12:00:00Z`).getUTCDay() }
  }
}

describe.each(zones.map((timeZone, n) => [timeZone, n] as const))('a year of schedules in %s', (timeZone, n) => {
  const clock = clockOf(timeZone)
  const runsOf = async (k: number): Promise<readonly { dueAt: number; actionId: string | null }[]> => {
    const runs = await storage.schedules.runs(`Z${n}`, idOf(n, k), 1_000)
    return [...runs].sort((a, b) => a.dueAt - b.dueAt)
  }

  it.each([
    ['30 2 * * *', 0, '02:30', (_: number): boolean => true],
    ['30 1 * * 0', 1, '01:30', (weekday: number) => weekday === 0],
  ] as const)('gives the order of %s once on each of its days', async (_, k, time, isOn) => {
    const runs = await runsOf(k)
    const exists = new Map<string, boolean>()
    const wanted: string[] = []
    for (let at = year.from; at < year.until; at += 15 * minute) {
      const here = clock(at)
      if (!isOn(here.weekday)) continue
      if (!exists.has(here.day)) wanted.push(here.day)
      exists.set(here.day, (exists.get(here.day) ?? false) || here.time === time)
    }
    const days = runs.map(({ dueAt }) => clock(dueAt))
    // The year of UTC begins and ends inside a local day.
    const inside = wanted.filter((day) => day > '2026-01-01' && day < '2026-12-31')
    const given = days.map(({ day }) => day).filter((day) => day > '2026-01-01' && day < '2026-12-31')
    expect(given).toEqual(inside)
    for (const run of days) if (exists.get(run.day) && run.day > '2026-01-01') expect(run.time).toBe(time)
    const ledger = await Promise.all(runs.map(({ actionId }) => storage.ledger.find(`Z${n}`, actionId ?? '')))
    expect(ledger.every((action) => action?.userId === `U${n}` && action.origin?.schedule === k + 1)).toBe(true)
    expect(new Set(ledger.map((action) => action?.id)).size).toBe(runs.length)
  })
})
