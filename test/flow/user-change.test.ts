import { expect, it, vi } from 'vitest'
import { createPeople } from '../../src/channels/slack/people.ts'
import { defaultMember } from '../../src/permissions/index.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { homeOf } from '../helpers/home.ts'
import { contentOf, people, societeX, startTestSandbox } from '../helpers/sandbox.ts'
import { tenantIn } from '../helpers/tenant.ts'

const { alice, bob, carol } = people
const freelance = 'T0FREELEA'

/** Slack tells that a person changed; NOX had kept who they are. */
eachSandbox('a person who changed in Slack', (sandbox) => {
  const home = homeOf(sandbox)
  const { slack, storage, tenantId, memberOf, directTo } = tenantIn(sandbox)
  const asked = (user: string) =>
    slack().traces.filter(({ name, request }) => name === 'users.info' && (request as { user?: string }).user === user)
      .length

  it('reads Home and forms in the language that they chose, at once', async () => {
    await home.open(alice, /Bonjour Alice/)
    await slack().speak(alice, 'en-GB')
    await home.open(alice, /Hello Alice/)
    await home.tab(alice, 'team', /members/)
    const { id, text } = await home.form(alice, 'team.invite')
    expect(text).toContain('Invite')
    await home.close(alice, id)
    await slack().speak(alice, 'fr-FR')
    await home.open(alice, /Bonjour Alice/)
  })

  it('is read once more in another language ten minutes later, where the app has no such event', async () => {
    await home.open(bob, /Bonjour Bob/)
    const kept = sandbox().nox.channel.people
    let now = Date.now()
    const late = createPeople(sandbox().nox.channel.api, sandbox().nox.channel.installations, () => now)
    expect((await late.profileOf(await tenantId(), bob)).locale).toBe('fr-FR')
    // It hears of nothing: the event goes to the process alone.
    await slack().speak(bob, 'en-GB')
    expect((await late.profileOf(await tenantId(), bob)).locale).toBe('fr-FR')
    now += 10 * 60_000
    expect((await late.profileOf(await tenantId(), bob)).locale).toBe('en-GB')
    expect((await kept.profileOf(await tenantId(), bob)).locale).toBe('en-GB')
    await slack().speak(bob, 'fr-FR')
  })

  it('costs no call to Slack where nothing changed that NOX keeps, nor where NOX does not know them', async () => {
    await home.open(carol)
    const before = asked(carol)
    for (const status of ['lunch', 'in a huddle', '']) await slack().change(carol, { status })
    await home.open(carol)
    expect(asked(carol)).toBe(before)
    await slack().change('U0FARID', { realName: 'Farid H.' })
    expect(asked('U0FARID')).toBe(0)
    await slack().change(carol, { realName: 'Carol N.' })
    expect(asked(carol)).toBe(before)
    await home.open(carol, /Bonjour Carol N\./)
    expect(asked(carol)).toBe(before + 1)
  })

  it('goes by their new name among the members, once they are met again', async () => {
    await expect.poll(async () => (await memberOf(carol)).name).toBe('Carol N.')
    expect((await home.tab(alice, 'team', /Carol N\./)).text).not.toContain('Carol Nguyen')
    await slack().change(carol, { realName: 'Carol Nguyen' })
    await home.open(carol, /Bonjour Carol Nguyen/)
    await expect.poll(async () => (await memberOf(carol)).name).toBe('Carol Nguyen')
  })

  it('who became a guest has a guest’s rights from then on, told, without a word of theirs', async () => {
    const { ts } = sandbox().say('U0GABI', '@NOX mes droits')
    await sandbox().answer(ts, /Gabi Costa/)
    await slack().change('U0GABI', { isGuest: true })
    await expect.poll(async () => (await memberOf('U0GABI')).role).toBe('guest')
    expect(contentOf(await directTo(alice, /Gabi Costa.*accès invité dans Slack/))).toContain('Équipe')
    await slack().change('U0GABI', { isGuest: false })
    await storage().members.update(defaultMember('company', 'member', await memberOf('U0GABI')))
    sandbox().nox.services.knowledge.drop(await tenantId())
  })

  it('is known anew to each tenant that met them (Slack Connect)', async () => {
    const lea = (await storage().installations.tenantOf(freelance)) ?? ''
    const { people: kept } = sandbox().nox.channel
    const names = async () => Promise.all([lea, await tenantId()].map((tenant) => kept.nameOf(tenant, 'U0LEA')))
    expect(await names()).toEqual(['Léa Moreau', 'Léa Moreau'])
    await slack().change('U0LEA', { realName: 'Léa M.' })
    expect(await names()).toEqual(['Léa M.', 'Léa M.'])
    await slack().change('U0LEA', { realName: 'Léa Moreau' })
  })

  it('without an id is refused: Slack makes no such event', async () => {
    for (const user of [undefined, null, 'U0BOB', {}, { id: 7 }]) {
      expect((await slack().emit(societeX, { type: 'user_change', user })).status, String(user)).toBe(400)
    }
  })

  it('whose account is deactivated can say nothing more, and is known as gone', async () => {
    const { people: kept } = sandbox().nox.channel
    expect(await kept.hasLeft(await tenantId(), bob)).toBe(false)
    await slack().deactivate(bob)
    expect(() => sandbox().say(bob, '@NOX status')).toThrow('account_inactive')
    expect(await kept.hasLeft(await tenantId(), bob)).toBe(true)
    await slack().deactivate(bob, false)
    expect(await kept.hasLeft(await tenantId(), bob)).toBe(false)
    await home.open(bob)
  })
})

it('takes a change of somebody unknown without the database, which an order needs', async () => {
  const sandbox = await startTestSandbox()
  const { slack, nox } = sandbox
  nox.channel.installations.drop((await nox.storage.installations.tenantOf(freelance)) ?? '')
  await nox.storage.close()
  const event = { type: 'user_change', user: { id: 'U0NOBODY', team_id: freelance, deleted: false } }
  expect((await slack.emit(freelance, event)).status).toBe(200)
  const opened = { type: 'app_home_opened', user: 'U0LEA', channel: 'D0LEA', tab: 'home' }
  await vi.waitFor(async () => expect((await slack.emit(freelance, opened)).status).toBe(500))
  await sandbox.stop().catch(() => {})
})
