import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SlackDouble } from '../../src/sandbox/slack/index.ts'
import { type BoltApp, botScopes, client, failure, startBolt, startDouble, until } from '../helpers/bolt-on-double.ts'
import { showsRulesOfSlack } from '../helpers/rules-of-slack.ts'
import { startTestSandbox, type TestSandbox } from '../helpers/sandbox.ts'

showsRulesOfSlack(import.meta.filename)

const company = 'T0SOCIETEX'
const freelance = 'T0FREELEA'
const shared = 'C0EXTLEA'

describe('a channel that two companies share', () => {
  let double: SlackDouble
  let bolt: BoltApp
  const seen: { event: Record<string, unknown>; body: Record<string, unknown>; teamId: string | undefined }[] = []
  const presses: Record<string, unknown>[] = []

  beforeAll(async () => {
    double = await startDouble()
    bolt = await startBolt(double)
    await double.install(company, 'U0ALICE')
    bolt.app.event('app_mention', async ({ event, body, context }) => {
      seen.push({ event: { ...event }, body: { ...body }, teamId: context.teamId })
    })
    bolt.app.action('ok', async ({ ack, body, context, respond }) => {
      presses.push({ ...body, authorised: context.teamId })
      await ack()
      await respond({ text: 'pressed', response_type: 'ephemeral' })
    })
  })
  afterAll(async () => {
    await double.close()
    await bolt.close()
  })
  const web = () => client(double, String(double.installation(company)?.token))

  it("names the writer's company, and authorises the installation that was mentioned", async () => {
    double.say(freelance, 'U0LEA', shared, '@NOX (Société X) status')
    const { ts } = double.messages(shared).at(-1) ?? { ts: '' }
    expect(double.messages(shared).at(-1)?.text).toBe('<@U0NOXSOCX> status')
    await until(() => seen.length === 1)
    expect(seen[0]?.body).toMatchObject({
      team_id: freelance,
      context_team_id: company,
      is_ext_shared_channel: true,
      authorizations: [{ team_id: company, user_id: 'U0NOXSOCX' }],
    })
    expect(seen[0]?.event).toMatchObject({
      user: 'U0LEA',
      user_team: freelance,
      source_team: freelance,
      team: freelance,
      ts,
    })
    expect(seen[0]?.teamId).toBe(company)
  })

  it('is read and written with the token of either company', async () => {
    const { channel } = await web().conversations.info({ channel: shared })
    expect(channel).toMatchObject({ is_ext_shared: true, connected_team_ids: [freelance], context_team_id: company })
    const other = client(double, double.grant(freelance, 'U0LEA', botScopes).token)
    const { message } = await other.chat.postMessage({ channel: shared, text: 'from the other side' })
    expect(message).toMatchObject({ user: 'U0NOXLEA', team: freelance })
    expect((await failure(other.chat.postMessage({ channel: 'C0DEVOPS', text: 'x' }))).error).toBe('channel_not_found')
    expect(
      (await failure(other.chat.update({ channel: shared, ts: double.messages(shared)[0]?.ts ?? '', text: 'x' })))
        .error,
    ).toBe('cant_update_message')
  })

  it('shows a stranger of the channel, without an address, and no other', async () => {
    expect((await web().users.info({ user: 'U0LEA' })).user).toMatchObject({ id: 'U0LEA', is_stranger: true })
    expect((await failure(web().users.info({ user: 'U0YANN' }))).error).toBe('user_not_found')
    expect((await web().users.list({})).members?.map(({ id }) => id)).not.toContain('U0LEA')
  })

  it('sends a press of a guest to the company whose app wrote the message', async () => {
    const button = { type: 'button', action_id: 'ok', text: { type: 'plain_text', text: 'OK' } } as const
    const { ts } = await web().chat.postMessage({
      channel: shared,
      text: 'OK?',
      blocks: [{ type: 'actions', block_id: 'b', elements: [button] }],
    })
    const source = { kind: 'message', channel: shared, ts: String(ts) } as const
    await double.press(freelance, 'U0LEA', { source, block_id: 'b', action_id: 'ok', element: { type: 'button' } })
    expect(presses).toMatchObject([
      { team: { id: company }, user: { id: 'U0LEA', team_id: freelance }, authorised: company },
    ])
    await until(() => double.messages(shared).some((message) => message.onlyFor === 'U0LEA'))
  })
})

