import { beforeAll, expect, it, vi } from 'vitest'
import { grafana } from '../alerts/payloads.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { channels, homeOf, pick, readable } from '../helpers/home.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'

const { alice, bob } = people
const incidents = 'C0INCIDENTS'

eachSandbox('the Alerts tab', (sandbox) => {
  const home = homeOf(sandbox)
  const slack = () => sandbox().slack
  const storage = () => sandbox().nox.storage
  let tenantId = ''
  beforeAll(async () => {
    tenantId = (await storage().installations.tenantOf(societeX)) ?? ''
    const { value, version } = await storage().alertSettings.read(tenantId)
    const { entry } = await import('../helpers/actions.ts')
    await storage().alertSettings.save(tenantId, { ...value, routes: [], rotas: [] }, version, entry({}))
  })
  const settings = async () => (await storage().alertSettings.read(tenantId)).value
  const nameOf = { name: 'tout', channel: channels(incidents), services: 'user-*' }

  it('takes a route, says what is wrong with one, and tests it', async () => {
    await home.tab(alice, 'alerts', /Ajouter une route/)
    const form = await home.form(alice, 'alerts.add.route')
    const wrong = await home.submit(alice, form.id, { name: 'tout', channel: channels(), labels: 'nonsense' })
    expect(Object.keys(wrong.errors ?? {}).sort()).toEqual(['channel', 'labels'])
    await home.submit(alice, form.id, nameOf)
    await vi.waitFor(async () =>
      expect((await settings()).routes).toMatchObject([{ name: 'tout', channel: incidents }]),
    )
    const [route] = (await settings()).routes
    const { text } = await home.see(alice, /tout[\s\S]{0,60}C0INCIDENTS/)
    expect(text).toMatch(/user-.* → <#C0INCIDENTS>/)
    await home.use(alice, `alerts.route.${route?.id}`, pick('test'))
    await slack().waitForMessage(
      (each) => each.channel === incidents && /Test de la route « tout »/.test(contentOf(each)),
      8_000,
    )
    const view = await slack().waitForView(alice, (each) => /arrivé/.test(readable(each.json)), 8_000)
    await slack().closeView(societeX, alice, view.id)
    const changing = await home.form(alice, `alerts.route.${route?.id}`, pick('edit'))
    const field = { type: 'multi_conversations_select', initial_conversations: [incidents], max_selected_items: 1 }
    expect(changing.json.blocks).toContainEqual(
      expect.objectContaining({ block_id: 'channel', element: expect.objectContaining(field) }),
    )
    home.close(alice, changing.id)
    const [record] = await storage().audit.list(tenantId, { command: 'alerts.route', limit: 1 })
    expect(record).toMatchObject({ actor: alice, result: 'changed', resource: 'tout' })
  })

  it('makes an address that alerts come in at, shown once, and closes it', async () => {
    await home.tab(alice, 'alerts', /alerts.hook.grafana/)
    const question = await home.form(alice, 'alerts.hook.grafana')
    await slack().submitView(societeX, alice, question.id, {})
    const shown = await slack().waitForView(alice, (each) => /\/hooks\//.test(readable(each.json)), 8_000)
    const url = /https?:[^"\\|>]*\/hooks\/[^"\\|>]+/.exec(readable(shown.json))?.[0] ?? ''
    const post = () => fetch(url.replace('localhost', '127.0.0.1'), { method: 'POST', body: JSON.stringify(grafana) })
    expect((await post()).status).toBe(202)
    await slack().waitForMessage(
      (each) => each.channel === incidents && /High memory usage/.test(contentOf(each)),
      10_000,
    )
    await slack().closeView(societeX, alice, shown.id)
    await home.tab(alice, 'alerts', /High memory usage[\s\S]*alerts.source.grafana/)
    const [record] = await storage().audit.list(tenantId, { command: 'alerts.hook', limit: 1 })
    expect(JSON.stringify(record)).not.toContain(url.split('/').at(-1))
    const closing = await home.form(alice, 'alerts.source.grafana', {
      type: 'overflow',
      selected_option: { text: { type: 'plain_text', text: 'close' }, value: 'close' },
    })
    await slack().submitView(societeX, alice, closing.id, {})
    await vi.waitFor(async () => expect(await storage().alertHooks.list(tenantId)).toEqual([]))
  })

  it('takes a rota that routes name, and what a member wants to be told', async () => {
    await home.tab(alice, 'alerts', /alerts.add.rota/)
    const rota = await home.form(alice, 'alerts.add.rota')
    const onDuty = (day: string) => ({ [day]: { [day]: { selected_users: [bob] } } })
    const values = { name: { name: { value: 'sre' } }, ...onDuty('day1'), ...onDuty('day2') }
    await slack().submitView(societeX, alice, rota.id, values)
    await vi.waitFor(async () =>
      expect((await settings()).rotas).toMatchObject([{ group: 'sre', week: [[bob], [bob], [], [], [], [], []] }]),
    )
    await home.tab(alice, 'alerts', /alerts.add.rota/)
    const empty = await home.form(alice, 'alerts.add.rota')
    const named = (value: string) => ({ name: { name: { value } } })
    expect(await slack().submitView(societeX, alice, empty.id, named('nobody'))).toMatchObject({
      errors: { day1: expect.stringContaining('groupe') },
    })
    await slack().submitView(societeX, alice, empty.id, named('seniors'))
    await vi.waitFor(async () => expect((await settings()).rotas).toHaveLength(2))
    expect((await home.tab(alice, 'alerts', /seniors/)).text).toContain('*seniors* · aujourd’hui : Carol')
    await home.tab(bob, 'alerts', /alerts.mine/)
    const mine = await home.form(bob, 'alerts.mine')
    await home.submit(bob, mine.id, { severities: ['critical'], services: 'user-api' })
    await vi.waitFor(async () =>
      expect((await settings()).subscriptions).toEqual([
        { userId: bob, severities: ['critical'], services: ['user-api'] },
      ]),
    )
  })

  it('shows a member no control, and takes no form of theirs', async () => {
    const { text } = await home.tab(bob, 'alerts', /Routes/)
    expect(text).not.toMatch(/alerts\.add|alerts\.hook|alerts\.route\./)
    const row = { id: '', version: 2, home: { tab: 'alerts' } }
    for (const part of ['route', 'rota', 'quiet']) {
      const { text: answer } = await home.forge(bob, `alerts.${part}`, row, { ...nameOf, name: 'mine' })
      expect(answer).not.toBe('')
    }
    await home.forge(bob, 'alerts.address.make', { id: 'grafana', version: 0, home: { tab: 'alerts' } }, {})
    expect((await settings()).routes.map(({ name }) => name)).toEqual(['tout'])
    expect(await storage().alertHooks.list(tenantId)).toEqual([])
    const refused = await storage().audit.list(tenantId, { actor: bob, result: 'refused', limit: 10 })
    expect(refused.map(({ command }) => command).sort()).toEqual([
      'alerts.hook',
      'alerts.quiet',
      'alerts.rota',
      'alerts.route',
    ])
  })
})
