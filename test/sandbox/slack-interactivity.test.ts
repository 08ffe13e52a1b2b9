import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SlackDouble } from '../../src/sandbox/slack/index.ts'
import type { Message } from '../../src/sandbox/slack/model.ts'
import { type BoltApp, client, failure, startBolt, startDouble } from '../helpers/bolt-on-double.ts'
import { showsRulesOfSlack } from '../helpers/rules-of-slack.ts'

showsRulesOfSlack(import.meta.filename)

const team = 'T0SOCIETEX'
const bob = 'U0BOB'
const plain = (text: string) => ({ type: 'plain_text' as const, text })
const title = plain('Title')
const note = { type: 'section' as const, text: plain('note') }
const modal = (more: object = {}) => ({ type: 'modal' as const, title, blocks: [note], callback_id: 'cb', ...more })
const nameInput = {
  type: 'input' as const,
  block_id: 'name',
  label: plain('Name'),
  element: { type: 'plain_text_input' as const, action_id: 'v', min_length: 2 },
}
const form = modal({ blocks: [nameInput], submit: plain('Save'), private_metadata: 'secret', notify_on_close: true })

let double: SlackDouble
let bolt: BoltApp
const got: { name: string; body: Record<string, unknown> }[] = []
let response: unknown

beforeAll(async () => {
  double = await startDouble({
    ackTimeoutMs: 300,
    shortcuts: [
      { callback_id: 'ask', name: 'Ask NOX' },
      { callback_id: 'anywhere', name: 'Open NOX', type: 'global' },
    ],
  })
  bolt = await startBolt(double)
  await double.install(team, 'U0ALICE')
  const keep = (name: string, body: object) => got.push({ name, body: body as Record<string, unknown> })
  const { app } = bolt
  app.action('open', async ({ ack, body, client: web }) => {
    await ack()
    keep('open', body)
    await web.views.open({ trigger_id: (body as { trigger_id: string }).trigger_id, view: form })
  })
  app.action('push', async ({ ack, body, client: web }) => {
    await ack()
    keep('push', body)
    await web.views.push({ trigger_id: (body as { trigger_id: string }).trigger_id, view: modal() }).catch((error) => {
      response = error.data.error
    })
  })
  app.action('choose', async ({ ack, body, respond }) => {
    await ack()
    keep('choose', body)
    await respond({ text: 'chosen', response_type: 'ephemeral', replace_original: false })
  })
  app.action('replace', async ({ ack, respond }) => {
    await ack()
    await respond({ text: 'replaced', replace_original: true })
  })
  app.action('slow', async () => {
    await new Promise((resolve) => setTimeout(resolve, 400))
  })
  app.options('find', async ({ ack, body }) => {
    keep('find', body)
    await ack({ options: [{ text: plain(`found ${body.value}`), value: '1' }] })
  })
  app.view('cb', async ({ ack, body }) => {
    keep('submission', body)
    await ack(response as never)
  })
  app.view({ callback_id: 'cb', type: 'view_closed' }, async ({ ack, body }) => {
    await ack()
    keep('closed', body)
  })
  app.shortcut('anywhere', async ({ ack, body }) => {
    await ack()
    keep('global', body)
  })
  app.shortcut('ask', async ({ ack, body }) => {
    await ack()
    keep('shortcut', body)
  })
  app.command('/nox', async ({ ack, body, respond }) => {
    keep('command', body)
    await ack(body.text === 'help' ? { text: 'help', response_type: 'ephemeral' } : undefined)
    if (body.text === 'publish') await respond({ text: 'published', response_type: 'in_channel' })
  })
})
beforeEach(async () => {
  for (const view of [...double.views(bob)].reverse()) await double.closeView(team, bob, view.id)
  got.length = 0
  response = undefined
})
afterAll(async () => {
  await double.close()
  await bolt.close()
})

const web = () => client(double, double.installation(team)?.token ?? '')
const post = async (...elements: object[]): Promise<Message> => {
  const { ts } = await web().chat.postMessage({
    channel: 'C0DEVOPS',
    text: 'press',
    blocks: [{ type: 'actions', block_id: 'row', elements: elements as [] }],
  })
  return double.messages('C0DEVOPS').find((message) => message.ts === ts) ?? fail()
}
const button = (actionId: string) => ({ type: 'button', action_id: actionId, text: plain('Go'), value: 'true value' })
const press = (message: Message, actionId: string, element: Record<string, unknown> = { type: 'button' }) =>
  double.press(team, bob, {
    source: { kind: 'message', channel: message.channel, ts: message.ts },
    block_id: 'row',
    action_id: actionId,
    element,
  })