describe('NOX in a shared channel', () => {
  let sandbox: TestSandbox
  beforeAll(async () => {
    sandbox = await startTestSandbox()
  })
  afterAll(() => sandbox?.stop())

  it('answers each company by its own tenant, and does nothing of one for people of the other', async () => {
    const { slack } = sandbox
    const own = slack.say(company, 'U0CAROL', shared, '@NOX whoami')
    const answer = await sandbox.answer(own.ts, /Carol Nguyen/)
    expect(answer.user).toBe('U0NOXSOCX')
    const lea = slack.say(freelance, 'U0LEA', shared, '@NOX whoami')
    expect((await sandbox.answer(lea.ts, /Léa Moreau/)).user).toBe('U0NOXLEA')
    const foreign = slack.say(freelance, 'U0LEA', shared, '@NOX (Société X) déploie user-api v2.4.0 en staging')
    const refusal = await sandbox.answer(foreign.ts, /./)
    expect(refusal.user).toBe('U0NOXSOCX')
    expect(JSON.stringify(refusal.blocks)).not.toMatch(/Déployé|En cours/)
    expect(sandbox.thread(foreign.ts, shared)).toHaveLength(1)
  })

  it('takes no press of people of the other company, whatever the button does', async () => {
    const { slack, nox } = sandbox
    const tenantId = (await nox.storage.installations.tenantOf(company)) ?? ''
    const own = slack.say(company, 'U0CAROL', shared, '@NOX déploie user-api v2.4.0')
    const question = await sandbox.answer(own.ts, /environnement/i)
    const before = await nox.storage.ledger.list(tenantId, { limit: 100 })
    const elements = (question.blocks as readonly { block_id: string; elements?: Record<string, unknown>[] }[]).flatMap(
      ({ block_id, elements = [] }) =>
        elements.filter(({ action_id: id }) => id !== undefined).map((element) => ({ block_id, element })),
    )
    expect(elements.length).toBeGreaterThan(0)
    for (const { block_id, element } of elements) {
      const [option] = (element.options ?? []) as readonly unknown[]
      await slack.press(freelance, 'U0LEA', {
        source: { kind: 'message', channel: shared, ts: question.ts },
        block_id,
        action_id: String(element.action_id),
        element: option ? { type: 'static_select', selected_option: option } : { type: 'button', value: element.value },
      })
    }
    await slack.waitForMessage((message) => message.onlyFor === 'U0LEA' && /Société X/.test(JSON.stringify(message)))
    expect(await nox.storage.members.findBySlackId(tenantId, 'U0LEA')).toBeNull()
    expect((await nox.storage.ledger.list(tenantId, { limit: 100 })).length).toBe(before.length)
    const [record] = await nox.storage.audit.list(tenantId, { limit: 1 })
    expect(record).toMatchObject({ actor: 'U0LEA', result: 'refused', details: { rule: 'outsider' } })
  })

  it('gives no order of a button for people of the other company', async () => {
    const { slack, nox } = sandbox
    const tenantId = (await nox.storage.installations.tenantOf(company)) ?? ''
    const own = slack.say(company, 'U0CAROL', shared, '@NOX il fait beau')
    const answer = await sandbox.answer(own.ts, /./)
    await sandbox.press('U0LEA', answer, 'Aide', freelance)
    await slack.waitForMessage((message) => message.onlyFor === 'U0LEA' && message.threadTs === own.ts)
    expect(await nox.storage.members.findBySlackId(tenantId, 'U0LEA')).toBeNull()
    expect(sandbox.thread(own.ts, shared).filter(({ onlyFor }) => !onlyFor)).toHaveLength(1)
  })
})
