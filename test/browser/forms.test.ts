import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ModalView } from '@slack/types'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createPage } from '../../src/sandbox/page/index.ts'
import { createSlackDouble, type SlackDouble } from '../../src/sandbox/slack/index.ts'
import { type BoltApp, secrets, startBolt } from '../helpers/bolt-on-double.ts'
import { complaintsOf, openBrowser } from '../helpers/browser.ts'

const team = 'T0SOCIETEX'
const plain = (text: string) => ({ type: 'plain_text', text }) as const
const option = (text: string, value = text) => ({ text: plain(text), value })
const input = (id: string, label: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id: id,
  label: plain(label),
  element: { action_id: 'a', ...element },
  ...more,
})

/** A form with every kind of input. */
const form = {
  type: 'modal',
  callback_id: 'form',
  title: plain('Everything'),
  submit: plain('Send'),
  close: plain('Leave'),
  blocks: [
    input('text', 'Text', { type: 'plain_text_input', min_length: 2 }, { hint: plain('Two letters at least.') }),
    input('long', 'Long', { type: 'plain_text_input', multiline: true }, { optional: true }),
    input('email', 'Email', { type: 'email_text_input' }),
    input('url', 'Address', { type: 'url_text_input' }),
    input('number', 'Number', { type: 'number_input', is_decimal_allowed: false }),
    input('rich', 'Rich', { type: 'rich_text_input' }),
    input('static', 'Static', { type: 'static_select', options: [option('red'), option('blue')] }),
    input('multi', 'Multi', { type: 'multi_static_select', options: [option('one'), option('two'), option('three')] }),
    input('external', 'External', { type: 'external_select', min_query_length: 0 }),
    input('user', 'Person', { type: 'users_select' }),
    input('channel', 'Channel', { type: 'channels_select' }),
    input('radio', 'Radio', { type: 'radio_buttons', options: [option('left'), option('right')] }),
    input('checks', 'Checks', { type: 'checkboxes', options: [option('salt'), option('pepper')] }),
    input('date', 'Day', { type: 'datepicker', initial_date: '2026-11-20' }),
    input('time', 'Hour', { type: 'timepicker' }),
    input('moment', 'Moment', { type: 'datetimepicker', initial_date_time: 1_795_000_000 }),
    input('file', 'File', { type: 'file_input', max_files: 2 }),
  ],
} as unknown as ModalView

