import { expect, it, vi } from 'vitest'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { people } from '../helpers/sandbox.ts'
import { tenantIn } from '../helpers/tenant.ts'

const { alice, bob, carol, dora } = people
const emma = 'U0EMMA'

eachSandbox('people changed by words', (sandbox) => {
  const { storage, tenantId, memberOf, lastRecord, directTo } = tenantIn(sandbox)
  const ask = async (user: string, text: string, fits: RegExp) => {
    const { ts } = sandbox().say(user, text)
    return { ts, message: await sandbox().answer(ts, fits) }
  }

  it('adds somebody to a group, known or new, with before and after in the audit, and tells them', async () => {
    await ask(alice, '@NOX ajoute Bob au groupe seniors', /Fait :.*ajouter Bob Dupont au groupe seniors/)
    expect((await memberOf(bob)).groups).toEqual(['developers', 'seniors'])
    await vi.waitFor(
      async () =>
        expect(await lastRecord('member.groups')).toMatchObject({
          actor: alice,
          details: { 'groups.before': '["developers"]', 'groups.after': '["developers","seniors"]', member: bob },
        }),
      8_000,
    )
    await vi.waitFor(
      async () => expect(await lastRecord('group.add')).toMatchObject({ actor: alice, result: 'done' }),
      8_000,
    )
    await directTo(bob, /droits.*ont changé/)
    await ask(alice, '@NOX create the group oncall with @carol', /Done:.*oncall/)
    expect((await memberOf(carol)).groups).toContain('oncall')
    await ask(alice, '@NOX ajoute Bob au groupe SENIORS', /est déjà dans seniors/)
  })

  it('takes a group away only once it is confirmed', async () => {
    const { ts, message } = await ask(alice, '@NOX retire @bob du groupe seniors', /retirer Bob Dupont du groupe/)
    expect((await memberOf(bob)).groups).toContain('seniors')
    await sandbox().press(alice, message, 'Confirmer')
    await sandbox().answer(ts, /Fait :/)
    expect((await memberOf(bob)).groups).toEqual(['developers'])
  })

  it('refuses whoever does not manage the team, and records it', async () => {
    await ask(bob, '@NOX ajoute Bob au groupe seniors', /qui gère l’équipe/)
    await vi.waitFor(
      async () => expect(await lastRecord('group.add')).toMatchObject({ actor: bob, result: 'refused' }),
      8_000,
    )
    await ask(bob, '@NOX retire @alice', /qui gère l’équipe/)
    await ask(bob, '@NOX invite x@acme.fr', /qui gère l’équipe/)
    expect((await memberOf(bob)).groups).toEqual(['developers'])
  })

  it('asks for what is missing, and never guesses who is meant', async () => {
    await ask(alice, '@NOX crée le groupe astreinte', /De qui s’agit-il/)
    await ask(alice, '@NOX retire Bobby', /Bobby/)
    await ask(alice, '@NOX retire Bob Martin', /Bob Martin/)
    await ask(alice, '@NOX remove bob dupont', /remove Bob Dupont from the team/)
    await ask(alice, '@NOX retire Bob Dupont', /retirer Bob Dupont de l’équipe/)
    await ask(alice, '@NOX retire Emma Leroy du groupe seniors', /n’est pas dans seniors|retirer Emma Leroy du groupe/)
    expect((await memberOf(bob)).removedAt).toBeUndefined()
  })

  it('gives nothing to a newcomer who calls themselves by the first name of somebody else', async () => {
    const { groups } = await memberOf(emma)
    await storage().members.rename(await tenantId(), (await memberOf(emma)).id, 'Bob')
    sandbox().nox.services.knowledge.drop(await tenantId())
    await ask(alice, '@NOX ajoute Bob au groupe astreinte', /Plusieurs/)
    expect((await memberOf(emma)).groups).toEqual(groups)
    await storage().members.rename(await tenantId(), (await memberOf(emma)).id, 'Emma Leroy')
    sandbox().nox.services.knowledge.drop(await tenantId())
  })

  it('removes somebody once it is confirmed: what they asked for and still waits ends', async () => {
    const { ts, message } = await ask(alice, '@NOX retire Bob', /retirer Bob Dupont de l’équipe/)
    await sandbox().press(alice, message, 'Confirmer')
    await sandbox().answer(ts, /Fait :/)
    expect((await memberOf(bob)).removedAt).toBeDefined()
    await vi.waitFor(
      async () => expect(await lastRecord('member.remove')).toMatchObject({ actor: alice, resource: 'Bob Dupont' }),
      8_000,
    )
    await directTo(bob, /fermé/)
  })

  it('invites by a mention, who comes back, and by e-mail', async () => {
    await ask(alice, '@NOX invite @bob', /Fait :.*inviter Bob Dupont/)
    await vi.waitFor(async () => expect((await memberOf(bob)).removedAt).toBeUndefined(), 8_000)
    await ask(alice, '@NOX invite jean@acme.fr', /Fait :.*inviter jean@acme.fr/)
    expect(await storage().invitations.list(await tenantId())).toMatchObject([
      { email: 'jean@acme.fr', invitedBy: alice },
    ])
    await ask(alice, '@NOX invite @bob', /fait déjà partie/)
    const guest = '@NOX invite lu@client.fr projet web jusqu’au 31/12/2030'
    await ask(alice, guest, /Fait :.*inviter lu@client.fr/)
    const invitations = await storage().invitations.list(await tenantId())
    expect(invitations[1]?.member).toMatchObject({ role: 'guest', projects: ['web'] })
  })

  it('opens a project to who is a guest already, beside theirs', async () => {
    const { until: _, ...before } = await memberOf(dora)
    expect(before).toMatchObject({ role: 'guest', projects: ['user-api', 'web'] })
    await ask(alice, '@NOX invite @dora projet billing', /Fait :.*inviter Dora Petit/)
    expect(await memberOf(dora)).toMatchObject({ ...before, projects: ['user-api', 'web', 'billing'] })
    await directTo(dora, /droits.*ont changé/)
    await ask(alice, '@NOX invite @dora comme invité', /déjà parmi les invités.*projet user-api/)
  })

  it('changes a role once it is confirmed, never that of the last admin', async () => {
    const { ts, message } = await ask(alice, '@NOX nomme Carol admin', /donner à Carol Nguyen le rôle admin/)
    await sandbox().press(alice, message, 'Confirmer')
    await sandbox().answer(ts, /Fait :/)
    expect((await memberOf(carol)).role).toBe('admin')
    expect(await lastRecord('member.role')).toMatchObject({
      details: { 'role.before': 'member', 'role.after': 'admin' },
    })
  })
})
