import { expect, it, vi } from 'vitest'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { homeOf } from '../helpers/home.ts'
import { people } from '../helpers/sandbox.ts'
import { tenantIn } from '../helpers/tenant.ts'

const { alice, bob, carol, dora } = people

eachSandbox('analytics in App Home', (sandbox) => {
  const home = homeOf(sandbox)
  const { storage, tenantId, lastRecord } = tenantIn(sandbox)

  it('is empty before anything was done, and only for those who may see it', async () => {
    expect((await home.tab(alice, 'analytics')).text).toContain('Aucune action sur cette période')
    for (const user of [bob, dora]) expect((await home.open(user)).text).not.toContain('tab.analytics')
    const { analytics } = sandbox().nox.channel.governance
    expect(await analytics.read(await tenantId(), bob, 'week')).toMatchObject({ key: 'team.refused' })
  })

  it('counts what was done, how well and how long, by command and by person', async () => {
    const { ts } = sandbox().say(carol, '@NOX déploie user-api v2.4.0 en production')
    await sandbox().answer(ts, /Déployé/)
    const { ts: missing } = sandbox().say(carol, '@NOX déploie user-api v9.9.9 en production')
    await sandbox().answer(missing, /Échec/)
    const { ts: look } = sandbox().say(bob, '@NOX logs de user-api en staging')
    await sandbox().answer(look, /Logs|Aucune ligne/)
    await vi.waitFor(async () => {
      const open = await storage().ledger.list(await tenantId(), { states: ['running'], limit: 5 })
      expect(open).toEqual([])
    }, 8_000)
    const seen = await home.tab(alice, 'analytics')
    expect(seen.text).toContain('3 actions en 30 jours, 67 % réussies')
    expect(seen.text).toMatch(/Déploiements\*\\n2, soit 1 tous les 15 jours/)
    expect(seen.text).toMatch(/50 % échoués/)
    expect(seen.text).toMatch(/Déployer : 2, 50 % réussies/)
    expect(seen.text).toMatch(/Lire les logs : 1, 100 % réussies/)
    expect(seen.text).toContain('Carol Nguyen : 2')
    expect(seen.text).toMatch(/"slack_file":\{"id":"F\w+"\},"alt_text":"Actions par jour. Réussies : 2 au total/)
    expect(seen.text).toMatch(/"alt_text":"Déploiements par jour. Réussis : 1 au total[^"]*Échoués : 1 au total/)
    const week = { type: 'static_select', selected_option: { text: { type: 'plain_text', text: '7' }, value: 'week' } }
    await home.use(alice, 'set.period', week)
    await home.see(alice, /3 actions en 7 jours/)
  })

  it('counts what the audit log tells of the same time', async () => {
    const tenant = await tenantId()
    const { ts } = sandbox().say(bob, '@NOX déploie user-api v2.4.0 en staging')
    await sandbox().answer(ts, /Déployé/)
    const { ts: refused } = sandbox().say(dora, '@NOX redémarre user-api en production')
    await sandbox().answer(refused, /Refusé/)
    await vi.waitFor(async () => {
      const open = await storage().ledger.list(tenant, { states: ['queued', 'running'], limit: 5 })
      expect(open).toEqual([])
    }, 8_000)
    // One record tells the end of each action, and nothing else is read here.
    const ends = ['done', 'failed', 'unknown', 'refused', 'cancelled', 'expired']
    const records = (await storage().audit.list(tenant, { limit: 1_000 })).filter(
      ({ actionId, command, result }) => actionId !== null && command !== 'unknown' && ends.includes(result),
    )
    expect(new Set(records.map(({ actionId }) => actionId)).size).toBe(records.length)
    const ran = (each: { result: string }) => ['done', 'failed', 'unknown'].includes(each.result)
    const of = (name: string, mine: typeof records) => ({
      name,
      count: mine.length,
      refused: mine.filter(({ result }) => result === 'refused').length,
      success: mine.some(ran) ? mine.filter(({ result }) => result === 'done').length / mine.filter(ran).length : null,
    })
    const tallies = (key: 'command' | 'actor') =>
      Object.entries(Object.groupBy(records, (each) => each[key])).map(([name, mine = []]) => of(name, mine))
    const { analytics } = sandbox().nox.channel.governance
    const seen = await analytics.read(tenant, alice, 'week')
    if ('key' in seen) throw new Error(seen.key)
    const deployments = records.filter((each) => each.command === 'deploy' && ran(each))
    const { name: _, ...whole } = of('', records)
    expect({ count: seen.actions, refused: seen.refused, success: seen.success }).toEqual(whole)
    expect(whole.count).toBeGreaterThan(1)
    expect(whole.refused).toBeGreaterThan(0)
    expect(seen.deployments).toBe(deployments.length)
    expect(seen.failureRate).toBe(deployments.filter(({ result }) => result !== 'done').length / deployments.length)
    const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)
    expect([...seen.commands].sort(byName)).toEqual(tallies('command').sort(byName))
    expect([...seen.people].sort(byName)).toEqual(tallies('actor').sort(byName))
  })

  it('tells what was refused from what ran', async () => {
    const { ts } = sandbox().say(bob, '@NOX déploie user-api v2.4.0 en production')
    await sandbox().answer(ts, /Refusé/)
    await expect.poll(async () => (await lastRecord('deploy'))?.result).toBe('refused')
    const { text } = await home.tab(alice, 'analytics')
    expect(text).toMatch(/6 actions en \d+ jours, dont 2 refusées ; 75 % de celles lancées ont réussi/)
    expect(text).toContain('Déployer : 4, dont 1 refusée ; 67 % de celles lancées ont réussi')
  })

  it('never counts what is older than the period, or another tenant’s', async () => {
    const tenant = await tenantId()
    expect(await storage().ledger.counted(tenant, Date.now() + 60_000, 10)).toEqual([])
    expect(await storage().ledger.counted(tenant, 0, 2)).toHaveLength(2)
    const other = (await storage().installations.tenantOf('T0FREELEA')) ?? ''
    expect(await storage().ledger.counted(other, 0, 10)).toEqual([])
  })
})
