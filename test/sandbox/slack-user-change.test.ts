import type { UserChangeEvent } from '@slack/types'
import { afterEach, describe, expect, it } from 'vitest'
import { seededWorkspaces } from '../../src/sandbox/workspaces.ts'
import { type BoltApp, botScopes, client, startBolt, startDouble, until } from '../helpers/bolt-on-double.ts'

const company = 'T0SOCIETEX'
const freelance = 'T0FREELEA'
const enterprise = { id: 'E0GROUP', name: 'Groupe X' }
const [seededCompany, seededFreelance] = seededWorkspaces
if (!seededCompany || !seededFreelance) throw new Error('no workspaces')

interface Seen {
  readonly event: UserChangeEvent
  readonly body: Record<string, unknown>
}

let stop = async () => {}
afterEach(() => stop())

/** An app that hears of people. */
async function start(options: Parameters<typeof startDouble>[0] = {}) {
  const double = await startDouble(options)
  const bolt: BoltApp = await startBolt(double)
  const seen: Seen[] = []
  bolt.app.event('user_change', async ({ event, body }) => {
    seen.push({ event: { ...event }, body: { ...body } })
  })
  stop = async () => {
    await double.close()
    await bolt.close()
  }
  return { double, bolt, seen }
}

describe('a person who changes', () => {
  it('is told of as users.info has them, with their language, before the change is over', async () => {
    const { double, seen } = await start()
    await double.install(company, 'U0ALICE')
    await double.speak('U0ALICE', 'en-GB')
    const [{ event, body } = { event: null, body: null }] = seen
    const web = client(double, String(double.installation(company)?.token))
    const { user } = await web.users.info({ user: 'U0ALICE', include_locale: true })
    expect(event).toMatchObject({ type: 'user_change', user, cache_ts: expect.any(Number) })
    expect(event?.user).toMatchObject({ id: 'U0ALICE', locale: 'en-GB', deleted: false, is_restricted: false })
    expect(event?.user.updated).toBeGreaterThan(1_700_000_000)
    expect(body).toMatchObject({
      team_id: company,
      type: 'event_callback',
      authorizations: [{ team_id: company, is_bot: true, is_enterprise_install: false }],
    })
    expect(seen).toHaveLength(1)
  })

  it('is told of by status, name, as a guest, deactivated and given back', async () => {
    const { double, seen } = await start()
    await double.install(company, 'U0ALICE')
    await double.change('U0BOB', { status: 'lunch' })
    await double.change('U0BOB', { realName: 'Robert Dupont' })
    await double.change('U0BOB', { isGuest: true })
    await double.deactivate('U0BOB')
    await double.deactivate('U0BOB', false)
    const told = seen.map(({ event: { user } }) => ({
      status: user.profile.status_text,
      name: user.profile.display_name,
      guest: user.is_restricted,
      gone: user.deleted,
    }))
    const bob = { status: 'lunch', name: 'Bob Dupont', guest: false, gone: false }
    const robert = { ...bob, name: 'Robert Dupont' }
    const guest = { ...robert, guest: true }
    expect(told).toEqual([bob, robert, guest, { ...guest, gone: true }, guest])
  })

  it('is told of to an organisation once, authorised by all of it', async () => {
    const workspaces = [
      { ...seededCompany, enterprise },
      { ...seededFreelance, enterprise, botUserId: seededCompany.botUserId },
    ]
    const { double, seen } = await start({ workspaces })
    await double.install(company, 'U0ALICE', { orgWide: true })
    await double.speak('U0LEA', 'en-GB')
    expect(seen.map(({ body }) => body)).toMatchObject([
      {
        team_id: freelance,
        enterprise_id: enterprise.id,
        authorizations: [{ enterprise_id: enterprise.id, is_enterprise_install: true }],
      },
    ])
    expect(seen[0]?.event.user.enterprise_user).toMatchObject({ id: 'U0LEA', enterprise_id: enterprise.id })
  })

  it('of another company is told of as a stranger, to who shares a channel with them alone (Slack Connect)', async () => {
    const { double, seen } = await start()
    await double.install(company, 'U0ALICE')
    await double.speak('U0YANN', 'en-GB')
    expect(seen).toHaveLength(0)
    await double.speak('U0LEA', 'en-GB')
    expect(seen.map(({ event }) => event.user)).toMatchObject([{ id: 'U0LEA', team_id: freelance, is_stranger: true }])
    expect(seen[0]?.body).toMatchObject({
      team_id: freelance,
      context_team_id: company,
      authorizations: [{ team_id: company }],
    })
    await double.install(freelance, 'U0LEA')
    await double.speak('U0LEA', 'fr-FR')
    expect(seen[1]?.event.user).not.toHaveProperty('is_stranger')
    expect(seen).toHaveLength(2)
  })

  it('is told of to nobody who did not ask, nor may know', async () => {
    const { double, seen } = await start()
    double.grant(
      company,
      'U0ALICE',
      botScopes.filter((scope) => scope !== 'users:read'),
    )
    await double.speak('U0ALICE', 'en-GB')
    await stop()
    const unsubscribed = await start({ events: ['app_mention'] })
    await unsubscribed.double.install(company, 'U0ALICE')
    await unsubscribed.double.speak('U0ALICE', 'en-GB')
    expect([...seen, ...unsubscribed.seen]).toEqual([])
  })
})

it('lets the page choose the language of who looks, and tells only what is new', async () => {
  const { double, seen } = await start()
  await double.install(company, 'U0ALICE')
  const choose = async (locale: unknown) => {
    const body = JSON.stringify({ locale })
    const headers = { 'content-type': 'application/json' }
    const address = `${double.url}/sandbox/api/locale?team=${company}&user=U0BOB`
    return (await fetch(address, { method: 'POST', headers, body })).status
  }
  expect(await choose('en-GB')).toBe(200)
  expect(await choose('en-GB')).toBe(200)
  for (const wrong of ['english', 'en', '', 7]) expect(await choose(wrong)).toBe(400)
  await until(() => seen.length > 0)
  expect(seen.map(({ event }) => event.user.locale)).toEqual(['en-GB'])
  await double.deactivate('U0BOB')
  expect(await choose('fr-FR')).toBe(400)
})
