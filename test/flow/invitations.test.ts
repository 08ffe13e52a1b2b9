import { expect, it } from 'vitest'
import { createPeople } from '../../src/channels/slack/people.ts'
import { asRemoved, defaultMember } from '../../src/permissions/index.ts'
import { followProfile } from '../../src/request/governance/follow-profile.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { homeOf, pick, readable, valuesOf } from '../helpers/home.ts'
import { contentOf, people, settled, societeX } from '../helpers/sandbox.ts'
import { tenantIn } from '../helpers/tenant.ts'

const { alice, bob, carol, dora } = people

eachSandbox('invitations', (sandbox) => {
  const home = homeOf(sandbox)
  const { slack, storage, tenantId, memberOf, directTo } = tenantIn(sandbox)
  const goneFrom = async (user: string) => {
    await storage().members.update(asRemoved(await memberOf(user), Date.now()))
    sandbox().nox.services.knowledge.drop(await tenantId())
  }
  const opened = async (user: string) => {
    await home.tab(user, 'team')
    return home.form(user, 'team.invite')
  }
  const send = (
    user: string,
    viewId: string,
    who: readonly string[],
    fields: Parameters<typeof valuesOf>[0],
    until?: string,
  ) =>
    slack().submitView(societeX, user, viewId, {
      people: { people: { selected_users: who } },
      ...(until ? { until: { until: { selected_date: until } } } : {}),
      ...valuesOf(fields, ['role']),
    })

  const storedAsMember = async (user: string) => {
    const fresh = defaultMember('company', 'member', await memberOf(user))
    await storage().members.update({ ...fresh, groups: ['developers', 'seniors'] })
    sandbox().nox.services.knowledge.drop(await tenantId())
  }
  /** Slack tells the profile anew, as it does once ten minutes are over. */
  const refresh = async (user: string) => {
    const people = createPeople(sandbox().nox.channel.api, sandbox().nox.channel.installations)
    people.onTold((...told) => void followProfile(sandbox().nox.services, ...told))
    await people.profileOf(await tenantId(), user)
  }

  it('makes a guest of Slack one here, who was stored as a member before: told, audited, once', async () => {
    const before = await memberOf(dora)
    await storedAsMember(dora)
    sandbox().say(dora, '@NOX mes droits')
    await expect.poll(async () => (await memberOf(dora)).role).toBe('guest')
    expect(await memberOf(dora)).toMatchObject({ projects: [], flags: { canRequestDeployments: false } })
    const [record] = await storage().audit.list(await tenantId(), { command: 'member.role', limit: 1 })
    expect(record).toMatchObject({ actor: 'nox', details: { member: dora, rule: 'guest.slack' } })
    expect(contentOf(await directTo(alice, /accès invité dans Slack/))).toContain('Dora Petit')
    await directTo(dora, /accès invité à Société X, comme dans Slack/)
    const { ts } = sandbox().say(dora, '@NOX déploie web v2.4.0 en staging')
    await sandbox().answer(ts, /Refusé/)
    await storage().members.update(before)
    sandbox().nox.services.knowledge.drop(await tenantId())
  })

  it('names the tab as a freelance has it', async () => {
    const lea = (await storage().installations.tenantOf('T0FREELEA')) ?? ''
    const yann = await storage().members.findBySlackId(lea, 'U0YANN')
    if (!yann) throw new Error('no Yann')
    await storage().members.update(defaultMember('individual', 'member', yann))
    sandbox().nox.services.knowledge.drop(lea)
    await followProfile(sandbox().nox.services, lea, 'U0YANN', { name: yann.name, isGuest: true })
    await slack().waitForMessage((each) => /dans l’onglet Invités/.test(contentOf(each)))
    await storage().members.update(yann)
    sandbox().nox.services.knowledge.drop(lea)
  })

  it('brings a person back as a member of groups: told, audited, obeyed', async () => {
    const before = await memberOf(bob)
    await goneFrom(bob)
    const { ts: refused } = sandbox().say(bob, '@NOX mes droits')
    await sandbox().answer(refused, /ne faites plus partie/)
    const { id, text } = await opened(alice)
    expect(text).toContain('De votre espace Slack')
    expect(await send(alice, id, [bob], { role: 'member', groups: ['seniors'], fresh: 'astreinte' })).toEqual({})
    expect(await memberOf(bob)).toMatchObject({ id: before.id, role: 'member', groups: ['seniors', 'astreinte'] })
    expect((await memberOf(bob)).removedAt).toBeUndefined()
    expect(contentOf(await directTo(bob, /vous a ajouté/))).toContain('Alice Martin')
    const [record] = await storage().audit.list(await tenantId(), { command: 'member.invite', limit: 1 })
    expect(record).toMatchObject({ actor: alice, resource: 'Bob Dupont', result: 'changed', details: { member: bob } })
    const { ts } = sandbox().say(bob, '@NOX puis-je déployer en production ?')
    await sandbox().answer(ts, /Oui/)
  })

  it('keeps what was closed to a person who comes back, as a member and as a guest', async () => {
    for (const role of ['member', 'guest'] as const) {
      await storage().members.update({ ...(await memberOf(bob)), restrictedResources: ['billing', 'client-*'] })
      await goneFrom(bob)
      const { id } = await opened(alice)
      const fields = role === 'guest' ? { role, projects: 'web' } : { role }
      expect(await send(alice, id, [bob], fields)).toEqual({})
      expect((await memberOf(bob)).restrictedResources).toEqual(expect.arrayContaining(['billing', 'client-*']))
    }
  })

  it('invites a guest to projects until a day; the access ends by itself', async () => {
    await goneFrom(dora)
    const { id } = await opened(alice)
    const none = await send(alice, id, [dora], { role: 'guest', projects: '' })
    expect(Object.keys(none.errors ?? {})).toEqual(['projects'])
    expect(await send(alice, id, [dora], { role: 'guest', projects: 'web' }, '2099-12-31')).toEqual({})
    const guest = await memberOf(dora)
    expect(guest).toMatchObject({ role: 'guest', projects: ['web'], until: Date.parse('2099-12-31T23:00:00Z') })
    expect(contentOf(await directTo(dora, /accès invité[\s\S]*web/))).toContain('web')
    expect((await home.tab(alice, 'team')).text).toContain('fin : ')
    const { ts } = sandbox().say(dora, '@NOX état de web en staging')
    expect(contentOf(await sandbox().answer(ts, settled))).toContain('web')
    await storage().members.update({ ...guest, until: Date.now() - 1 })
    sandbox().nox.services.knowledge.drop(await tenantId())
    const { ts: late } = sandbox().say(dora, '@NOX état de web en staging')
    await sandbox().answer(late, /ne faites plus partie/)
    expect((await home.open(dora, /partie/)).text).not.toContain('tab.')
  })

  it('refuses who is in the team already, who is of no workspace of theirs, and bots', async () => {
    const { id } = await opened(alice)
    const known = await send(alice, id, [carol], { role: 'member' })
    expect(known.errors?.people).toContain('Carol Nguyen fait déjà partie')
    const stranger = await send(alice, id, ['U0LEA'], { role: 'member' })
    expect(stranger.errors?.people).toContain('n’est pas de votre espace Slack')
    const bot = await send(alice, id, ['U0NOXSOCX'], { role: 'admin' })
    expect(bot.errors?.people).toContain('n’est pas de votre espace Slack')
    expect(await storage().members.findBySlackId(await tenantId(), 'U0LEA')).toBeNull()
    await home.close(alice, id)
  })

  it('refuses forged invitations, and who would give more than they have', async () => {
    await goneFrom(bob)
    const values = { role: 'admin', people: [bob] }
    const byCarol = await home.forge(carol, 'team.invite', { id: '', version: 0 }, values, ['role'])
    expect(byCarol.text).toContain('Réservé aux admins : Alice Martin')
    const { flags, ...rest } = await memberOf(carol)
    await storage().members.update({ ...rest, flags: { ...flags, canManageUsers: true } })
    sandbox().nox.services.knowledge.drop(await tenantId())
    const { id } = await opened(carol)
    const asAdmin = await send(carol, id, [bob], { role: 'admin' })
    expect(readable(asAdmin.view)).toContain('Seul un admin change un rôle')
    await home.close(carol, id)
    const again = await opened(carol)
    expect(await send(carol, again.id, [bob], { role: 'member', groups: ['developers'] })).toEqual({})
    expect(await memberOf(bob)).toMatchObject({ role: 'member', groups: ['developers'] })
  })

  it('leaves colleagues alone, and whom an admin made a member', async () => {
    await storedAsMember(bob)
    await refresh(bob)
    await home.tab(alice, 'team')
    const { id } = await memberOf(dora)
    await home.use(alice, `team.member.${id}`, pick('role'))
    const form = await slack().waitForView(alice)
    await home.submit(alice, form.id, { role: 'member' }, ['role'])
    await expect.poll(async () => (await memberOf(dora)).role).toBe('member')
    await refresh(dora)
    const before = (await storage().audit.list(await tenantId(), { command: 'member.role', limit: 50 })).length
    await refresh(dora)
    expect((await memberOf(dora)).role).toBe('member')
    expect((await memberOf(bob)).role).toBe('member')
    expect(await storage().audit.list(await tenantId(), { command: 'member.role', limit: 50 })).toHaveLength(before)
  })
})
