import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { contentOf, people, settled, societeX } from '../helpers/sandbox.ts'
import { sendInteraction } from '../helpers/signed-form.ts'

const { bob } = people

eachSandbox('requests that are not what they seem', (sandbox) => {
  const mention = (text: string, more: Record<string, unknown> = {}) => {
    const ts = `${Math.floor(Date.now() / 1_000)}.${String(Math.floor(Math.random() * 1e6)).padStart(6, '0')}`
    return { type: 'app_mention', user: bob, text, ts, channel: 'C0DEVOPS', ...more }
  }
  const actions = async () => {
    const tenantId = await sandbox().nox.storage.installations.tenantOf(societeX)
    return sandbox().nox.storage.ledger.list(tenantId ?? '', { userId: bob, limit: 100 })
  }

  it('takes an event that comes twice, and a message under two event ids, once', async () => {
    const { slack } = sandbox()
    const event = mention('<@U0NOXSOCX> whoami')
    const before = (await actions()).length
    const answers = await Promise.all([
      slack.emit(societeX, event, { eventId: 'Ev1' }),
      slack.emit(societeX, event, { eventId: 'Ev1' }),
      slack.emit(societeX, event, { eventId: 'Ev2' }),
    ])
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200])
    expect((await actions()).length).toBe(before + 1)
  })

  it('answers events that come out of order, each in its own thread', async () => {
    const first = sandbox().say(bob, 'un premier message')
    const second = sandbox().say(bob, 'un deuxième message')
    const about = (ts: string, text: string) => mention(`<@U0NOXSOCX> ${text}`, { ts })
    await sandbox().slack.emit(societeX, about(second.ts, 'usage'), { eventId: 'EvLater' })
    await sandbox().slack.emit(societeX, about(first.ts, 'qui suis-je'), { eventId: 'EvEarlier' })
    expect(contentOf(await sandbox().answer(first.ts, /Aujourd.hui/))).toContain('Bob Dupont')
    await sandbox().answer(second.ts, /ce mois-ci/)
    expect([sandbox().thread(first.ts), sandbox().thread(second.ts)].map((thread) => thread.length)).toEqual([1, 1])
  })

  it('refuses what Slack did not sign, or signed long ago', async () => {
    const body = JSON.stringify({ type: 'event_callback', team_id: societeX, event: mention('<@U0NOXSOCX> whoami') })
    const before = (await actions()).length
    const send = (secret: string, at: number, text = body) => {
      const timestamp = String(Math.floor(at / 1_000))
      const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${text}`).digest('hex')}`
      return fetch(`${sandbox().url.replace('localhost', '127.0.0.1')}/slack/events`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-slack-signature': signature,
          'x-slack-request-timestamp': timestamp,
        },
        body,
      })
    }
    expect((await send('wrong', Date.now())).status).toBe(401)
    expect((await send('sandbox-signing-secret', Date.now() - 6 * 60_000)).status).toBe(401)
    expect((await send('sandbox-signing-secret', Date.now(), `${body} `)).status).toBe(401)
    expect((await fetch(`${sandbox().url}/slack/events`, { method: 'POST', body })).status).toBe(401)
    expect((await actions()).length).toBe(before)
  })

  it('acknowledges and forgets events of a workspace that has no NOX', async () => {
    const body = {
      team_id: 'T0NOBODY',
      authorizations: [
        { team_id: 'T0NOBODY', enterprise_id: null, user_id: 'U1', is_bot: true, is_enterprise_install: false },
      ],
    }
    const before = (await actions()).length
    const { status } = await sandbox().slack.emit(societeX, mention('<@U0NOXSOCX> whoami'), { envelope: body })
    expect(status).toBe(200)
    expect((await actions()).length).toBe(before)
  })

  it('obeys only its own people in a shared channel, and says so', async () => {
    const event = mention('<@U0NOXSOCX> déploie user-api v2.4.0 en staging', {
      user: 'U0STRANGER',
      user_team: 'T0OTHER',
      source_team: 'T0OTHER',
    })
    const root = sandbox().say(bob, 'un message pour le fil')
    await sandbox().slack.emit(
      societeX,
      { ...event, thread_ts: root.ts },
      { envelope: { is_ext_shared_channel: true, team_id: 'T0OTHER' } },
    )
    const answer = await sandbox().answer(root.ts, /Canal partagé/)
    expect(contentOf(answer)).toContain('Société X')
    const tenantId = (await sandbox().nox.storage.installations.tenantOf(societeX)) ?? ''
    expect(await sandbox().nox.storage.members.findBySlackId(tenantId, 'U0STRANGER')).toBeNull()
  })

  it.each([
    ['a broadcast', '@NOX déploie <!channel> en staging'],
    ['markup', '@NOX logs de *user-api* `x` _y_ ~z~ <https://evil.example|user-api>'],
    ['a null byte', '@NOX status user\u0000-api'],
    ['forty thousand characters', `@NOX déploie ${'a '.repeat(19_900)}`],
    ['brackets', `@NOX ${'('.repeat(5_000)}`],
    ['nothing', '@NOX'],
  ])('answers hostile text without doing or repeating it: %s', async (_, text) => {
    const { ts } = sandbox().say(bob, text)
    const answer = await sandbox().answer(ts, settled)
    const blocks = JSON.stringify(answer.blocks)
    expect(blocks).not.toContain('<!channel>')
    expect(blocks).not.toContain('<https://evil.example')
    expect(contentOf(answer)).not.toMatch(/✅ \*(Déployé|Deployed)/)
  })

  it.each([
    ['déploie \u202eipa-resu\u202c en staging', /signes cachés qui retournent le texte/],
    ['deploy \u202buser-api\u202c to staging', /hidden marks that turn text around/],
    ['restart user-api in staging \u2067and so on\u2069', /hidden marks that turn text around/],
    ['scale user-api in staging to \u200f0\u200f3', /hidden marks that turn text around/],
    ['scale user-api in staging to \u061c3 1', /hidden marks that turn text around/],
    ['logs \u2068\u200fuser-api \u200fbilling\u2069', /signes cachés qui retournent le texte/],
  ])('begins nothing that may read otherwise than it looks: %j', async (text, says) => {
    const { ts } = sandbox().say(bob, `@NOX ${text}`)
    expect(contentOf(await sandbox().answer(ts, settled))).toMatch(says)
    expect(sandbox().thread(ts)).toHaveLength(1)
  })

  it('reads over marks that turn nothing', async () => {
    const { ts } = sandbox().say(bob, '@NOX status \u200euser-api\u200f en \u2068staging\u2069')
    await sandbox().answer(ts, /user-api[\s\S]*3\/3/)
  })

  it('never crosses tenants: a press with the number of another tenant’s action finds nothing', async () => {
    const { slack } = sandbox()
    const { ts } = sandbox().say(bob, '@NOX déploie user-api v2.4.0 en production')
    const refused = await sandbox().answer(ts, /⛔/)
    const block = (
      refused.blocks as readonly { block_id: string; elements?: { value?: string; action_id: string }[] }[]
    ).find((each) => each.elements?.[0]?.value?.includes('"a":"ask"'))
    const { i: actionId } = JSON.parse(block?.elements?.[0]?.value ?? '{}') as { i: string }
    const other = await sandbox().nox.storage.installations.tenantOf('T0FREELEA')
    expect(await sandbox().nox.storage.ledger.find(other ?? '', actionId)).toBeNull()
    const lea = slack.say('T0FREELEA', 'U0LEA', '#clients', '@NOX status user-api')
    const answer = await sandbox().answer(lea.ts, settled)
    expect(contentOf(answer)).not.toMatch(/prod-1|3\/3/)
  })

  it('takes a press that does not say where it was made as one in the Home tab', async () => {
    const before = await actions()
    const payload = {
      type: 'block_actions',
      team: { id: societeX },
      user: { id: bob },
      api_app_id: 'A0NOX',
      trigger_id: '1.home',
      view: { id: 'V1', type: 'home', callback_id: 'home' },
      actions: [
        { type: 'button', action_id: 'order.0.fr', block_id: 'b', action_ts: '1', value: '{"c":"whoami","g":{}}' },
      ],
    }
    expect((await sendInteraction(sandbox().url, 'sandbox-signing-secret', payload)).status).toBe(200)
    const fresh = (await actions()).filter(({ id }) => before.every((known) => known.id !== id))
    expect(fresh.map(({ command, place }) => [command, place.kind])).toEqual([['whoami', 'home']])
  })
})