describe('forms and blocks of any app in the page', { retry: 1 }, () => {
  let double: SlackDouble
  let bolt: BoltApp
  let server: Server
  let browser: Browser
  let page: Page
  const submitted: Record<string, Record<string, Record<string, unknown>>>[] = []
  const actions: Record<string, unknown>[] = []
  let complaints: string[]

  beforeAll(async () => {
    double = createSlackDouble({ rateLimits: false, ...secrets })
    const assets = createPage()
    server = createServer((request, response) => {
      const path = (request.url ?? '/').split('?')[0] ?? '/'
      if (assets.handles(path)) assets.requestListener(request, response)
      else double.requestListener(request, response)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    double.setPublicUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    bolt = await startBolt(double)
    await double.install(team, 'U0ALICE')
    bolt.app.command('/nox', async ({ ack, client, command }) => {
      await ack()
      await client.views.open({ trigger_id: command.trigger_id, view: form })
    })
    bolt.app.options('a', async ({ ack, payload }) => {
      await ack({
        options: ['alpha', 'beta'].filter((name) => name.includes(payload.value)).map((name) => option(name)),
      })
    })
    bolt.app.view('form', async ({ ack, view }) => {
      const { values } = view.state as never as { values: (typeof submitted)[number] }
      if (values.text?.a?.value === 'taken')
        return ack({ response_action: 'errors', errors: { text: 'Taken already.' } })
      submitted.push(values)
      await ack({
        response_action: 'push',
        view: {
          type: 'modal',
          title: plain('Sure?'),
          callback_id: 'sure',
          submit: plain('Yes'),
          blocks: [{ type: 'section', text: plain('Sure?') }],
        },
      })
    })
    bolt.app.view('sure', async ({ ack }) => ack({ response_action: 'clear' }))
    bolt.app.action(/.*/, async ({ ack, action }) => {
      actions.push({ ...action })
      await ack()
    })
    browser = await openBrowser()
    page = await browser.newPage({
      viewport: { width: 1280, height: 900 },
      locale: 'en-GB',
      timezoneId: 'Europe/Paris',
    })
    complaints = complaintsOf(page)
    await page.goto(`${double.url}/#${team}/U0BOB/C0DEVOPS`)
    await page.locator('main textarea').waitFor()
  })
  beforeEach(() => {
    actions.length = 0
  })
  afterAll(async () => {
    await browser?.close()
    await double?.close()
    await bolt?.close()
    await new Promise((resolve) => server.close(resolve))
  })

  const dialog = () => page.getByRole('dialog', { name: 'Everything' })
  const choose = async (label: string, name: string) => {
    await dialog().getByLabel(label, { exact: true }).click()
    await dialog().getByRole('option', { name }).click()
  }

  it('fills a form with every kind of input', async () => {
    await page.locator('main textarea').fill('/nox form')
    await page.locator('main textarea').press('Enter')
    await dialog().waitFor()
    await dialog().getByLabel('Text', { exact: true }).fill('taken')
    await dialog().getByLabel('Email').fill('bob@x.example')
    await dialog().getByLabel('Address').fill('https://x.example/')
    await dialog().getByLabel('Number').fill('42')
    await dialog().getByLabel('Rich').fill('in words')
    await choose('Static', 'blue')
    await choose('Multi', 'one')
    await dialog().getByRole('option', { name: 'three' }).click()
    await page.keyboard.press('Escape')
    await dialog().getByLabel('External', { exact: true }).click()
    await page.keyboard.type('bet')
    await dialog().getByRole('option', { name: 'beta' }).click()
    await choose('Person', 'Carol Nguyen')
    await choose('Channel', '#devops')
    await dialog().getByRole('radio', { name: 'right' }).check()
    await dialog().getByRole('checkbox', { name: 'pepper' }).check()
    await dialog().getByLabel('Day', { exact: true }).click()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await dialog().getByLabel('Hour').fill('09:30')
    await dialog()
      .getByLabel('File')
      .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') })
    await dialog().getByText('a.txt').waitFor()
    await dialog().getByRole('button', { name: 'Send' }).click()
    await dialog().getByRole('alert').getByText('Taken already.').waitFor()
    expect(
      await dialog()
        .getByLabel('Text', { exact: true })
        .evaluate((each) => each === document.activeElement),
    ).toBe(true)
    expect(submitted).toEqual([])
    await dialog().getByLabel('Text', { exact: true }).fill('free')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('dialog', { name: 'Sure?' }).waitFor()
    const values = Object.fromEntries(Object.entries(submitted[0] ?? {}).map(([id, group]) => [id, group.a]))
    expect(values).toMatchObject({
      text: { type: 'plain_text_input', value: 'free' },
      long: { value: null },
      email: { value: 'bob@x.example' },
      url: { value: 'https://x.example/' },
      number: { value: '42' },
      rich: { rich_text_value: { type: 'rich_text' } },
      static: { selected_option: option('blue') },
      multi: { selected_options: [option('one'), option('three')] },
      external: { selected_option: option('beta') },
      user: { selected_user: 'U0CAROL' },
      channel: { selected_channel: 'C0DEVOPS' },
      radio: { selected_option: option('right') },
      checks: { selected_options: [option('pepper')] },
      date: { selected_date: '2026-11-28' },
      time: { selected_time: '09:30' },
      moment: { selected_date_time: 1_795_000_000 },
      file: { files: [{ name: 'a.txt' }] },
    })
  })

  it('stacks modals: back to the first with what was typed, then all closed', async () => {
    await page.getByRole('dialog', { name: 'Sure?' }).getByRole('button', { name: 'Back' }).first().click()
    await dialog().waitFor()
    await expect.poll(() => dialog().getByLabel('Text', { exact: true }).inputValue()).toBe('free')
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
    await page.locator('main textarea').fill('/nox form')
    await page.locator('main textarea').press('Enter')
    await dialog().getByRole('button', { name: 'Send' }).click()
    await dialog().getByRole('alert').first().waitFor()
    await expect.poll(() => dialog().getByRole('alert').count()).toBeGreaterThan(5)
    // A button that is disabled while a form is sent takes the focus with it: keys must still reach the form.
    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
  })

  it('shows a streamed plan as it grows, and takes feedback', async () => {
    const { client } = bolt.app
    const token = String(double.installation(team)?.token)
    const { ts: thread_ts } = double.say(team, 'U0BOB', '#devops', 'what happened?')
    await page.getByRole('log').getByText('what happened?').hover()
    await page
      .getByRole('article')
      .filter({ hasText: 'what happened?' })
      .getByRole('button', { name: 'Reply in thread' })
      .click()
    const place = { token, channel: 'C0DEVOPS', thread_ts }
    const { ts } = await client.chat.startStream({
      ...place,
      recipient_team_id: team,
      recipient_user_id: 'U0BOB',
      task_display_mode: 'plan',
    })
    const mine = { token, channel: 'C0DEVOPS', ts: String(ts) }
    const task = { type: 'task_update', id: '1', title: 'Read the logs' } as const
    await client.chat.appendStream({
      ...mine,
      chunks: [
        { type: 'plan_update', title: 'Looking into it' },
        { ...task, status: 'in_progress' },
      ],
    })
    const thread = page.getByRole('complementary', { name: 'Thread' })
    await thread.getByRole('button', { name: 'Looking into it' }).waitFor()
    await thread.getByRole('listitem').filter({ hasText: 'in progress' }).waitFor()
    await client.chat.appendStream({
      ...mine,
      chunks: [
        { ...task, status: 'complete' },
        { type: 'markdown_text', text: 'It was **DNS**.' },
      ],
    })
    await thread.getByRole('listitem').filter({ hasText: 'done' }).waitFor()
    await expect.poll(() => thread.locator('b', { hasText: 'DNS' }).count()).toBe(1)
    const feedback = {
      type: 'feedback_buttons',
      action_id: 'rate',
      positive_button: { text: plain('Good'), value: 'good' },
      negative_button: { text: plain('Bad'), value: 'bad' },
    } as const
    await client.chat.stopStream({ ...mine, blocks: [{ type: 'context_actions', elements: [feedback] }] })
    await thread.getByRole('button', { name: 'Good' }).click()
    await expect.poll(() => actions).toMatchObject([{ type: 'feedback_buttons', action_id: 'rate', value: 'good' }])
  })

  it('shows what the app is doing, and lets one stop it', async () => {
    const stopped: Record<string, unknown>[] = []
    bolt.app.event('agent_session_stopped' as never, async ({ event }) => void stopped.push({ ...(event as object) }))
    const thread_ts = String(new URL(page.url()).hash.split('/')[3])
    const token = String(double.installation(team)?.token)
    const status = { token, channel_id: 'C0DEVOPS', thread_ts, title: 'NOX is deploying user-api…' }
    await bolt.app.client.apiCall('agents.sessions.setStatus', { ...status, status: 'processing' })
    const thread = page.getByRole('complementary', { name: 'Thread' })
    await thread.getByText('NOX is deploying user-api…').waitFor()
    await thread.getByRole('button', { name: 'Stop' }).click()
    await expect.poll(() => stopped).toMatchObject([{ user: 'U0BOB', channel: 'C0DEVOPS', thread_ts }])
    await bolt.app.client.apiCall('agents.sessions.setStatus', { ...status, status: 'active' })
    await thread.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' })
  })

  it('sends what is chosen in a message at once', async () => {
    const elements = [
      { type: 'datepicker', action_id: 'day' },
      { type: 'multi_static_select', action_id: 'many', options: [option('one'), option('two')] },
      { type: 'users_select', action_id: 'who' },
      { type: 'overflow', action_id: 'more', options: [option('Edit'), option('Delete')] },
      { type: 'checkboxes', action_id: 'checks', options: [option('salt'), option('pepper')] },
    ] as never[]
    const token = String(double.installation(team)?.token)
    await bolt.app.client.chat.postMessage({
      token,
      channel: 'C0DEVOPS',
      text: 'choose',
      blocks: [{ type: 'actions', elements }],
    })
    const message = page.getByRole('main').getByRole('article').last()
    await message.getByRole('checkbox', { name: 'salt' }).check()
    await message.getByRole('button', { name: 'More actions' }).first().click()
    await message.getByRole('option', { name: 'Delete' }).click()
    await message.getByRole('button', { name: 'Choose', exact: true }).nth(1).click()
    await message.getByRole('option', { name: 'Hugo Roche' }).click()
    await expect
      .poll(() => actions)
      .toMatchObject([
        { action_id: 'checks', selected_options: [option('salt')] },
        { action_id: 'more', selected_option: option('Delete') },
        { action_id: 'who', selected_user: 'U0HUGO' },
      ])
  })

  it('never said a word to the console', () => {
    expect(complaints).toEqual([])
  })

  it('keeps what is being written when the server goes away, and goes on when it is back', async () => {
    const { port } = server.address() as AddressInfo
    await page.locator('main textarea').fill('a draft')
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await page
      .getByRole('alert')
      .getByText(/NOX is not answering/)
      .waitFor()
    await page.locator('main textarea').press('Enter')
    await page.getByRole('button', { name: 'Not sent. Try again' }).waitFor()
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    await page.getByRole('button', { name: 'Retry now' }).click()
    await page
      .getByRole('alert')
      .getByText(/NOX is not answering/)
      .waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Not sent. Try again' }).click()
    await expect.poll(() => double.messages('C0DEVOPS').at(-1)?.text).toBe('a draft')
  })
})
