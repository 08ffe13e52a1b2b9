import { expect, it } from 'vitest'
import type { Action } from '../../src/domain/action.ts'
import type { Member } from '../../src/domain/member.ts'
import { asRemoved, defaultMember } from '../../src/permissions/index.ts'
import { entry, newAction } from '../helpers/actions.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { homeOf, keepOnly, pick, plainSpaces } from '../helpers/home.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'
import { sendInteraction } from '../helpers/signed-form.ts'

const { alice, bob, carol, dora } = people
const freelance = 'T0FREELEA'
const lea = 'U0LEA'

/** Attempts across tenants and roles: each is refused, nothing changes, and what someone tried stands in the audit. */
eachSandbox('attacks on governance', (sandbox) => {
  const slack = () => sandbox().slack
  const storage = () => sandbox().nox.storage
  const tenantOf = async (team: string) => (await storage().installations.tenantOf(team)) ?? ''
  const local = () => sandbox().url.replace('localhost', '127.0.0.1')

  /** A press that no button of Slack stands behind, signed as Slack would. */
  const press = async (team: string, user: string, actionId: string, action: object, trigger = `${Math.random()}`) => {
    const payload = {
      type: 'block_actions',
      team: { id: team, domain: 'x' },
      user: { id: user, team_id: team },
      api_app_id: 'A0NOX',
      trigger_id: trigger,
      container: { type: 'message', channel_id: 'C0DEVOPS', message_ts: '1.2' },
      channel: { id: 'C0DEVOPS', name: 'devops' },
      message: { ts: '1.2', thread_ts: '1.1' },
      actions: [{ action_id: actionId, block_id: 'b', action_ts: '1', ...action }],
      enterprise: null,
      is_enterprise_install: false,
    }
    const response = await sendInteraction(local(), 'sandbox-signing-secret', payload)
    return { status: response.status, text: plainSpaces(await response.text()) }
  }
  const submit = async (user: string, callbackId: string, metadata: string, over: object = {}) => {
    const view = { id: 'V1', type: 'modal', callback_id: callbackId, private_metadata: metadata, blocks: [], hash: '1' }
    const payload = {
      type: 'view_submission',
      team: { id: societeX },
      user: { id: user },
      trigger_id: '1.2',
      view: { ...view, state: { values: {} }, ...over },
    }
    return (await sendInteraction(local(), 'sandbox-signing-secret', payload)).status
  }
  const button = (act: string, id: string, value?: string) => ({
    type: 'button',
    value: JSON.stringify({ a: act, i: id, ...(value === undefined ? {} : { v: value }) }),
  })
  /** Bob asks for production; the action waits for an approval. */
  const request = async (): Promise<Action> => {
    const tenant = await tenantOf(societeX)
    const zone = (await storage().zones.list(tenant)).find(({ name }) => name === 'production')
    if (!zone) throw new Error('no zone')
    const requirement = { kind: 'approval', group: 'seniors', approvers: 1 } as const
    await storage().zones.save({ ...zone, grants: [{ group: 'developers', requirement }] })
    sandbox().nox.services.knowledge.drop(tenant)
    const { ts } = sandbox().say(bob, '@NOX déploie user-api v2.4.0 en production')
    await sandbox().answer(ts, /Validation demandée/)
    const [action] = await storage().ledger.list(tenant, { userId: bob, states: ['waiting'], limit: 1 })
    if (!action) throw new Error('nothing waits')
    return action
  }
  const stateOf = async (action: Action) => (await storage().ledger.find(action.tenantId, action.id))?.state

  it('decides nothing for another tenant, nor for whoever may not: approve, deny, override, withdraw', async () => {
    await keepOnly(sandbox(), Object.values(people))
    const action = await request()
    for (const act of ['approve', 'deny', 'override', 'withdraw', 'confirm', 'ask']) {
      await press(freelance, lea, 'press.0.fr', button(act, action.id, 'x'))
    }
    for (const user of [dora, bob]) await press(societeX, user, 'press.0.fr', button('approve', action.id))
    for (const user of [dora, carol, alice])
      await press(societeX, user, 'press.0.fr', button('override', action.id, 'x'))
    await press(societeX, bob, 'press.0.fr', button('override', action.id, 'urgent'))
    expect(await stateOf(action)).toBe('waiting')
    const refused = await storage().audit.list(action.tenantId, {
      actor: bob,
      command: 'deploy',
      result: 'refused',
      limit: 5,
    })
    expect(refused[0]?.details).toMatchObject({ rule: 'override', reason: 'urgent' })
    const theirs = await storage().ledger.list(await tenantOf(freelance), { limit: 10 })
    expect(theirs).toEqual([])
  })

  it('takes no approval of an approver who has left, and records that they tried', async () => {
    const action = await request()
    const tenant = action.tenantId
    const approver = await storage().members.findBySlackId(tenant, carol)
    if (!approver) throw new Error('no Carol')
    await storage().members.update(asRemoved(approver, Date.now()))
    sandbox().nox.services.knowledge.drop(tenant)
    await press(societeX, carol, 'press.0.fr', button('approve', action.id))
    expect(await stateOf(action)).toBe('waiting')
    const approvals = { command: 'deploy', result: 'approved', actor: carol, limit: 9 }
    const given = await storage().audit.list(tenant, approvals)
    expect(given.filter(({ actionId }) => actionId === action.id)).toEqual([])
    const [tried] = await storage().audit.list(tenant, { actor: carol, result: 'refused', limit: 1 })
    expect(tried).toMatchObject({ command: 'deploy', actionId: action.id, details: { rule: 'member.removed' } })
    await storage().members.update(approver)
    sandbox().nox.services.knowledge.drop(tenant)
    await press(societeX, carol, 'press.0.fr', button('deny', action.id, 'non'))
    expect(await stateOf(action)).toBe('refused')
  })

  it('takes no form whose metadata names what is another tenant’s, not even of an admin', async () => {
    const home = homeOf(sandbox)
    const theirs = await tenantOf(freelance)
    const read = async () =>
      JSON.stringify(await Promise.all([storage().members.list(theirs), storage().zones.list(theirs)]))
    const before = await read()
    const [zone] = await storage().zones.list(theirs)
    const member = await storage().members.findBySlackId(theirs, lea)
    const of = (id = '') => ({ id, version: 1, home: { tab: 'team' } })
    const rules = { name: zone?.name ?? '', environments: ['*'], actions: ['*'], direct: ['*'], approvers: '1' }
    const forms: readonly [string, object, Parameters<typeof home.forge>[3], string[]?][] = [
      ['team.limits', of(member?.id), { maxActionsPerDay: '1' }],
      ['team.groups', of(member?.id), { groups: ['x'] }],
      ['team.role', of(member?.id), { role: 'guest' }, ['role']],
      ['team.remove', of(member?.id), {}],
      ['zone.rules', of(zone?.id), rules],
      ['zone.save', { ...of(zone?.id), draft: { part: 'rules', form: rules } }, {}],
      ['zone.save', { ...of(zone?.id), draft: { part: 'remove', form: {} } }, {}],
      ['workspace.leave', of(freelance), {}],
      ['workspace.ask', of(`${theirs}.${'A'.repeat(32)}`), {}],
    ]
    for (const [callback, metadata, fields, selects] of forms) {
      const { status, text } = await home.forge(alice, callback, metadata, fields, selects)
      expect(status, callback).toBe(200)
      // Neither done nor shown: nothing of theirs is in the answer.
      expect(text, callback).not.toMatch(/Léa|Yann|client-y/)
    }
    expect(await read()).toBe(before)
    expect((await storage().audit.verify(theirs)).ok).toBe(true)
    expect(await storage().audit.list(theirs, { actor: alice, limit: 9 })).toEqual([])
  })

  it('takes one press once, whatever is replayed', async () => {
    const action = await request()
    const replayed = ['1.a', '1.a', '1.a'].map((trigger) =>
      press(societeX, carol, 'press.0.fr', button('deny', action.id, 'non'), trigger),
    )
    await Promise.all(replayed)
    expect(await stateOf(action)).toBe('refused')
    const denied = await storage().audit.list(action.tenantId, { command: 'deploy', result: 'denied', limit: 9 })
    expect(denied.filter(({ actionId }) => actionId === action.id)).toHaveLength(1)
    await press(societeX, carol, 'press.0.fr', button('approve', action.id))
    await press(societeX, bob, 'press.0.fr', button('override', action.id, 'tout de suite'))
    expect(await stateOf(action)).toBe('refused')
  })

  it('tries nothing again for whoever may not do it any more, and presses nothing for who was removed', async () => {
    const tenant = await tenantOf(societeX)
    const requester = await storage().members.findBySlackId(tenant, bob)
    if (!requester) throw new Error('no Bob')
    const { ts } = sandbox().say(bob, 'un déploiement')
    const order = newAction({
      ...{ tenantId: tenant, userId: bob, memberId: requester.id },
      place: { channel: 'slack', conversationId: 'C0DEVOPS', threadTs: ts, kind: 'channel' },
      args: { service: 'user-api', tag: 'v2.4.0', environment: 'staging' },
    })
    await storage().ledger.accept(order)
    const unknown = { state: 'unknown', giveBack: false, messageTs: null, now: Date.now() } as const
    await storage().ledger.finish(tenant, order.id, 1, { ...unknown, audit: entry({ result: 'unknown' }) })
    const found = async () => storage().ledger.find(tenant, order.id)
    const set = async (member: Member) => {
      await storage().members.update(member)
      sandbox().nox.services.knowledge.drop(tenant)
    }
    const newest = async () => (await storage().audit.list(tenant, { actor: bob, result: 'refused', limit: 1 }))[0]
    await set({ ...requester, groups: [] })
    await press(societeX, bob, 'press.0.fr', button('retry', order.id))
    expect((await found())?.state).toBe('unknown')
    expect(await newest()).toMatchObject({ actionId: order.id, details: { rule: 'zone.environment' } })
    await set(asRemoved(requester, Date.now()))
    for (const act of ['retry', 'finished', 'recheck', 'cancel', 'tell']) {
      await press(societeX, bob, 'press.0.fr', button(act, order.id, 'cluster'))
      expect((await found())?.state, act).toBe('unknown')
      expect(await newest(), act).toMatchObject({ actionId: order.id, details: { rule: 'member.removed', act } })
    }
    await set(requester)
    await press(societeX, bob, 'press.0.fr', button('retry', order.id))
    await expect.poll(async () => (await found())?.state, { timeout: 20_000 }).toBe('done')
  })

  it('shows a guest no cluster beside their projects, however they ask for all of them', async () => {
    const tenant = await tenantOf(societeX)
    const [first, ...others] = await storage().catalogue.clusters(tenant)
    const guest = await storage().members.findBySlackId(tenant, dora)
    if (!guest || !first || others.length === 0) throw new Error('no Dora, or no clusters')
    const whole = first.isDefault ? first : (others.find(({ isDefault }) => isDefault) ?? first)
    const closed = [first, ...others].filter(({ id }) => id !== whole.id).map(({ name }) => name)
    const { removedAt: _, ...here } = guest
    await storage().members.update({
      ...here,
      ...defaultMember('company', 'guest', here),
      projects: ['user-api', whole.name],
    })
    sandbox().nox.services.knowledge.drop(tenant)
    for (const text of ['status de tous les clusters', 'status de user-api en staging sur tous les clusters']) {
      const { ts } = sandbox().say(dora, `@NOX ${text}`)
      const said = contentOf(await sandbox().answer(ts, /OK|Refus|pods/))
      for (const name of closed) expect(said, text).not.toContain(name)
    }
  })

  it('opens no form of another tenant’s things, to nobody', async () => {
    const theirs = await tenantOf(freelance)
    const [zone] = await storage().zones.list(theirs)
    const [member] = await storage().members.list(theirs)
    const edit = { type: 'overflow', selected_option: { text: { type: 'plain_text', text: 'x' }, value: 'rules' } }
    const limits = { ...edit, selected_option: { ...edit.selected_option, value: 'limits' } }
    // A forged trigger opens nothing in Slack; what NOX would say is asked of what stands behind the listener.
    const { zones, team, audit } = sandbox().nox.channel.governance
    const mine = await tenantOf(societeX)
    expect(await zones.open(mine, alice, zone?.id ?? '')).toMatchObject({ key: 'form.gone' })
    expect(await team.open(mine, alice, member?.id ?? '')).toMatchObject({ key: 'form.gone' })
    for (const user of [bob, carol, dora]) {
      expect(await zones.open(mine, user, zone?.id ?? '')).toMatchObject({ key: 'form.adminsOnly' })
      expect(await team.open(mine, user, member?.id ?? '')).toMatchObject({ key: 'form.adminsOnly' })
    }
    const before = await storage().audit.verify(theirs)
    await press(societeX, alice, `zone.entry.${zone?.id}`, edit)
    await press(societeX, alice, `team.member.${member?.id}`, limits)
    await press(societeX, bob, 'audit.record.1', { type: 'button' })
    expect(await storage().audit.verify(theirs)).toEqual(before)
    const file = await audit.export(mine, bob, { person: member?.id ?? '' }, 'jsonl', 'fr')
    if ('key' in file) throw new Error('no file')
    for (const line of file.content.trimEnd().split('\n').filter(Boolean)) {
      expect((JSON.parse((JSON.parse(line) as { text: string }).text) as { actor: string }).actor).toBe(bob)
    }
  })

  it('knows no state of Home that it did not make', async () => {
    const home = homeOf(sandbox)
    const hostile = [
      '{"tab":"audit","set":{"person":"x"},"page":-1}',
      '{"tab":"__proto__"}',
      '[]',
      'null',
      '{{{',
      '{"tab":["team"]}',
    ]
    for (const metadata of hostile) {
      const { status } = await home.forge(bob, 'team.limits', metadata, { maxActionsPerDay: '9' })
      expect(status).toBe(200)
    }
    expect((await home.open(bob)).text).toContain('Bonjour')
    expect(slack().views(bob)).toEqual([])
  })

  it('takes no form of an admin who was demoted while it stood open', async () => {
    const home = homeOf(sandbox)
    const tenant = await tenantOf(societeX)
    const memberOf = async (user: string) => {
      const member = await storage().members.findBySlackId(tenant, user)
      if (!member) throw new Error(`no member ${user}`)
      return member
    }
    const set = async (user: string, change: Partial<Member>) => {
      await storage().members.update({ ...(await memberOf(user)), ...change })
      sandbox().nox.services.knowledge.drop(tenant)
    }
    const before = await memberOf(carol)
    await set(carol, { role: 'admin', flags: (await memberOf(alice)).flags })
    await home.tab(carol, 'team')
    const groups = await home.form(carol, `team.member.${(await memberOf(bob)).id}`, pick('groups'))
    await set(carol, { role: before.role, flags: before.flags })
    const late = await home.submit(carol, groups.id, { groups: ['developers', 'seniors'] })
    expect(plainSpaces(JSON.stringify(late.view))).toContain('Alice Martin')
    expect((await memberOf(bob)).groups).not.toContain('seniors')
    await set(carol, { role: 'admin', flags: (await memberOf(alice)).flags })
    await home.tab(carol, 'team')
    const follow = await home.form(carol, 'team.follow')
    await set(carol, { role: before.role, flags: before.flags })
    const fields = { userGroup: 'S0SENIORS', fresh: 'astreinte' }
    const refused = await home.submit(carol, follow.id, fields, ['userGroup'])
    expect(plainSpaces(JSON.stringify(refused.view))).toContain('Alice Martin')
    expect(await storage().groupLinks.list(tenant)).toEqual([])
    for (const command of ['member.groups', 'group.follow']) {
      const [record] = await storage().audit.list(tenant, { command, limit: 1 })
      expect(record).toMatchObject({ actor: carol, result: 'refused' })
    }
  })

  it('refuses forms whose metadata, ids or blocks are none of ours, and does nothing', async () => {
    const before = await storage().integrations.list(await tenantOf(societeX))
    for (const metadata of ['[]', 'no json', '7', '{"vendor":"nobody"}', '{"vendor":["github"]}']) {
      expect(await submit(alice, 'vendor.remove', metadata), metadata).toBe(400)
      expect(await submit(alice, 'vendor.save', metadata), metadata).toBe(400)
    }
    for (const metadata of ['', '{"what":"tenant","id":"x"}', '{"what":"cluster","id":7}']) {
      expect(await submit(alice, 'admin.remove', metadata), metadata).toBe(400)
    }
    expect(await submit(alice, 'admin.service', '{"id":{"a":1}}')).toBe(400)
    expect(await submit(alice, 'vendor.remove', '{"vendor":"github"}', { app_installed_team_id: { a: 1 } })).toBe(400)
    expect(await submit(alice, 'vendor.remove', '{"vendor":"github"}', { blocks: undefined })).toBe(400)
    expect(await storage().integrations.list(await tenantOf(societeX))).toEqual(before)
  })
})
