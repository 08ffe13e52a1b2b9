import { ulid } from 'ulid'
import { describe, expect, it } from 'vitest'
import type { ActionState } from '../../src/domain/action.ts'
import { incidentStates } from '../../src/domain/incident.ts'
import { reportSpan, spanBefore } from '../../src/figures/report-span.ts'
import { createScheduleDispatch } from '../../src/request/schedules/dispatch.ts'
import { entry, newAction } from '../helpers/actions.ts'
import { expectGolden, openStage, type Scene, type Stage } from '../helpers/golden.ts'
import { contentOf, people } from '../helpers/sandbox.ts'

const { alice, bob } = people
const minute = 60_000
const hour = 60 * minute
const timeZone = 'Europe/Paris'

/** Which week it is depends on the day. */
const undated = (scenes: readonly Scene[]): readonly Scene[] =>
  scenes.map(({ title, drawn }) => ({
    title,
    drawn: drawn
      .replace(/(semaine|week) \d+, [^*(\n]*/g, '$1 …')
      .replace(/(Consommation en|Usage in) \p{L}+( \d{4})?/gu, '$1 …')
      .replace(/^text: .*…/gm, 'text: …'),
  }))

/** Fills two weeks that are over: calm, then with more deployments, failures, incidents and alerts. */
async function live({ sandbox, tenantId }: Stage) {
  const { ledger, incidents, alerts } = sandbox.nox.storage
  const week = reportSpan('weekly', Date.now(), timeZone, 'previous')
  const before = spanBefore(week, timeZone)
  const act = async (at: number, command: string, state: ActionState, ms: number) => {
    const month = (week.days.at(-1) ?? '').slice(0, 7)
    const quota = { day: month, dayLimit: 1_000, month, monthLimit: null }
    const args = { service: 'user-api', branch: 'main' }
    const made = await ledger.accept(
      newAction({ tenantId, id: ulid(at), userId: bob, command, quota, args, now: at, leaseMs: hour }),
    )
    if (made.kind !== 'accepted') throw new TypeError(made.kind)
    const { id, number, place } = made.action
    const result = state === 'done' ? 'done' : 'failed'
    const audit = entry({ at: at + ms, actor: bob, command, result, actionId: id, actionNumber: number })
    await ledger.finish(tenantId, id, 1, { state, audit, giveBack: false, now: at + ms })
    return { id, number, place }
  }
  const breakDown = async (at: number, ms: number) => {
    const declared = await act(at, 'incident.open', 'done', 1_000)
    const who = { openedBy: bob, lead: bob, communication: bob }
    const when = { openedAt: at, acknowledgedAt: at + minute, resolvedAt: at + ms, nextUpdateAt: null }
    const rest = { severity: 'sev2', service: 'user-api', state: 'resolved', language: 'fr' } as const
    await incidents.create(
      { tenantId, title: 'Paiements', ...declared, ...who, ...when, ...rest, ticket: null, suspect: null },
      { id: declared.id, at, by: bob, kind: 'opened' },
    )
  }
  for (let n = 0; n < 6; n += 1) await act(before.from + (10 + 24 * n) * hour, 'deploy', 'done', 2 * minute)
  for (let n = 0; n < 12; n += 1)
    await act(week.from + (8 + 12 * n) * hour, 'deploy', n % 4 === 3 ? 'failed' : 'done', 3 * minute)
  await breakDown(week.from + 50 * hour, 45 * minute)
  await breakDown(week.from + 80 * hour, 15 * minute)
  const alert = { source: 'grafana', title: 'Disk', summary: '', severity: 'warning', environment: 'staging' } as const
  for (const n of [1, 2, 3]) {
    const at = week.from + n * hour
    const more = { fingerprint: `f${n}`, service: 'user-api', labels: {}, links: [], state: 'firing', at } as const
    await alerts.receive(tenantId, [{ alert: { ...alert, ...more }, digest: `d${n}` }], at)
  }
  return week
}

describe.each(['fr', 'en'] as const)('a report in %s', (language) => {
  const said = (fr: string, en: string) => (language === 'fr' ? fr : en)

  it('tells a week and what changed, as the tables have it; and by a schedule', async () => {
    const stage = await openStage(50, language)
    const { ask, press, scenes, sandbox, tenantId } = stage
    const { storage, services, actions } = sandbox.nox
    const week = await live(stage)
    const title = said('Rapport hebdomadaire', 'Weekly report')
    const order = said('@NOX rapport hebdo semaine précédente', '@NOX last weekly report')
    const { message } = await ask(alice, order, new RegExp(title))
    const told = contentOf(message)
    expect(told.match(/• \*/g)).toHaveLength(3)

    const records = (await storage.audit.list(tenantId, { limit: 500 })).filter(
      ({ at, actionId }) => actionId && at >= week.from && at < week.to,
    )
    const broken = await storage.incidents.list(tenantId, { states: incidentStates, since: week.from, limit: 99 })
    const alerts = await storage.alerts.list(tenantId, {}, 99)
    const fired = alerts.filter(({ firstAt }) => firstAt >= week.from && firstAt < week.to)
    const month = (week.days.at(-1) ?? '').slice(0, 7)
    const used = await storage.tenants.quotaUsed(tenantId, 'M1', month, month)
    const [last] = await storage.audit.list(tenantId, { command: 'report', limit: 1 })
    const deployments = records.filter(({ command }) => command === 'deploy').length
    expect(last?.details).toMatchObject({
      actions: records.length,
      deployments,
      incidents: broken.length,
      alerts: fired.length,
    })
    expect([records.length, deployments, broken.length, fired.length]).toEqual([14, 12, 2, 3])
    expect(told).toMatch(new RegExp(said(`Consommation en \\p{L}+ ?\\d* : ${used.month} `, `${used.month} of`), 'u'))

    const repeats = said('@NOX tous les lundis à 9h rapport hebdo', '@NOX every monday at 9am weekly report')
    const asked = await ask(alice, repeats, /✋/)
    await press(alice, asked.message, said('Planifier', 'Schedule'), /✅/)
    const [schedule] = await storage.schedules.list(tenantId, { ownerId: alice, states: ['active'], limit: 1 })
    const at = (schedule?.nextDueAt ?? 0) + 1_000
    await createScheduleDispatch({ ...services, now: () => at }, actions).look()
    expect(contentOf(await sandbox.answer(asked.ts, new RegExp(title)))).toContain(`#${schedule?.number}`)
    await sandbox.stop()
    await expectGolden(`reports.${language}`, undated(scenes.slice(0, 1)))
  })
})