const lastTrigger = (of: SlackDouble) => {
  const request = of.traces.findLast((trace) => trace.name === '/nox')?.request as { trigger_id: string } | undefined
  return request?.trigger_id ?? fail()
}
const fail = (): never => {
  throw new Error('missing')
}

describe('buttons and menus', () => {
  it('sends what the message holds, never what the page claims', async () => {
    const message = await post(button('open'))
    await press(message, 'open', { type: 'button', value: 'forged' })
    expect(got[0]?.body).toMatchObject({
      type: 'block_actions',
      user: { id: bob, team_id: team },
      channel: { id: 'C0DEVOPS', name: 'devops' },
      message: { ts: message.ts, text: 'press' },
      container: { type: 'message', message_ts: message.ts, channel_id: 'C0DEVOPS', is_ephemeral: false },
      actions: [{ type: 'button', action_id: 'open', block_id: 'row', value: 'true value' }],
    })
    await expect(press(message, 'elsewhere')).rejects.toThrow('action_not_found')
    await expect(double.press(team, 'U0LEA', {} as never)).rejects.toThrow('user_not_found')
  })

  it('lets options of the menu through alone, and keeps the state of all menus', async () => {
    const options = ['a', 'b'].map((value) => ({ text: plain(value), value }))
    const menu = { type: 'static_select', action_id: 'choose', options }
    const other = { type: 'static_select', action_id: 'other', options, initial_option: options[1] }
    const message = await post(menu, other)
    await press(message, 'choose', { selected_option: { value: 'b' } })
    expect(got[0]?.body).toMatchObject({
      actions: [{ type: 'static_select', selected_option: options[1] }],
      state: { values: { row: { choose: { selected_option: null }, other: { selected_option: options[1] } } } },
    })
    await expect(press(message, 'choose', { selected_option: { value: 'z' } })).rejects.toThrow('option_not_found')
    const answer = double.messages('C0DEVOPS').at(-1)
    expect(answer).toMatchObject({ text: 'chosen', onlyFor: bob })
  })

  it('replaces the message through its response_url, an ephemeral one too', async () => {
    const message = await post(button('replace'))
    await press(message, 'replace')
    expect(message).toMatchObject({ text: 'replaced', blocks: [] })
    const { message_ts: ts } = await web().chat.postEphemeral({
      channel: 'C0DEVOPS',
      user: bob,
      text: 'x',
      blocks: [{ type: 'actions', block_id: 'row', elements: [button('replace') as never] }],
    })
    const whisper = double.messages('C0DEVOPS').find((each) => each.ts === ts) ?? fail()
    await press(whisper, 'replace')
    expect(whisper).toMatchObject({ text: 'replaced', onlyFor: bob })
    const other = { source: { kind: 'message' as const, channel: 'C0DEVOPS', ts: ts as string } }
    const byCarol = double.press(team, 'U0CAROL', { ...other, block_id: 'row', action_id: 'replace', element: {} })
    await expect(byCarol).rejects.toThrow('message_not_found')
  })

  it('gives up after the time to acknowledge', async () => {
    await expect(press(await post(button('slow')), 'slow')).rejects.toThrow('timeout')
  })

  it('asks for the options of an external menu', async () => {
    const message = await post({ type: 'external_select', action_id: 'find', min_query_length: 1 })
    const source = { kind: 'message' as const, channel: message.channel, ts: message.ts }
    const options = await double.suggest(team, bob, { source, block_id: 'row', action_id: 'find', value: 'us' })
    expect(options).toEqual([{ text: plain('found us'), value: '1' }])
    expect(got[0]?.body).toMatchObject({ type: 'block_suggestion', action_id: 'find', block_id: 'row', value: 'us' })
  })
})

describe('response_url', () => {
  it('works five times and for half an hour', async () => {
    await double.slash(team, bob, '#devops', '/nox', 'quiet')
    const url = got[0]?.body.response_url as string
    const send = (body: unknown) => fetch(url, { method: 'POST', body: JSON.stringify(body) })
    expect((await send({ text: '' })).status).toBe(400)
    for (let use = 2; use <= 5; use += 1) expect((await send({ text: `${use}` })).status).toBe(200)
    const sixth = await send({ text: '6' })
    expect([sixth.status, await sixth.json()]).toEqual([404, { ok: false, error: 'used_url' }])
    expect((await fetch(`${double.url}/response/none`, { method: 'POST', body: '{}' })).status).toBe(404)
  })
})

