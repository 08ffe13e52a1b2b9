import { createHash } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { dayKey } from '../../src/permissions/index.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { homeOf, readable } from '../helpers/home.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'
import { tenantIn } from '../helpers/tenant.ts'

const { alice, bob, carol, dora } = people

eachSandbox('the audit log in App Home', (sandbox) => {
  const home = homeOf(sandbox)
  const { slack, storage, tenantId } = tenantIn(sandbox)
  const choose = (value: string) => ({
    type: 'static_select',
    selected_option: { text: { type: 'plain_text', text: value }, value },
  })
  /** Someone gives an order; resolves when its record is there. */
  const acted = async (user: string, text: string, fits: RegExp, channel?: string) => {
    const { ts } = sandbox().say(user, text, channel ? { channel } : {})
    await sandbox().answer(ts, fits)
    const before = Date.now()
    await vi.waitFor(async () => {
      const [record] = await storage().audit.list(await tenantId(), { actor: user, limit: 1 })
      expect(record?.at).toBeGreaterThan(before - 5_000)
    }, 5_000)
  }
  /** The file that NOX put into a person's messages. */
  const exported = async (user: string, name: RegExp) => {
    const message = await slack().waitForMessage(
      (each) =>
        each.channel === slack().directMessages(societeX, user) &&
        name.test(JSON.stringify(slack().apiMessage(each).files)),
    )
    const files = slack().apiMessage(message).files as { id: string }[]
    const url = `${sandbox().url}/sandbox/api/files/${files[0]?.id}?team=${societeX}&user=${user}`
    return (await fetch(url)).text()
  }

  it('shows an admin everything, others what they did', async () => {
    await acted(bob, '@NOX logs de user-api en staging', /Logs/)
    await acted(bob, '@NOX déploie user-api v2.4.0 en production', /Refusé/)
    await acted(carol, '@NOX état de user-api en production', /user-api/)
    const all = await home.tab(alice, 'audit')
    expect(all.text).toContain('Toutes les actions')
    expect(all.text).toMatch(/refusé.{0,20}déployer .user-api. en production.{0,12}Bob Dupont/)
    expect(all.text).toContain('Carol Nguyen')
    const own = await home.tab(bob, 'audit')
    expect(own.text).toContain('Vos actions')
    expect(own.text).toContain('lire les logs de `user-api`')
    expect(own.text).not.toContain('Carol Nguyen')
    expect(own.text).not.toContain('set.person')
    expect((await home.tab(dora, 'audit')).text).toContain('Aucune action ne correspond')
  })

  it('filters by person, command, result, environment and period', async () => {
    await home.tab(alice, 'audit')
    await home.use(alice, 'set.result', choose('refused'))
    const refused = await home.see(alice, /"result\\":\\"refused/)
    expect(refused.text).toContain('déployer `user-api` en production')
    expect(refused.text).not.toContain('lire les logs de `user-api`')
    await home.use(alice, 'set.command', choose('logs'))
    await home.see(alice, /Aucune action ne correspond/)
    await home.use(alice, 'tab.audit')
    await home.see(alice, /"private_metadata":"\{\\"tab\\":\\"audit\\"\}"/)
    const found = await home.suggest(alice, 'set.person', 'carol')
    await home.use(alice, 'set.person', { type: 'external_select', selected_option: found[0] })
    const hers = await home.see(alice, /"person\\":/)
    expect(hers.text).toContain('oir l’état de `user-api`')
    expect(hers.text).not.toMatch(/· Bob Dupont/)
    await home.use(alice, 'set.environment', choose('staging'))
    await home.see(alice, /Aucune action ne correspond/)
    // A menu that was used just before is not in the view yet: Slack sends what all of them show.
    const production = { 'set.environment': choose('production') }
    await home.use(alice, 'set.period', choose('day'), production)
    await home.see(alice, /"environment\\":\\"production/)
    expect((await home.see(alice, /"period\\":\\"day/)).text).toContain('oir l’état de `user-api`')
  })

  it('opens a record with its proof, and only to those who may read it', async () => {
    const [record] = await storage().audit.list(await tenantId(), { actor: bob, result: 'refused', limit: 1 })
    await home.tab(alice, 'audit')
    const { id, text } = await home.form(alice, `audit.record.${record?.seq}`)
    expect(text).toContain(`Entrée ${record?.seq}`)
    expect(text).toContain('zone.environment')
    expect(text).toContain(record?.hash)
    expect(text).toContain('L’empreinte est celle du texte et de l’entrée d’avant')
    await home.close(alice, id)
    const seen = await home.tab(carol, 'audit')
    const source = { kind: 'view', view_id: seen.id } as const
    const press = { source, block_id: 'x', action_id: `audit.record.${record?.seq}`, element: { type: 'button' } }
    await expect(slack().press(societeX, carol, press)).rejects.toThrow()
    const { audit } = sandbox().nox.channel.governance
    expect(await audit.detail(await tenantId(), dora, record?.seq ?? 0)).toMatchObject({ key: 'form.gone' })
    expect(await audit.detail(await tenantId(), alice, 9_999_999)).toMatchObject({ key: 'form.gone' })
    const other = (await storage().installations.tenantOf('T0FREELEA')) ?? ''
    expect(await audit.detail(other, bob, 1)).toMatchObject({ key: 'form.gone' })
  })

  it('pages through hundreds of records, and says when older ones are left', async () => {
    const tenant = await tenantId()
    for (let n = 0; n < 30; n += 1) {
      await storage().audit.append(tenant, {
        at: Date.now(),
        actor: alice,
        command: 'zone.save',
        resource: `zone ${String(n).padStart(2, '0')}`,
        result: 'changed',
        details: n === 29 ? { 'name.after': '=HYPERLINK("x")' } : {},
        environment: null,
        actionId: null,
        actionNumber: null,
      })
    }
    const first = await home.tab(alice, 'audit')
    expect(first.text).toContain('zone 29')
    expect(first.text).not.toContain('zone 19')
    const cursor = /cursor\.\d+/.exec(first.text)?.[0] ?? ''
    await home.use(alice, cursor)
    const second = await home.see(alice, /zone 19/)
    expect(second.text).not.toContain('zone 29')
    await home.use(alice, 'cursor.0')
    await home.see(alice, /zone 29/)
    const page = await storage().audit.search(tenant, { actor: dora, limit: 10 }, 12)
    const { count } = await storage().audit.verify(tenant)
    expect(page).toEqual({ records: [], older: count - 11, archived: 0 })
  })

  it('exports what the filters show as a file: a table that runs no formula, and lines that prove the chain', async () => {
    await home.tab(alice, 'audit')
    await home.use(alice, 'set.command', choose('zone.save'))
    await home.see(alice, /"command\\":\\"zone.save/)
    const { id } = await home.form(alice, 'audit.export.csv')
    await home.close(alice, id)
    const csv = await exported(alice, /audit-.*csv/)
    const rows = csv.trimEnd().split('\r\n')
    expect(rows[0]).toMatch(/^\ufeff?N°;Date \(Europe\/Paris\);Date UTC;Personne;.*;Empreinte$/)
    expect(rows).toHaveLength(31)
    expect(rows[1]).toMatch(/;Alice Martin;U0ALICE;[^;]*zone[^;]*;modifié;zone\.save;;zone 00;;/)
    expect(rows[30]).toContain('"{""name.after"":""=HYPERLINK(\\""x\\"")""}"')
    await home.use(alice, 'tab.audit')
    await home.see(alice, /"private_metadata":"\{\\"tab\\":\\"audit\\"\}"/)
    const all = await home.form(alice, 'audit.export.jsonl')
    await home.close(alice, all.id)
    const lines = (await exported(alice, /audit-.*jsonl/)).trimEnd().split('\n')
    let previous = '0'.repeat(64)
    for (const line of lines) {
      const { text, previousHash, hash } = JSON.parse(line) as { text: string; previousHash: string; hash: string }
      expect(previousHash).toBe(previous)
      expect(hash).toBe(createHash('sha256').update(`${previousHash}\n${text}`).digest('hex'))
      previous = hash
    }
    expect(lines.length).toBeGreaterThan(30)
    const [record] = await storage().audit.list(await tenantId(), { command: 'audit.export', limit: 1 })
    expect(record).toMatchObject({ actor: alice, details: { n: lines.length, format: 'jsonl' } })
  })

  it('gives a member a file of their own records alone', async () => {
    await home.tab(bob, 'audit')
    const { id } = await home.form(bob, 'audit.export.csv')
    await home.close(bob, id)
    const rows = (await exported(bob, /csv/)).trimEnd().split('\n').slice(1)
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) expect(row).toContain(`;${bob};`)
  })

  it('verifies the whole chain', async () => {
    await home.tab(alice, 'audit')
    await home.use(alice, 'audit.verify')
    const view = await slack().waitForView(alice, (each) => /Chaîne intacte/.test(readable(each.json)))
    expect(readable(view.json)).toMatch(/\d+ entrées/)
    await home.close(alice, view.id)
    expect((await home.tab(bob, 'audit')).text).not.toContain('audit.verify')
    const { audit } = sandbox().nox.channel.governance
    expect(await audit.verify(await tenantId(), bob)).toMatchObject({ key: 'team.refused' })
  })

  it('says where the audit is exported, to who asks for it by words', async () => {
    const ask = async (text: string, fits: RegExp) =>
      contentOf(await sandbox().answer(sandbox().say(bob, text).ts, fits))
    expect(await ask('@NOX exporte l’audit', /Export de l’audit/)).toMatch(/onglet \*Audit\*[\s\S]*Exporter en CSV/)
    expect(await ask('@NOX export the audit log', /Export of the audit/)).toMatch(/tab \*Audit\*[\s\S]*Open Home/)
  })

  it('takes yesterday for a day of the tenant’s zone, and says so', async () => {
    const ask = async (text: string, fits: RegExp) =>
      contentOf(await sandbox().answer(sandbox().say(alice, text).ts, fits))
    const tenant = await tenantId()
    const records = await storage().audit.list(tenant, { limit: 500 })
    const today = dayKey(Date.now(), 'Europe/Paris')
    const ofYesterday = records.filter(({ at }) => dayKey(at, 'Europe/Paris') < today && at > Date.now() - 86_400_000)
    const said = ofYesterday.length === 0 ? /, hier : aucune action/ : /, hier : /
    await ask('@NOX historique d’hier', said)
    await ask('@NOX history since yesterday evening', /, since yesterday evening: /)
    await ask('@NOX logs de web en staging avant-hier', /Aucune ligne de `web` en staging avant-hier/)
    await ask('@NOX logs web depuis hier soir', /Dans quel environnement|`web`/)
  })

  it('tells what NOX asked back and nobody answered as that, not as refused', async () => {
    const ask = async (text: string, fits: RegExp) =>
      contentOf(await sandbox().answer(sandbox().say(carol, text).ts, fits))
    await ask('@NOX déploie search v2.4.0', /environnement/)
    await storage().ledger.expireOverdue(Date.now() + 11 * 60_000, 50)
    const history = await ask('@NOX mon historique', /Historique/)
    expect(history).toMatch(/– sans réponse/)
    expect(await ask('@NOX show my history', /History/)).toMatch(/– unanswered/)
    expect((await home.open(carol, /sans réponse/)).text).not.toMatch(/refusé[^"]*`search`/)
  })
})
