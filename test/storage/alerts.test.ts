import { expect, it } from 'vitest'
import type { Alert } from '../../src/domain/alert.ts'
import { createTenant, entry } from '../helpers/actions.ts'
import { eachDatabase } from '../helpers/each-database.ts'

const alertOf = (fingerprint: string, over: Partial<Alert> = {}): Alert => ({
  source: 'grafana',
  fingerprint,
  title: `Slow ${fingerprint}`,
  summary: '',
  severity: 'warning',
  service: 'user-api',
  environment: 'production',
  labels: {},
  links: [],
  state: 'firing',
  at: 1_000,
  ...over,
})
const arrival = (alert: Alert, digest = JSON.stringify(alert)) => ({ alert, digest })

eachDatabase('alerts', (open) => {
  it('keeps one row for all notifications of a problem, of each tenant for itself', async () => {
    const { storage } = await open()
    for (const tenant of ['T1', 'T2']) await createTenant(storage, tenant)
    const { alerts } = storage
    await alerts.receive(
      'T1',
      [arrival(alertOf('f1'), 'a'), arrival(alertOf('f1'), 'b'), arrival(alertOf('f2'), 'c')],
      2_000,
    )
    await alerts.receive('T2', [arrival(alertOf('f1'))], 2_000)
    const [first, second] = await alerts.list('T1', {}, 10)
    expect([first?.count, second?.count].sort()).toEqual([1, 2])
    expect(await alerts.count('T1', {})).toBe(2)
    expect(await alerts.list('T2', {}, 10)).toHaveLength(1)
    expect(await alerts.find('T2', first?.id ?? '')).toBeNull()
    expect((await alerts.find('T1', (first?.id ?? '').slice(0, 8)))?.id).toBe(first?.id)
    expect(await alerts.find('T1', '%%%%%%')).toBeNull()
    expect([...(await alerts.dueTenants(2_000))].sort()).toEqual(['T1', 'T2'])
    expect(await alerts.dueTenants(1_999)).toEqual([])
    expect(await alerts.events('T1', first?.id ?? '', 10)).toEqual([{ at: 2_000, what: 'fired', by: null }])
  })

  it('loses nothing where many replicas write and the teller tells at once', async () => {
    const { storage } = await open()
    await createTenant(storage, 'T1')
    const { alerts } = storage
    const work = Array.from({ length: 40 }, (_, n) =>
      alerts.receive('T1', [arrival(alertOf(`f${n % 4}`, { at: n }), `d${n}`)], 5_000 + n),
    )
    await Promise.all(work.slice(0, 8))
    const due = await alerts.due('T1', 9_000, 10)
    await Promise.all([
      ...work,
      alerts.told(
        'T1',
        due.map((kept) => ({ kept, change: { stormId: 'S1' }, dueAt: null })),
      ),
    ])
    const all = await alerts.list('T1', {}, 10)
    expect(all.map(({ count }) => count)).toEqual([10, 10, 10, 10])
    expect(all.every(({ stormId }) => stormId === 'S1')).toBe(true)
    expect(await alerts.count('T1', { stormId: 'S1' })).toBe(4)
  })

  it('gives the worst first, and takes what was told off the list', async () => {
    const { storage } = await open()
    await createTenant(storage, 'T1')
    const { alerts } = storage
    await alerts.receive('T1', [arrival(alertOf('f1')), arrival(alertOf('f2', { severity: 'critical' }))], 2_000)
    const due = await alerts.due('T1', 2_000, 10)
    expect(due.map(({ alert }) => alert.severity)).toEqual(['critical', 'warning'])
    const posts = [{ to: 'C1', conversationId: 'C1', ts: '1.1', since: 2_000 }]
    await alerts.told(
      'T1',
      due.map((kept) => ({ kept, change: { posts }, dueAt: 60_000 })),
    )
    expect(await alerts.due('T1', 59_999, 10)).toEqual([])
    const acknowledged = { acknowledgedBy: 'U1', acknowledgedAt: 3_000 }
    const [one] = due
    await alerts.change('T1', one?.id ?? '', acknowledged, { at: 3_000, what: 'acknowledged', by: 'U1' })
    expect(await alerts.due('T1', 3_000, 10)).toMatchObject([{ id: one?.id, ...acknowledged, posts }])
    expect(await alerts.change('T1', 'ffffffffffff', {}, { at: 1, what: 'muted', by: 'U1' })).toBeNull()
    expect(await alerts.change('T2', one?.id ?? '', {}, { at: 1, what: 'muted', by: 'U1' })).toBeNull()
  })

  it('forgets what is over for long, and never what still fires', async () => {
    const { storage } = await open()
    await createTenant(storage, 'T1')
    const { alerts } = storage
    await alerts.receive('T1', [arrival(alertOf('f1')), arrival(alertOf('f2', { state: 'resolved' }))], 2_000)
    await alerts.forget('T1', 2_000)
    expect(await alerts.count('T1', {})).toBe(2)
    await alerts.forget('T1', 2_001)
    expect((await alerts.list('T1', {}, 10)).map(({ alert }) => alert.fingerprint)).toEqual(['f1'])
  })

  it('lets one of two editors change the settings, with its record', async () => {
    const { storage } = await open()
    await createTenant(storage, 'T1')
    const { alertSettings } = storage
    const before = await alertSettings.read('T1')
    const rota = { ...before.value, rotas: [{ group: 'sre', week: [['U1']] }] }
    expect(await alertSettings.save('T1', rota, before.version, entry({ command: 'alerts.rota' }))).toBe(true)
    expect(await alertSettings.save('T1', before.value, before.version, entry({}))).toBe(false)
    expect((await alertSettings.read('T1')).value).toEqual(rota)
    expect((await storage.audit.list('T1', { limit: 9 })).map(({ command }) => command)).toEqual(['alerts.rota'])
  })
})
