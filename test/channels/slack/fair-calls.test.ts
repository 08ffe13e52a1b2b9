import { afterEach, beforeEach, expect, it } from 'vitest'
import { createDoorkeeper, workspaceOf } from '../../../src/channels/slack/doorkeeper.ts'
import { createWebApi, type WebApi } from '../../../src/channels/slack/web-api/client.ts'
import { createSlackDouble, type SlackDouble } from '../../../src/sandbox/slack/index.ts'

let double: SlackDouble
let api: WebApi
beforeEach(async () => {
  double = createSlackDouble({ signingSecret: 's', clientId: 'c', clientSecret: 'cs', rateLimits: false })
  await double.listen()
  api = createWebApi({ apiUrl: double.apiUrl, connections: 4 })
})
afterEach(async () => {
  await api.close()
  await double.close()
})

it('calls Slack for each workspace in turn, however many calls one of them has waiting', async () => {
  const [many, one] = (['T0SOCIETEX', 'T0FREELEA'] as const).map(
    (team) => double.grant(team, team === 'T0FREELEA' ? 'U0LEA' : 'U0ALICE', ['users:read']).token,
  )
  let over = 0
  const all = Array.from({ length: 300 }, async () => {
    await api.call(many ?? '', 'auth.test', {})
    over += 1
  })
  await api.call(one ?? '', 'auth.test', {})
  expect(over).toBeLessThanOrEqual(12)
  await Promise.all(all)
  // Nothing of a place is lost on the way, neither by an answer nor by a failure.
  await Promise.all(
    Array.from({ length: 40 }, () => expect(api.call('xoxb-wrong', 'auth.test', {})).rejects.toThrow('invalid_auth')),
  )
  await Promise.all(Array.from({ length: 40 }, () => api.call(one ?? '', 'auth.test', {})))
})

it('lets so many of one workspace in, and others at any time', async () => {
  const door = createDoorkeeper(2)
  const seen: string[] = []
  const come = async (workspace: string, name: string) => {
    await door.enter(workspace)
    seen.push(name)
  }
  const all = ['1', '2', '3', '4'].map((name) => come('A', name))
  await Promise.all([...all.slice(0, 2), come('B', 'other')])
  expect(seen).toEqual(['1', '2', 'other'])
  door.leave('A')
  await all[2]
  expect(seen).toEqual(['1', '2', 'other', '3'])
  for (let left = 0; left < 2; left += 1) door.leave('A')
  await all[3]
  door.leave('A')
  expect(door.enter('A')).toBeNull()
})

it('knows whose a request is, in all the forms that Slack gives it', () => {
  const authorizations = (of: object) => ({ type: 'event_callback', team_id: 'T9', authorizations: [of] })
  expect(workspaceOf(authorizations({ team_id: 'T1', enterprise_id: 'E1', is_enterprise_install: false }))).toBe('T1')
  expect(workspaceOf(authorizations({ team_id: 'T1', enterprise_id: 'E1', is_enterprise_install: true }))).toBe('E1')
  expect(workspaceOf({ type: 'event_callback', team_id: 'T9' })).toBe('T9')
  expect(workspaceOf({ command: '/nox', team_id: 'T1', is_enterprise_install: 'false' })).toBe('T1')
  expect(workspaceOf({ command: '/nox', team_id: 'T1', enterprise_id: 'E1', is_enterprise_install: 'true' })).toBe('E1')
  expect(workspaceOf({ type: 'block_actions', team_id: 'T1' })).toBeNull()
  for (const odd of [null, 7, {}, [null], [7], ['x'], [[]]])
    expect(workspaceOf({ type: 'event_callback', authorizations: odd })).toBe('')
})
