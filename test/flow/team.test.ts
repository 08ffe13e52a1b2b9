import { expect, it, vi } from 'vitest'
import { governanceDuties } from '../../src/request/governance/duties.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { homeOf, pick } from '../helpers/home.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'
import { tenantIn } from '../helpers/tenant.ts'

const { alice, bob, carol, dora } = people

eachSandbox('the team in App Home', (sandbox) => {
  const home = homeOf(sandbox)
  const { slack, storage, tenantId, memberOf, lastRecord, directTo } = tenantIn(sandbox)
  const editionOf = async (user: string) => {
    const edition = await storage().members.edition(await tenantId(), (await memberOf(user)).id)
    if (!edition) throw new Error(`no member ${user}`)
    return edition
  }
  const openForm = async (user: string, part: string) => {
    await home.tab(alice, 'team')
    return home.form(alice, `team.member.${(await memberOf(user)).id}`, pick(part))
  }

  it('shows who belongs to the tenant: everybody to members, with limits and controls to admins, not to guests', async () => {
    const admin = await home.tab(alice, 'team')
    const { length } = await storage().members.list(await tenantId())
    expect(admin.text).toContain(`${length} membres`)
    expect(admin.text).toMatch(/Bob Dupont.{0,3} · membre · developers/)
    expect(admin.text).toContain('50 actions par jour')
    expect(admin.text).toContain('fermé : prod-db')
    const member = await home.tab(bob, 'team')
    expect(member.text).toContain('Carol Nguyen')
    expect(member.text).not.toContain('team.member.')
    expect(member.text).not.toContain('actions par jour')
    expect((await home.open(dora)).text).not.toContain('tab.team')
  })

  it('gives a group: stored, told, audited with before and after, and in force with the next order', async () => {
    const { id } = await openForm(bob, 'groups')
    expect(await home.submit(alice, id, { groups: ['developers', 'seniors'], fresh: 'astreinte' })).toEqual({})
    expect((await memberOf(bob)).groups).toEqual(['developers', 'seniors', 'astreinte'])
    expect((await home.see(alice, /astreinte/)).text).toContain('"tab\\":\\"team')
    expect(await lastRecord('member.groups')).toMatchObject({
      actor: alice,
      resource: 'Bob Dupont',
      result: 'changed',
      details: {
        'groups.before': '["developers"]',
        'groups.after': '["developers","seniors","astreinte"]',
        member: bob,
      },
    })
    expect(contentOf(await directTo(bob, /ont changé/))).toContain('Alice Martin')
    const { ts } = sandbox().say(bob, '@NOX puis-je déployer en production ?')
    await sandbox().answer(ts, /Oui/)
    const again = await openForm(bob, 'groups')
    await home.submit(alice, again.id, { groups: ['developers'] })
    const { ts: later } = sandbox().say(bob, '@NOX puis-je déployer en production ?')
    await sandbox().answer(later, /avec validation de seniors/)
  })

  it('changes limits and access, and says in the form what is wrong', async () => {
    const { id, text } = await openForm(bob, 'limits')
    expect(text).toContain('"initial_value":"50"')
    const wrong = await home.submit(alice, id, { maxActionsPerDay: '0', restrictedResources: 'prod-db' })
    expect(Object.keys(wrong.errors ?? {})).toEqual(['maxActionsPerDay'])
    const shape = await home.submit(alice, id, { maxActionsPerDay: '40', restrictedResources: 'prod-db, <b>' })
    expect(shape.errors?.restrictedResources).toContain('*')
    const fields = { maxActionsPerDay: '40', restrictedResources: 'prod-db, *-secret' }
    expect(await home.submit(alice, id, { ...fields, allowedActionTypes: ['deploy', 'logs', 'status'] })).toEqual({})
    expect(await memberOf(bob)).toMatchObject({ maxActionsPerDay: 40, restrictedResources: ['prod-db', '*-secret'] })
    const access = await openForm(bob, 'access')
    expect(access.text).toContain('lire les logs')
    const open = ['canUseSlackBot', 'canUseNOX', 'canRequestDeployments']
    expect(await home.submit(alice, access.id, { flags: open })).toEqual({})
    const { ts } = sandbox().say(bob, '@NOX logs de user-api en staging')
    await sandbox().answer(ts, /Refusé/)
    const back = await openForm(bob, 'access')
    expect(await home.submit(alice, back.id, { flags: [...open, 'canViewLogs', 'canUsePlatform'] })).toEqual({})
  })

  it('turns a member into a guest with projects, and back', async () => {
    const { id } = await openForm(bob, 'role')
    const none = await home.submit(alice, id, { role: 'guest', projects: '' }, ['role'])
    expect(Object.keys(none.errors ?? {})).toEqual(['projects'])
    expect(await home.submit(alice, id, { role: 'guest', projects: 'web' }, ['role'])).toEqual({})
    expect(await memberOf(bob)).toMatchObject({ role: 'guest', groups: [], projects: ['web'] })
    expect((await home.open(bob)).text).not.toContain('tab.team')
    const back = await openForm(bob, 'role')
    expect(await home.submit(alice, back.id, { role: 'member', projects: '' }, ['role'])).toEqual({})
    expect(await memberOf(bob)).toMatchObject({ role: 'member', groups: ['developers'] })
  })

  it('never takes the last admin away', async () => {
    const { id } = await openForm(alice, 'role')
    const refused = await home.submit(alice, id, { role: 'member', projects: '' }, ['role'])
    expect(JSON.stringify(refused.view)).toContain('dernier admin')
    expect((await memberOf(alice)).role).toBe('admin')
    await home.close(alice, id)
  })

  it('tells the second of two editors who was faster, and keeps the first one’s version', async () => {
    const { id } = await openForm(carol, 'limits')
    const { value, version } = await editionOf(carol)
    const entry = {
      at: Date.now(),
      actor: bob,
      command: 'member.limits',
      resource: value.name,
      result: 'changed',
      details: {},
      environment: null,
      actionId: null,
      actionNumber: null,
    } as const
    expect(await storage().members.change({ ...value, maxActionsPerDay: 77 }, version, entry)).toBe('changed')
    const late = await home.submit(alice, id, { maxActionsPerDay: '11' })
    expect(JSON.stringify(late.view)).toMatch(/Bob Dupont a modifié ceci/)
    expect(JSON.stringify(late.view)).toContain('"initial_value":"77"')
    expect((await memberOf(carol)).maxActionsPerDay).toBe(77)
    // In blocks of other names: Slack keeps what was typed in those that stay. Errors name them too.
    const block = `maxActionsPerDay@${version + 1}`
    const send = (value: string) =>
      slack().submitView(societeX, alice, id, { [block]: { maxActionsPerDay: { value } } })
    expect(Object.keys((await send('0')).errors ?? {})).toEqual([block])
    expect(await send('60')).toEqual({})
    expect((await memberOf(carol)).maxActionsPerDay).toBe(60)
  })

  it('refuses forged forms: of a member, with another tenant’s member, after the rights were lost', async () => {
    const { value, version } = await editionOf(carol)
    const row = { id: value.id, version, home: { tab: 'team' } }
    const byBob = await home.forge(bob, 'team.limits', row, { maxActionsPerDay: '9' })
    expect(byBob.text).toContain('Réservé aux admins : Alice Martin')
    expect(await lastRecord('member.limits')).toMatchObject({ actor: bob, result: 'refused' })
    const other = (await storage().installations.tenantOf('T0FREELEA')) ?? ''
    const lea = (await storage().members.list(other)).find((each) => each.role === 'admin')
    const theirs = await home.forge(alice, 'team.remove', { ...row, id: lea?.id, version: 1 }, {})
    expect(theirs.text).toContain('n’existe plus')
    expect((await storage().members.list(other)).map(({ id }) => id)).toContain(lea?.id)
    for (const metadata of ['', '{}', '[]', '{"id":1}', 'null', '{"id":"x","version":1e99}']) {
      expect((await home.forge(alice, 'team.remove', metadata, {})).text).toContain('n’existe plus')
    }
    expect((await memberOf(carol)).maxActionsPerDay).toBe(60)

    // Carol becomes admin, opens a form, and loses the role before she sends it.
    const role = await openForm(carol, 'role')
    await home.submit(alice, role.id, { role: 'admin', projects: '' }, ['role'])
    await home.tab(carol, 'team')
    const opened = await home.form(carol, `team.member.${(await memberOf(bob)).id}`, pick('limits'))
    const demote = await openForm(carol, 'role')
    expect(await home.submit(alice, demote.id, { role: 'member', projects: '' }, ['role'])).toEqual({})
    const lost = await home.submit(carol, opened.id, { maxActionsPerDay: '9' })
    expect(JSON.stringify(lost.view)).toContain('Réservé aux admins')
    expect((await memberOf(bob)).maxActionsPerDay).toBe(50)
    await home.close(carol, opened.id)
  })

  it('pages a team of hundreds, and finds a person by a part of the name', async () => {
    const tenant = await tenantId()
    const pattern = await memberOf(bob)
    for (let n = 0; n < 30; n += 1) {
      const who = { id: `many-${n}`, slackUserId: `U0MANY${n}`, name: `Zoé ${String(n).padStart(3, '0')}` }
      await storage().members.create({ ...pattern, tenantId: tenant, ...who })
    }
    const { length } = await storage().members.list(tenant)
    const first = await home.tab(alice, 'team')
    expect(first.text).toContain(`${length} membres`)
    expect(first.text).toContain(`1–10 sur ${length}`)
    expect(first.text).not.toContain('Zoé 029')
    const last = Math.ceil(length / 10) - 1
    for (let page = 1; page <= last; page += 1) {
      await home.use(alice, `page.${page}`)
      await home.see(alice, new RegExp(`${page * 10 + 1}–\\d+ sur ${length}`))
    }
    expect((await home.see(alice, /Zoé 029/)).text).toContain(`–${length} sur ${length}`)
    const found = await home.suggest(alice, 'find.member', 'zoe 02')
    expect(found.map(({ text }) => text.text)).toEqual(Array.from({ length: 10 }, (_, n) => `Zoé 02${n}`))
    await home.use(alice, 'find.member', { type: 'external_select', selected_option: found[3] })
    const one = await home.see(alice, /"only\\":/)
    expect(one.text).toContain('Zoé 023')
    expect(one.text).not.toContain('Zoé 022')
    await home.use(alice, 'page.0')
    await home.see(alice, /1–10 sur/)
  })

  it('removes a person: their requests end, NOX obeys them no more, and they are told', async () => {
    const { ts } = sandbox().say(bob, '@NOX déploie user-api v2.4.0 en production')
    const refused = await sandbox().answer(ts, /Refusé/)
    await sandbox().press(bob, refused, 'Demander une validation')
    await sandbox().answer(ts, /Validation demandée/)
    const { id, text } = await openForm(bob, 'remove')
    expect(text).toContain('Retirer Bob Dupont')
    expect(await home.submit(alice, id, {})).toEqual({})
    await sandbox().answer(ts, /Arrêté.*Alice Martin a retiré Bob Dupont/)
    await directTo(bob, /est fermé/)
    await vi.waitFor(async () => {
      expect(await storage().ledger.list(await tenantId(), { userId: bob, states: ['waiting'], limit: 5 })).toEqual([])
    })
    expect((await storage().members.list(await tenantId())).map(({ name }) => name)).not.toContain('Bob Dupont')
    const { ts: after } = sandbox().say(bob, '@NOX mes droits')
    await sandbox().answer(after, /ne faites plus partie/)
    expect((await home.open(bob, /partie/)).text).not.toContain('tab.')
    expect(await lastRecord('member.remove')).toMatchObject({ actor: alice, resource: 'Bob Dupont', result: 'changed' })
  })

  it('shows who was removed to who manages users, and brings them back with their old row', async () => {
    const before = await memberOf(bob)
    expect((await home.tab(carol, 'team')).text).not.toContain('team.return.')
    const { text } = await home.tab(alice, 'team')
    expect(text).toContain('1 personne retirée')
    const { id, text: form } = await home.form(alice, `team.return.${before.id}`)
    expect(form).toContain('Bob Dupont')
    expect(form).not.toContain('multi_users_select')
    const fields = { role: 'member', projects: '', groups: ['developers'] }
    const full = await home.submit(alice, id, fields, ['role'])
    expect(JSON.stringify(full.view)).toContain('place')
    await home.close(alice, id)
    const { services } = sandbox().nox
    const { planOf } = services
    vi.spyOn(services, 'planOf').mockImplementation((tenant) => ({ ...planOf(tenant), people: null }))
    await home.tab(alice, 'team')
    const again = await home.form(alice, `team.return.${before.id}`)
    expect(await home.submit(alice, again.id, fields, ['role'])).toEqual({})
    vi.restoreAllMocks()
    expect(await memberOf(bob)).toMatchObject({ id: before.id, role: 'member', groups: ['developers'] })
    await directTo(bob, /vous a ajouté/)
    expect((await home.tab(alice, 'team')).text).not.toContain('personne retirée')
    const { ts } = sandbox().say(bob, '@NOX mes droits')
    await sandbox().answer(ts, /Bob Dupont/)
  })

  it('ends what a removed person asked for, also where NOX was killed right after the removal', async () => {
    const { ts } = sandbox().say(bob, '@NOX déploie user-api v2.4.0 en production')
    const refused = await sandbox().answer(ts, /Refusé/)
    await sandbox().press(bob, refused, 'Demander une validation')
    await sandbox().answer(ts, /Validation demandée/)
    const { value, version } = await editionOf(bob)
    const { governance } = sandbox().nox.channel
    // What follows the acknowledgement never comes.
    const saved = await governance.team.remove(await tenantId(), alice, { id: value.id, version })
    expect(saved.kind).toBe('saved')
    const waiting = async () =>
      (await storage().ledger.list(await tenantId(), { userId: bob, states: ['waiting'], limit: 5 })).length
    expect(await waiting()).toBe(1)
    const duty = governanceDuties(sandbox().nox.services, governance, () => {}).find(
      ({ name }) => name === 'removed people',
    )
    await duty?.round(new AbortController().signal)
    await sandbox().answer(ts, /Arrêté.*Alice Martin a retiré Bob Dupont/)
    expect(await waiting()).toBe(0)
  })
})
