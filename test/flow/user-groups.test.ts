import { expect, it, vi } from 'vitest'
import { asRemoved } from '../../src/permissions/index.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { homeOf, pick } from '../helpers/home.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'
import { tenantIn } from '../helpers/tenant.ts'

const { alice, bob, carol, dora } = people
const [hugo, seniors] = ['U0HUGO', 'S0SENIORS']

eachSandbox('groups that follow Slack user groups', (sandbox) => {
  const home = homeOf(sandbox)
  const { slack, storage, tenantId, memberOf, lastRecord, directTo } = tenantIn(sandbox)
  const groupsOf = async (user: string) => (await memberOf(user)).groups
  const edit = (users: readonly string[]) => slack().editUserGroup(societeX, seniors, { users })

  it('is chosen by an admin in the Team tab: the group has then the people of the user group, and no others', async () => {
    expect((await home.tab(bob, 'team')).text).not.toContain('team.follow')
    await home.tab(alice, 'team')
    const { id, text } = await home.form(alice, 'team.follow')
    expect(text).toContain('@seniors')
    expect(text).toContain('perd le groupe NOX')
    const nothing = await home.submit(alice, id, { userGroup: seniors }, ['userGroup'])
    expect(Object.keys(nothing.errors ?? {})).toEqual(['fresh'])
    edit([alice, hugo])
    expect(await home.submit(alice, id, { userGroup: seniors, group: 'seniors' }, ['userGroup', 'group'])).toEqual({})
    await vi.waitFor(async () => expect(await groupsOf(hugo)).toContain('seniors'), 8_000)
    await vi.waitFor(async () => expect(await groupsOf(carol)).not.toContain('seniors'), 8_000)
    expect(await lastRecord('group.follow')).toMatchObject({
      actor: alice,
      resource: 'seniors',
      details: { 'userGroup.after': seniors, handle: 'seniors' },
    })
    await directTo(carol, /plus dans le groupe seniors/)
  })

  it('follows each change in Slack, with a record and a word; an event tells only that there was one', async () => {
    edit([alice, carol, hugo])
    await vi.waitFor(async () => expect(await groupsOf(carol)).toContain('seniors'), 8_000)
    await directTo(carol, /maintenant dans le groupe seniors/)
    expect(await lastRecord('member.groups')).toMatchObject({
      actor: 'nox',
      result: 'changed',
      details: { userGroup: seniors, member: carol, 'groups.before': expect.not.stringContaining('seniors') },
    })
    const forged = { type: 'subteam_members_changed', subteam_id: seniors, team_id: societeX, added_users: [bob] }
    await slack().emit(societeX, forged)
    await sandbox().nox.channel.governance.follower.follow(await tenantId())
    expect(await groupsOf(bob)).not.toContain('seniors')
  })

  it('is not edited by hand, and says where it is', async () => {
    await home.tab(alice, 'team')
    const { id } = await home.form(alice, `team.member.${(await memberOf(bob)).id}`, pick('groups'))
    const wrong = await home.submit(alice, id, { groups: ['developers', 'seniors'] })
    expect(wrong.errors?.groups).toContain('@seniors')
    expect(await home.submit(alice, id, { groups: ['developers'] })).toEqual({})
  })

  it('lets in who never spoke, but neither who was removed, nor guests, nor strangers', async () => {
    const before = await memberOf(hugo)
    if (!before) throw new Error('no Hugo')
    await storage().members.update(asRemoved(before, Date.now()))
    edit([alice, carol, hugo, dora, 'U0NOBODY', 'U0LEA'])
    await sandbox().nox.channel.governance.follower.follow(await tenantId())
    expect((await memberOf(hugo)).removedAt).toBeDefined()
    expect(await groupsOf(dora)).not.toContain('seniors')
    const { members } = storage()
    for (const nobody of ['U0NOBODY', 'U0LEA']) expect(await members.findBySlackId(await tenantId(), nobody)).toBeNull()
  })

  it('keeps everybody where they are once the user group is gone, and tells the admins once', async () => {
    slack().editUserGroup(societeX, seniors, { disabled: true })
    await directTo(alice, /n’existe plus dans Slack/)
    expect(await groupsOf(carol)).toContain('seniors')
    await sandbox().nox.channel.governance.follower.followAll()
    const told = slack()
      .messages(slack().directMessages(societeX, alice))
      .filter((message) => /n’existe plus dans Slack/.test(contentOf(message)))
    expect(told).toHaveLength(1)
    expect(await lastRecord('group.follow')).toMatchObject({ result: 'failed', details: { trouble: 'gone' } })
    expect((await home.tab(alice, 'team')).text).toContain('n’existe plus dans Slack')
  })

  it('stops by an admin alone; a forged form of somebody else links nothing, and is recorded', async () => {
    const { text } = await home.forge(
      bob,
      'team.follow',
      { id: '', version: 0, home: {} },
      { userGroup: seniors, fresh: 'x' },
      ['userGroup'],
    )
    expect(text).toContain('Alice')
    expect(await lastRecord('group.follow')).toMatchObject({ actor: bob, result: 'refused' })
    await home.tab(alice, 'team')
    await home.use(alice, 'team.followed.seniors', pick('unfollow'))
    await vi.waitFor(async () => expect(await storage().groupLinks.list(await tenantId())).toEqual([]), 8_000)
    expect(await groupsOf(carol)).toContain('seniors')
  })
})
