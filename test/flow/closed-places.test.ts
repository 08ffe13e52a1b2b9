import { expect, it } from 'vitest'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'

const { bob, carol } = people

/** A channel that is archived, or NOX removed from it, between an order and its answer: the person is told, once. */
eachSandbox('places that close', (sandbox) => {
  const slack = () => sandbox().slack
  const told = (user: string, fits: RegExp) => {
    const channel = slack().directMessages(societeX, user)
    return slack().waitForMessage((message) => message.channel === channel && fits.test(contentOf(message)))
  }
  const inPrivate = (user: string, fits: RegExp) =>
    slack()
      .messages(slack().directMessages(societeX, user))
      .filter((message) => fits.test(contentOf(message)))
  const newest = async () => {
    const tenant = (await sandbox().nox.storage.installations.tenantOf(societeX)) ?? ''
    const [action] = await sandbox().nox.storage.ledger.list(tenant, { userId: bob, limit: 1 })
    return action
  }
  const close = (how: 'archived' | 'without the app') => slack().closeChannel(societeX, '#devops', how)
  const open = () => slack().reopenChannel(societeX, '#devops')
  /** Written just before the channel was closed. */
  const say = (text: string, ts: string) => {
    const event = { type: 'app_mention', user: bob, channel: 'C0DEVOPS', text: `<@U0NOXSOCX> ${text}`, ts }
    return slack().emit(societeX, event, { eventId: `Ev${ts}` })
  }

  it('tells the end of a deployment alone, once, where its channel was archived meanwhile', async () => {
    close('archived')
    await say('déploie user-api branche feature/auth en staging', '1700000001.000000')
    const message = await told(bob, /✅ \*Déployé/)
    expect(contentOf(message)).toContain('feature/auth')
    expect(contentOf(message)).toMatch(/NOX ne peut plus écrire dans <#C0DEVOPS>/)
    await expect.poll(async () => (await newest())?.state).toBe('done')
    expect(inPrivate(bob, /feature\/auth/)).toHaveLength(1)
    open()
  })

  it('tells refusals and reads alone, where NOX was removed from the channel', async () => {
    close('without the app')
    await say('déploie user-api v9.9.9 en production', '1700000001.000001')
    expect(contentOf(await told(bob, /⛔.*v9\.9\.9/s))).toContain('NOX ne peut plus écrire')
    await expect.poll(async () => (await newest())?.state).toBe('refused')
    await say('whoami', '1700000001.000002')
    await told(bob, /Bob Dupont.*NOX can no longer write/s)
    await say('affiche logs du service user-api en staging', '1700000001.000003')
    await told(bob, /user-api.*NOX ne peut plus écrire/s)
    expect(inPrivate(bob, /v9\.9\.9/)).toHaveLength(1)
    open()
  })

  it('tells the end of a request whose message was deleted in a new message of its thread', async () => {
    const { ts } = sandbox().say(bob, '@NOX déploie user-api v2.4.0 en production')
    const refused = await sandbox().answer(ts, /⛔/)
    await sandbox().press(bob, refused, 'Demander une validation')
    const asked = await sandbox().answer(ts, /Validation demandée/)
    const number = /#(\d+)/.exec(contentOf(asked))?.[1]
    slack().erase(asked)
    sandbox().say(carol, `@NOX refuse ${number}`)
    await sandbox().answer(ts, /refusé|Refusé/)
    await expect.poll(async () => (await newest())?.state).toBe('refused')
  })
})
