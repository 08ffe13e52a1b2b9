import { expect, it } from 'vitest'
import type { Schedule } from '../../src/domain/schedule.ts'
import { createScheduleDispatch } from '../../src/request/schedules/dispatch.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { homeOf } from '../helpers/home.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'

const { alice, bob, carol } = people

eachSandbox('schedules', (sandbox) => {
  const storage = () => sandbox().nox.storage
  const tenant = async () => (await storage().installations.tenantOf(societeX)) ?? ''
  const ask = async (user: string, text: string, fits: RegExp) => {
    const { ts } = sandbox().say(user, text)
    const message = await sandbox()
      .answer(ts, fits)
      .catch(() => {
        throw new Error(`${text}: ${sandbox().thread(ts).map(contentOf).join(' | ')}`)
      })
    return { ts, message, text: contentOf(message) }
  }
  const newest = async (): Promise<Schedule> => {
    const all = await storage().schedules.list(await tenant(), { states: ['active', 'paused'], limit: 99 })
    const last = all.at(-1)
    if (!last) throw new Error('no schedule')
    return last
  }
  /** Looks as several replicas would, at a moment. */
  const lookAt = async (at: number, replicas = 3) => {
    const { services, actions } = sandbox().nox
    const looks = Array.from({ length: replicas }, () =>
      createScheduleDispatch({ ...services, now: () => at }, actions).look(),
    )
    await Promise.all(looks)
  }
  const runsOf = async ({ number }: Schedule) =>
    (await storage().ledger.list(await tenant(), { limit: 200 })).filter(({ origin }) => origin?.schedule === number)
  const cancel = async (schedule: Schedule) => {
    const from = ['active', 'paused'] as const
    await storage().schedules.setState(await tenant(), schedule.id, { from, to: 'cancelled', nextDueAt: null })
  }

  it.each([
    [
      'fr',
      '@NOX planifie backup base données client-Z tous les jours à 2h',
      /Planifier :\* sauvegarder `client-Z`/,
      /[Tt]ous les jours à 2h \(Europe\/Paris\)/,
      'Planifier',
      /Planifié #/,
    ],
    [
      'en',
      '@NOX back up client-Z every monday at 9',
      /Schedule:\* back up `client-Z`/,
      /[Ee]very Monday at 9:00 \(Europe\/Paris\)/,
      'Schedule',
      /Scheduled #/,
    ],
  ])(
    'is read back with its next three times, and made once it is confirmed (%s)',
    async (_, say, title, when, go, made) => {
      const { ts, message, text } = await ask(carol, say, title)
      expect(text).toMatch(when)
      expect(text.match(/<!date\^/g)?.length).toBeGreaterThanOrEqual(3)
      const before = await storage().schedules.list(await tenant(), { states: ['active'], limit: 99 })
      await sandbox().press(carol, message, go)
      await sandbox().answer(ts, made)
      const schedule = await newest()
      expect(before.some(({ id }) => id === schedule.id)).toBe(false)
      expect(schedule).toMatchObject({ ownerId: carol, timeZone: 'Europe/Paris', state: 'active' })
      expect(schedule.order).toEqual({ command: 'backup', args: { target: 'client-Z' } })
      await cancel(schedule)
    },
  )

  it('gives its order once, under its owner, in its thread, whoever looks', async () => {
    const { ts } = await ask(bob, '@NOX toutes les minutes status user-api en staging', /Planifié #/)
    const schedule = await newest()
    const due = schedule.nextDueAt ?? 0
    await lookAt(due + 1_000)
    await sandbox().answer(ts, /État|state|réplicas|2\/2|3\/3/)
    await expect.poll(async () => (await runsOf(schedule))[0]?.state, { timeout: 8_000 }).toBe('done')
    const runs = await runsOf(schedule)
    expect(runs).toHaveLength(1)
    expect(runs[0]).toMatchObject({ userId: bob, command: 'status', counted: true })
    expect(sandbox().thread(ts).map(contentOf).join('\n')).toContain(`planification #${schedule.number}`)
    expect((await newest()).nextDueAt).toBe(due + 60_000)
    const records = await storage().audit.list(await tenant(), { limit: 5, command: 'status' })
    expect(records[0]).toMatchObject({ actor: bob, result: 'done' })
    await cancel(schedule)
  })

  it('asks the rights of the moment: what its owner may no more is refused, told and audited', async () => {
    const { ts, message } = await ask(
      carol,
      '@NOX tous les jours à 3h redémarre user-api en production',
      /Planifier :\*/,
    )
    await sandbox().press(carol, message, 'Planifier')
    await sandbox().answer(ts, /Planifié #/)
    const schedule = await newest()
    const id = await tenant()
    const member = await storage().members.findBySlackId(id, carol)
    if (!member) throw new Error('nobody')
    await storage().members.update({ ...member, groups: ['developers'] })
    await lookAt((schedule.nextDueAt ?? 0) + 1_000)
    await sandbox().answer(ts, /Refusé :\* redémarrer `user-api`/)
    await expect.poll(async () => (await runsOf(schedule))[0]?.state, { timeout: 8_000 }).toBe('refused')
    await storage().members.update(member)
    sandbox().nox.services.knowledge.drop(id)
    await cancel(schedule)
  })

  it('tells what was missed while NOX was down, and catches up once at most', async () => {
    const { ts, message } = await ask(carol, '@NOX sauvegarde client-Z tous les jours à 4h', /Planifier :\*/)
    await sandbox().press(carol, message, 'Planifier')
    await sandbox().answer(ts, /Planifié #/)
    const schedule = await newest()
    const due = schedule.nextDueAt ?? 0
    await lookAt(due + 2 * 86_400_000 + 3_600_000)
    const told = contentOf(await sandbox().answer(ts, /NOX était arrêté/))
    expect(told).toMatch(/3 passages manqués/)
    expect(told).toMatch(/Exécuté une fois maintenant/)
    expect(await runsOf(schedule)).toHaveLength(1)
    await lookAt(due + 2 * 86_400_000 + 14 * 3_600_000)
    expect(await runsOf(schedule)).toHaveLength(1)
    const records = await storage().audit.list(await tenant(), { limit: 9, command: 'schedule' })
    expect(records.find(({ result }) => result === 'expired')?.details).toMatchObject({ count: 3, runs: true })
    await cancel(schedule)
  })

  it('is listed, paused, resumed and cancelled by words and buttons, by its owner or an admin', async () => {
    await ask(bob, '@NOX chaque lundi à 9h status user-api en staging', /Planifié #/)
    const schedule = await newest()
    const n = String(schedule.number)
    const { message } = await ask(bob, '@NOX mes planifications', new RegExp(`#${n}`))
    expect(contentOf(message)).toMatch(/chaque lundi à 9h/)
    await ask(carol, `@NOX annule la planification ${n}`, /est à Bob/)
    await sandbox().press(bob, message, `Suspendre #${n}`)
    await expect.poll(async () => (await newest()).state, { timeout: 8_000 }).toBe('paused')
    await lookAt((schedule.nextDueAt ?? 0) + 1_000)
    expect(await runsOf(schedule)).toHaveLength(0)
    await ask(bob, `@NOX suspends la planification #${n}`, /déjà suspendue/)
    await ask(bob, `@NOX resume schedule ${n}`, /Resumed/)
    expect((await newest()).state).toBe('active')
    await ask(alice, `@NOX annule la planification ${n}`, /Planification annulée/)
    expect((await storage().schedules.find(await tenant(), schedule.id))?.state).toBe('cancelled')
    await ask(bob, '@NOX annule la planification 99999', /Aucune planification #99999/)
  })

  it('shows in App Home what repeats in one’s own name', async () => {
    await ask(bob, '@NOX chaque lundi à 9h status user-api en staging', /Planifié #/)
    const schedule = await newest()
    const home = homeOf(sandbox)
    const { text } = await home.open(bob, /Mes planifications/)
    expect(text).toMatch(new RegExp(`#${schedule.number}.*chaque lundi à 9h`))
    expect((await home.open(carol, /Bonjour/)).text).not.toContain('Mes planifications')
    await cancel(schedule)
  })

  it('asks for what is missing inside, and refuses what nobody repeats or may never do', async () => {
    const { ts, message } = await ask(bob, '@NOX chaque lundi à 9h déploie user-api v2.4.0', /environnement/)
    await sandbox().press(bob, message, 'staging')
    await sandbox().answer(ts, /Planifier :\* déployer `user-api` `v2.4.0` en staging/)
    await ask(bob, '@NOX planifie status user-api en staging', /Quand \?/)
    const id = await tenant()
    const [waiting] = await storage().ledger.list(id, { userId: bob, states: ['waiting'], limit: 1 })
    const answerWith = async (value: string) => {
      const press = { actionId: waiting?.id ?? '', act: 'choose', value } as const
      const input = { kind: 'press', press, language: 'fr' } as const
      if (!waiting) throw new Error('nothing waits')
      const { place } = waiting
      await sandbox().nox.road.handle({
        tenantId: id,
        userId: bob,
        eventId: `choose ${value}`,
        place,
        receivedAt: 0,
        input,
      })
    }
    await answerWith('un de ces jours')
    expect((await storage().ledger.find(id, waiting?.id ?? ''))?.state).toBe('waiting')
    await answerWith('tous les jours à 7h30')
    await sandbox().answer(waiting?.place.threadTs ?? '', /Planifié #.*[\s\S]*[Tt]ous les jours à 7h30/)
    await cancel(await newest())
    await ask(bob, '@NOX tous les jours à 9h approuve 42', /ne se planifie pas/)
    await ask(bob, '@NOX tous les jours à 9h redémarre user-api en staging', /Refusé/)
    await ask(people.dora, '@NOX tous les jours à 9h status user-api', /Refusé/)
    await ask(bob, '@NOX toutes les heures affiche 90000 lignes de logs de user-api', /5.000|5000/)
    expect(await storage().schedules.list(await tenant(), { states: ['active'], limit: 9 })).toEqual([])
  })

  it('follows its tenant to another time zone', async () => {
    await ask(bob, '@NOX tous les jours à 9h status user-api en staging', /Planifié #/)
    const schedule = await newest()
    const id = await tenant()
    await storage().tenants.update(id, { timeZone: 'America/New_York' })
    sandbox().nox.services.knowledge.drop(id)
    await lookAt(Date.now())
    const moved = await newest()
    expect(moved.timeZone).toBe('America/New_York')
    expect(moved.nextDueAt).not.toBe(schedule.nextDueAt)
    await storage().tenants.update(id, { timeZone: 'Europe/Paris' })
    sandbox().nox.services.knowledge.drop(id)
    await cancel(schedule)
  })

  it('runs nothing for a workspace that uninstalled NOX, and goes on when it comes back', async () => {
    const { slack } = sandbox()
    const id = await tenant()
    await ask(carol, '@NOX toutes les minutes status user-api en staging', /Planifié #/)
    const schedule = await newest()
    slack.uninstall(societeX)
    await expect.poll(() => storage().installations.find(societeX)).toBeNull()
    const due = schedule.nextDueAt ?? 0
    await lookAt(due + 1_000)
    expect(await runsOf(schedule)).toHaveLength(0)
    const [record] = await storage().audit.list(id, { limit: 1, command: 'schedule', result: 'expired' })
    expect(record).toMatchObject({ details: { rule: 'schedule.uninstalled', count: 1, runs: false } })
    expect(await newest()).toMatchObject({ id: schedule.id, nextDueAt: due + 60_000 })
    await slack.install(societeX, alice)
    await lookAt(due + 61_000)
    await expect.poll(async () => (await runsOf(schedule)).map(({ state }) => state)).toEqual(['done'])
    await cancel(schedule)
  })

  it('ends when the account of its owner is deactivated in Slack', async () => {
    const { slack } = sandbox()
    const { ts } = await ask(carol, '@NOX toutes les minutes status user-api en staging', /Planifié #/)
    const schedule = await newest()
    await slack.deactivate(carol)
    await lookAt((schedule.nextDueAt ?? 0) + 1_000)
    await sandbox().answer(ts, /Planification terminée.*Carol Nguyen/s)
    expect((await storage().schedules.find(await tenant(), schedule.id))?.state).toBe('ended')
    expect(await runsOf(schedule)).toHaveLength(0)
    const [record] = await storage().audit.list(await tenant(), { limit: 1, command: 'schedule', result: 'cancelled' })
    expect(record).toMatchObject({ actor: 'nox', details: { rule: 'account.deactivated', owner: carol } })
    await slack.deactivate(carol, false)
  })

  it('ends when its owner leaves, told and audited', async () => {
    const { ts } = await ask(bob, '@NOX chaque mardi à 9h status user-api en staging', /Planifié #/)
    const schedule = await newest()
    const id = await tenant()
    const edition = await storage().members.findBySlackId(id, bob)
    const row = await storage().members.edition(id, edition?.id ?? '')
    const { governance } = sandbox().nox.channel
    const saved = await governance.team.remove(id, alice, { id: edition?.id ?? '', version: row?.version ?? 0 })
    if (saved.kind === 'saved') await saved.afterwards()
    await sandbox().answer(ts, /Planification terminée/)
    expect((await storage().schedules.find(id, schedule.id))?.state).toBe('ended')
    await lookAt((schedule.nextDueAt ?? 0) + 1_000)
    expect(await runsOf(schedule)).toHaveLength(0)
    const records = await storage().audit.list(id, { limit: 9, command: 'schedule', result: 'cancelled' })
    expect(records[0]).toMatchObject({ actor: alice, details: { rule: 'member.removed', owner: bob } })
  })
})