describe('modals', () => {
  const open = async () => {
    await press(await post(button('open')), 'open')
    return double.waitForView(bob)
  }

  it('checks fields as the client does before it sends anything', async () => {
    const view = await open()
    const empty = await double.submitView(team, bob, view.id, {})
    expect(empty).toEqual({ errors: { name: 'Please complete this required field.' } })
    const short = await double.submitView(team, bob, view.id, { name: { v: { value: 'x' } } })
    expect(short.errors?.name).toContain('at least 2')
    expect(got.filter(({ name }) => name === 'submission')).toEqual([])
  })

  it('submits and closes', async () => {
    const view = await open()
    expect(await double.submitView(team, bob, view.id, { name: { v: { value: 'prod' } } })).toEqual({})
    expect(got.at(-1)?.body).toMatchObject({
      type: 'view_submission',
      view: {
        id: view.id,
        callback_id: 'cb',
        private_metadata: 'secret',
        state: { values: { name: { v: { type: 'plain_text_input', value: 'prod' } } } },
      },
    })
    expect(double.views(bob)).toEqual([])
    await expect(double.submitView(team, bob, view.id, {})).rejects.toThrow('view_not_found')
    expect((await failure(web().views.update({ view_id: view.id, view: modal() }))).error).toBe('not_found')
  })

  it('shows errors of fields that exist, and warns about others', async () => {
    const view = await open()
    const values = { name: { v: { value: 'prod' } } }
    response = { response_action: 'errors', errors: { name: 'taken' } }
    expect(await double.submitView(team, bob, view.id, values)).toEqual({ errors: { name: 'taken' } })
    response = { response_action: 'errors', errors: { nowhere: 'x' } }
    await expect(double.submitView(team, bob, view.id, values)).rejects.toThrow('dispatch_failed')
    response = { response_action: 'update', view: modal({ title: plain('x'.repeat(25)) }) }
    await expect(double.submitView(team, bob, view.id, values)).rejects.toThrow('dispatch_failed')
    expect(double.views(bob)).toHaveLength(1)
  })

  it('updates, pushes up to three, and clears', async () => {
    const view = await open()
    const values = { name: { v: { value: 'prod' } } }
    response = { response_action: 'update', view: { ...form, title: plain('Again') } }
    expect((await double.submitView(team, bob, view.id, values)).view).toMatchObject({ id: view.id })
    response = { response_action: 'push', view: form }
    const second = (await double.submitView(team, bob, view.id, values)).view?.id ?? fail()
    const third = (await double.submitView(team, bob, second, values)).view?.id ?? fail()
    expect(double.views(bob).map((each) => [each.rootId, each.previousId])).toEqual([
      [view.id, null],
      [view.id, view.id],
      [view.id, second],
    ])
    await expect(double.submitView(team, bob, third, values)).rejects.toThrow('dispatch_failed')
    response = { response_action: 'clear' }
    expect(await double.submitView(team, bob, third, values)).toEqual({ clear: true })
    expect(double.views(bob)).toEqual([])
  })

  it('refuses a fourth modal and a push from outside of a modal', async () => {
    await press(await post(button('push')), 'push')
    expect(response).toBe('invalid_trigger_id')
    response = undefined
    const row = { type: 'actions', block_id: 'row', elements: [button('push')] }
    await open()
    const [view] = double.views(bob)
    await web().views.update({ view_id: view?.id ?? '', view: modal({ blocks: [row] }) })
    const pushFrom = (id: string) =>
      double.press(team, bob, {
        source: { kind: 'view', view_id: id },
        block_id: 'row',
        action_id: 'push',
        element: {},
      })
    for (const depth of [2, 3]) {
      await pushFrom(double.views(bob).at(-1)?.id ?? '')
      expect(double.views(bob)).toHaveLength(depth)
      await web().views.update({ view_id: double.views(bob).at(-1)?.id ?? '', view: modal({ blocks: [row] }) })
    }
    await pushFrom(double.views(bob).at(-1)?.id ?? '')
    expect(response).toBe('push_limit_reached')
  })

  it('tells of a closed modal that asked for it', async () => {
    const view = await open()
    await double.closeView(team, bob, view.id)
    expect(got.at(-1)).toMatchObject({ name: 'closed', body: { is_cleared: false, view: { id: view.id } } })
  })

  it('takes a trigger once and for three seconds', async () => {
    let now = Date.now()
    const other = await startDouble({ noxUrl: bolt.url, now: () => now })
    const app = client(other, other.grant(team, 'U0ALICE', ['commands']).token)
    await other.slash(team, bob, '#devops', '/nox', 'x').catch(() => {})
    const trigger = () => lastTrigger(other)
    expect((await app.views.open({ trigger_id: trigger(), view: modal() })).view?.id).toMatch(/^V/)
    expect((await failure(app.views.open({ trigger_id: trigger(), view: modal() }))).error).toBe('exchanged_trigger_id')
    await other.slash(team, bob, '#devops', '/nox', 'x').catch(() => {})
    const late = trigger()
    now += 3001
    expect((await failure(app.views.open({ trigger_id: late, view: modal() }))).error).toBe('expired_trigger_id')
    expect((await failure(app.views.open({ trigger_id: 'x', view: modal() }))).error).toBe('invalid_trigger_id')
    await other.close()
  })
})

