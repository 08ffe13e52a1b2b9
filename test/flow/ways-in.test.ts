import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'
import { sendInteraction } from '../helpers/signed-form.ts'

const { alice, bob } = people

eachSandbox('the ways in', (sandbox) => {
  const slack = () => sandbox().slack
  const direct = (user: string) => slack().directMessages(societeX, user)
  const inThread = (channel: string, ts: string, fits: RegExp) =>
    slack().waitForMessage(
      (each) => each.channel === channel && each.threadTs === ts && each.ts !== ts && fits.test(contentOf(each)),
    )

  it.each([
    ['fr', 'qui suis-je', /Aujourd.hui/],
    ['en', 'my permissions', /Today/],
  ])('takes a direct message without a mention, and answers in its thread (%s)', async (_, text, fits) => {
    const { ts, channel } = slack().say(societeX, bob, direct(bob), text)
    await inThread(channel, ts, fits)
  })

  it('takes what is written in a thread of direct messages', async () => {
    const root = slack().say(societeX, bob, direct(bob), 'qui suis-je')
    await inThread(root.channel, root.ts, /Aujourd.hui/)
    slack().say(societeX, bob, direct(bob), 'usage', root.ts)
    await inThread(root.channel, root.ts, /ce mois-ci/)
  })

  it.each([
    ['whoami', /\/nox whoami/, /Today/],
    ['', /\/nox/, /Ici, vous pouvez/],
    ['help', /\/nox help/, /Here you can/],
  ])('takes /nox %s, shows it to the channel, and answers in its thread', async (text, shown, fits) => {
    const before = slack().messages('C0DEVOPS').length
    await slack().slash(societeX, bob, '#devops', '/nox', text)
    const announced = slack()
      .messages('C0DEVOPS')
      .slice(before)
      .find((each) => shown.test(contentOf(each)) && !each.threadTs)
    expect(contentOf(announced ?? slack().messages('C0DEVOPS').slice(-1)[0] ?? never())).toContain(bob)
    await inThread('C0DEVOPS', announced?.ts ?? '', fits)
  })

  it('tells who writes /nox where NOX is not, instead of being silent', async () => {
    await slack().slash(societeX, bob, '#general', '/nox', 'whoami')
    const here = slack().messages(slack().channelId(societeX, '#general'))
    expect(here.length).toBeGreaterThan(0)
  })

  it('takes a message by the shortcut, with the rights of who gave it', async () => {
    const { ts } = slack().say(societeX, bob, '#devops', 'déploie user-api v2.4.0 en production')
    await slack().shortcut(societeX, bob, 'ask_nox', '#devops', ts)
    const refused = await inThread('C0DEVOPS', ts, /⛔/)
    expect(contentOf(refused)).toContain('seniors')
  })

  it.each([
    ['refuses', 'http://127.0.0.1:9/response'],
    ['is none', 'nowhere'],
    ['never answers', null],
    ['is missing', undefined],
  ])('takes a shortcut on a message without words where the address for the answer %s', async (_, address) => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    try {
      const { port } = silent.address() as AddressInfo
      const { ts } = slack().say(societeX, alice, '#devops', 'un fil')
      const response = await sendInteraction(sandbox().url, 'sandbox-signing-secret', {
        type: 'message_action',
        callback_id: 'ask_nox',
        trigger_id: `${ts}.1`,
        team: { id: societeX },
        user: { id: bob, team_id: societeX },
        channel: { id: 'C0DEVOPS' },
        message_ts: ts,
        message: { type: 'message', user: alice, ts },
        response_url: address === null ? `http://127.0.0.1:${port}/` : address,
      })
      expect(response.status).toBe(200)
    } finally {
      silent.closeAllConnections()
      silent.close()
    }
  })

  it('asks before it does what somebody else wrote: what a message shows need not be what it says', async () => {
    const { ts } = slack().say(societeX, alice, '#devops', 'déploie user-api v2.4.0 en staging')
    await slack().shortcut(societeX, bob, 'ask_nox', '#devops', ts)
    const asked = await inThread('C0DEVOPS', ts, /Annuler/)
    expect(contentOf(asked)).toContain('user-api')
    const tenantId = (await sandbox().nox.storage.installations.tenantOf(societeX)) ?? ''
    const [order] = await sandbox().nox.storage.ledger.list(tenantId, { userId: bob, limit: 1 })
    expect(order).toMatchObject({ command: 'deploy', state: 'waiting', waitingFor: 'confirmation' })
    await slack().shortcut(societeX, bob, 'ask_nox', '#devops', slack().say(societeX, alice, '#devops', 'usage').ts)
    await expect
      .poll(async () => (await sandbox().nox.storage.ledger.list(tenantId, { userId: bob, limit: 1 }))[0])
      .toMatchObject({ command: 'usage', state: 'done' })
  })

  it.each([
    ['fr', '@NOX déploie en staging', 'Quel service déployer en staging', 'billing', /Déployé/],
    ['en', '@NOX deploy to staging', 'Which service should go to staging', 'user-api', /Deployed/],
  ])(
    'asks for what is missing with a menu, and goes on in the same message (%s)',
    async (_, text, question, choice, done) => {
      const { ts } = sandbox().say(bob, text)
      const asked = await sandbox().answer(ts, new RegExp(question))
      await sandbox().known(ts)
      const block = (asked.blocks as readonly { block_id: string; elements?: { action_id: string }[] }[]).find((each) =>
        each.block_id.startsWith('menu '),
      )
      const option = { text: { type: 'plain_text', text: choice }, value: choice }
      await slack().press(societeX, bob, {
        source: { kind: 'message', channel: asked.channel, ts: asked.ts },
        block_id: block?.block_id ?? '',
        action_id: block?.elements?.[0]?.action_id ?? '',
        element: { type: 'static_select', selected_option: option },
      })
      const ended = await sandbox().answer(ts, done)
      expect(ended.ts).toBe(asked.ts)
      expect(sandbox().thread(ts)).toHaveLength(1)
    },
  )

  it('offers a menu of more than a hundred to the one who was asked, searched as they type', async () => {
    const tenantId = (await sandbox().nox.storage.installations.tenantOf(societeX)) ?? ''
    const { catalogue } = sandbox().nox.storage
    const [first] = await catalogue.services(tenantId)
    if (!first) throw new Error('no service')
    for (let n = 0; n < 120; n += 1) {
      await catalogue.saveService({ ...first, id: `many-${n}`, name: `many-${n}`, aliases: [] })
    }
    sandbox().nox.services.knowledge.drop(tenantId)
    try {
      const { ts } = sandbox().say(bob, '@NOX déploie en staging')
      const asked = await sandbox().answer(ts, /Quel service/)
      const block = (
        asked.blocks as readonly { block_id: string; elements?: { type: string; action_id: string }[] }[]
      ).find((each) => each.block_id.startsWith('menu '))
      expect(block?.elements?.[0]?.type).toBe('external_select')
      const source = { kind: 'message', channel: asked.channel, ts: asked.ts } as const
      const ask = { source, block_id: block?.block_id ?? '', action_id: block?.elements?.[0]?.action_id ?? '' }
      const found = JSON.stringify(await slack().suggest(societeX, bob, { ...ask, value: 'many-11' }))
      expect(found).toContain('many-119')
      expect(found).not.toContain('many-12"')
      expect(await slack().suggest(societeX, alice, { ...ask, value: 'many-11' })).toEqual([])
    } finally {
      for (let n = 0; n < 120; n += 1) await catalogue.removeService(tenantId, `many-${n}`)
      sandbox().nox.services.knowledge.drop(tenantId)
    }
  })
})

function never(): never {
  throw new Error('nothing was written')
}