describe('Home tabs', () => {
  it('is published for a person and guards against lost updates by its hash', async () => {
    const home = (text: string) => ({ type: 'home' as const, blocks: [{ ...note, text: plain(text) }] })
    expect(double.openHome(team, bob)).toBeNull()
    const first = await web().views.publish({ user_id: bob, view: home('one') })
    const hash = first.view?.hash as string
    const second = await web().views.publish({ user_id: bob, view: home('two'), hash })
    expect(second.view?.id).toBe(first.view?.id)
    expect((await failure(web().views.publish({ user_id: bob, view: home('three'), hash }))).error).toBe(
      'hash_conflict',
    )
    expect(double.openHome(team, bob)?.view).toMatchObject({ blocks: [{ text: { text: 'two' } }] })
    expect((await failure(web().views.publish({ user_id: 'U0NO', view: home('x') }))).error).toBe('invalid_arguments')
  })

  it('keeps external ids unique', async () => {
    const home = { type: 'home' as const, blocks: [note], external_id: 'mine' }
    await web().views.publish({ user_id: bob, view: home })
    expect((await failure(web().views.publish({ user_id: 'U0CAROL', view: home }))).error).toBe('duplicate_external_id')
    expect((await web().views.update({ external_id: 'mine', view: { ...home, blocks: [] } })).view?.blocks).toEqual([])
  })
})

describe('shortcuts and slash commands', () => {
  it('sends a global shortcut without a message or an address for answers', async () => {
    await double.globalShortcut(team, bob, 'anywhere')
    const { body } = got.filter(({ name }) => name === 'global').at(-1) ?? { body: {} }
    expect(body).toMatchObject({ type: 'shortcut', callback_id: 'anywhere', user: { id: bob } })
    expect(body).not.toHaveProperty('response_url')
    await expect(double.globalShortcut(team, bob, 'ask')).rejects.toThrow('shortcut_not_found')
    await expect(double.shortcut(team, bob, 'anywhere', '#devops', '1.000001')).rejects.toThrow('shortcut_not_found')
  })

  it('sends a message shortcut with its message', async () => {
    const { ts } = double.say(team, 'U0CAROL', '#devops', 'why does it fail?')
    await double.shortcut(team, bob, 'ask', '#devops', ts)
    expect(got[0]?.body).toMatchObject({
      type: 'message_action',
      callback_id: 'ask',
      message_ts: ts,
      message: { text: 'why does it fail?', user: 'U0CAROL' },
    })
    await expect(double.shortcut(team, bob, 'other', '#devops', ts)).rejects.toThrow('shortcut_not_found')
  })

  it('sends a slash command and shows its answers', async () => {
    await double.slash(team, bob, '#devops', '/nox', 'help')
    expect(got[0]?.body).toMatchObject({
      command: '/nox',
      text: 'help',
      user_id: bob,
      user_name: 'bob',
      channel_id: 'C0DEVOPS',
      channel_name: 'devops',
      team_id: team,
      is_enterprise_install: 'false',
    })
    expect(double.messages('C0DEVOPS').at(-1)).toMatchObject({ text: 'help', onlyFor: bob })
    await double.slash(team, bob, '#devops', '/nox', 'publish')
    expect(double.messages('C0DEVOPS').at(-1)).toMatchObject({ text: 'published', onlyFor: null })
    await expect(double.slash(team, bob, '#devops', '/other', '')).rejects.toThrow('command_not_found')
  })
})
