import { expect, it, vi } from 'vitest'
import { githubToken } from '../../src/sandbox/seed-github.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { homeOf, pick, readable } from '../helpers/home.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'
import { sendInteraction } from '../helpers/signed-form.ts'
import { tenantIn } from '../helpers/tenant.ts'

const { alice, bob } = people
const freelance = 'T0FREELEA'
const lea = 'U0LEA'

eachSandbox('vendors in App Home', (sandbox) => {
  const { slack, storage, tenantId } = tenantIn(sandbox, freelance)
  const local = () => sandbox().url.replace('localhost', '127.0.0.1')
  const server = () => `${local()}/sandbox/github`
  const home = homeOf(sandbox, freelance)
  const plain = readable
  /** Uses a control of Home's tab of integrations. */
  const press = async (user: string, actionId: string, element?: Record<string, unknown>) => {
    await home.tab(user, 'integrations', new RegExp(`"${actionId}"`))
    await home.use(user, actionId, element)
  }
  const form = async (user: string, fits = /"input"/) =>
    slack().waitForView(user, (each) => fits.test(plain(each.json)))
  const submit = (user: string, viewId: string, fields: Record<string, string>) => home.submit(user, viewId, fields)
  const told = async (user: string, fits: RegExp) => {
    const view = await slack().waitForView(user, (each) => fits.test(plain(each.json)), 8_000)
    return { id: view.id, text: plain(view.json) }
  }
  const audited = async (command: string, team = freelance) =>
    (await storage().audit.list(await tenantId(team), { command, limit: 1 }))[0]
  const github = async (team = freelance) =>
    (await storage().integrations.list(await tenantId(team))).find((each) => each.vendor === 'github')

  it('says what is missing in the thread, and connects from there', async () => {
    const { ts } = slack().say(freelance, lea, '#clients', '@NOX builds')
    const message = await slack().waitForMessage((each) => each.threadTs === ts && /GitHub/.test(contentOf(each)))
    expect(contentOf(message)).toMatch(/passe par GitHub, qui n’est pas connecté/)
    await sandbox().press(lea, message, 'Connecter GitHub', freelance)
    const view = await form(lea)
    expect(plain(view.json)).toMatch(/Clé privée de l’App/)
    await slack().closeView(freelance, lea, view.id)
  })

  it('refuses in the form what cannot be, and stores nothing of it', async () => {
    await press(lea, 'vendor.connect.github')
    const { id } = await form(lea)
    expect((await submit(lea, id, { token: '' })).errors).toHaveProperty('appId')
    expect((await submit(lea, id, { token: 'x', server: 'ftp://x' })).errors).toHaveProperty('server')
    expect((await submit(lea, id, { token: 'x', server: 'https://a:b@x.fr' })).errors).toHaveProperty('server')
    expect((await submit(lea, id, { token: 'x', people: 'nobody' })).errors).toHaveProperty('people')
    expect((await submit(lea, id, { token: 'x', newsOf: 'web' })).errors).toHaveProperty('newsOf')
    // A row says what it lacks where it lacks it.
    const row = (at: number, fields: Readonly<Record<string, string | readonly string[]>>) =>
      Object.fromEntries(Object.entries(fields).map(([name, value]) => [`moreNews.${at}.${name}`, value]))
    const clients = { selected_conversations: ['C0CLIENTS'] }
    const wrong = async (fields: Parameters<typeof home.submit>[2]) =>
      Object.keys((await home.submit(lea, id, { token: 'x', ...fields })).errors ?? {})
    expect(await wrong(row(0, { news: ['releases'] }))).toEqual(['moreNews.0.channel'])
    expect(await wrong({ 'moreNews.0.channel': clients })).toEqual(['moreNews.0.news'])
    expect(await wrong({ 'moreNews.0.channel': clients, ...row(0, { news: ['releases'], newsOf: 'web' }) })).toEqual([
      'moreNews.0.newsOf',
    ])
    await slack().closeView(freelance, lea, id)
    expect(await github()).toBeUndefined()
  })

  it.each([
    [
      'a token that GitHub does not know',
      () => ({ server: server(), token: 'ghp_wrong_one' }),
      /GitHub refuse cet accès/,
    ],
    ['the metadata of a cloud', () => ({ server: 'http://169.254.169.254', token: 'ghp_x' }), /adresses publiques/],
  ])('tells why it was not connected: %s', async (_, fields, why) => {
    await press(lea, 'vendor.connect.github')
    await submit(lea, (await form(lea)).id, fields())
    const view = await told(lea, /n’a pas été connecté/)
    expect(view.text).toMatch(why)
    expect(view.text).not.toContain('ghp_')
    expect(await audited('vendor.connect')).toMatchObject({ result: 'failed', actor: lea, resource: 'GitHub' })
    expect(await github()).toBeUndefined()
    await slack().closeView(freelance, lea, view.id)
  })

  it('connects with a real request, and the commands run at once', async () => {
    await press(lea, 'vendor.connect.github')
    await submit(lea, (await form(lea)).id, { server: server(), token: githubToken })
    const view = await told(lea, /est connecté/)
    expect(view.text).toMatch(/nox-societe-x/)
    expect(view.text).not.toContain(githubToken)
    await slack().closeView(freelance, lea, view.id)
    expect((await home.tab(lea, 'integrations', /vendor.menu.github/)).text).toMatch(/Connecté, vérifié/)
    const stored = JSON.stringify(await github())
    expect(stored).not.toContain(githubToken)
    expect(await audited('vendor.connect')).toMatchObject({ result: 'changed', actor: lea })
    const { ts } = slack().say(freelance, lea, '#clients', '@NOX builds')
    const missing = await slack().waitForMessage((each) => each.threadTs === ts && each.ts !== ts)
    expect(contentOf(missing)).toMatch(/demande un service du catalogue avec son dépôt/)
  })

  it('tests, and shows in Home since when a vendor does not answer', async () => {
    await press(lea, 'vendor.menu.github', pick('test'))
    await slack().closeView(freelance, lea, (await told(lea, /est connecté/)).id)
    sandbox().github.faults.push({ kind: 'status', status: 401 })
    await press(lea, 'vendor.menu.github', pick('test'))
    await slack().closeView(freelance, lea, (await told(lea, /ne reconnaît plus/)).id)
    sandbox().github.faults.splice(0)
    expect((await home.see(lea, /Accès refusé/)).text).toContain('GitHub')
    await press(lea, 'vendor.menu.github', pick('test'))
    await slack().closeView(freelance, lea, (await told(lea, /est connecté/)).id)
    await home.see(lea, /GitHub[^"]*Connecté, vérifié/)
  })

  it('keeps a secret that is not typed again, but sends it to no other address', async () => {
    await press(lea, 'vendor.menu.github', pick('edit'))
    const view = await form(lea)
    expect(plain(view.json)).not.toContain(githubToken)
    const moved = await submit(lea, view.id, { server: 'https://evil.example.com', token: '' })
    expect(moved.errors).toHaveProperty('token')
    expect(await submit(lea, view.id, { server: server(), token: '', people: 'Léa Moreau = lea' })).not.toHaveProperty(
      'errors',
    )
    await slack().closeView(freelance, lea, (await told(lea, /est connecté/)).id)
    expect((await github())?.settings).toMatchObject({ people: 'Léa Moreau = lea' })
  })

  it('tells more channels of other news, each by Slack’s own menu, and offers one more each time', async () => {
    const fields = async () => {
      await press(lea, 'vendor.menu.github', pick('edit'))
      const view = await form(lea)
      const { blocks } = view.json as { blocks: { block_id: string; element?: Record<string, unknown> }[] }
      return { view, at: (id: string) => blocks.find(({ block_id }) => block_id === id)?.element }
    }
    const first = await fields()
    expect(first.at('moreNews.0.channel')).toMatchObject({ type: 'multi_conversations_select' })
    expect(first.at('moreNews.1.channel')).toBeUndefined()
    await home.submit(lea, first.view.id, {
      server: server(),
      token: '',
      people: 'Léa Moreau = lea',
      'moreNews.0.channel': { selected_conversations: ['C0CLIENTS'] },
      'moreNews.0.news': ['builds-failed', 'releases'],
      'moreNews.0.newsOf': 'client-y/*',
      'moreNews.0.newsBranches': '',
    })
    await slack().closeView(freelance, lea, (await told(lea, /est connecté/)).id)
    await home.see(lea, /<#C0CLIENTS>[^"]*Builds échoués[^"]*client-y/)
    const again = await fields()
    expect(again.at('moreNews.0.channel')).toMatchObject({ initial_conversations: ['C0CLIENTS'] })
    expect(JSON.stringify(again.at('moreNews.0.news'))).toMatch(/"initial_options":.*builds-failed.*releases/)
    expect(again.at('moreNews.0.newsOf')).toMatchObject({ initial_value: 'client-y/*' })
    expect(again.at('moreNews.1.channel')).toMatchObject({ type: 'multi_conversations_select' })
    expect(again.at('moreNews.1.channel')).not.toHaveProperty('initial_conversations')
    await slack().closeView(freelance, lea, again.view.id)
  })

  it('tells the second of two who change one connection, and shows them the version of the first', async () => {
    const open = async () => {
      await press(lea, 'vendor.menu.github', pick('edit'))
      return form(lea)
    }
    const second = await open()
    await slack().closeView(freelance, lea, second.id)
    const first = await open()
    await submit(lea, first.id, { server: server(), token: '', people: 'Léa Moreau = first' })
    await slack().closeView(freelance, lea, (await told(lea, /est connecté/)).id)
    const metadata = (second.json as { private_metadata: string }).private_metadata
    const late = await home.forge(lea, 'vendor.save', metadata, { server: server(), token: '', people: 'X = late' })
    expect(late.text).toMatch(/Léa Moreau a modifié ceci.*la vôtre n’est pas enregistrée/)
    expect(late.text).toContain('Léa Moreau = first')
    expect((await github())?.settings).toMatchObject({ people: 'Léa Moreau = first' })
    expect((await audited('vendor.edit'))?.details).toMatchObject({ 'people.after': 'Léa Moreau = first' })
    // On the version that was shown it is taken; a form of before that, sent while the vendor was asked, is not.
    const shown = JSON.parse(late.text) as { view: { private_metadata: string } }
    const { version } = JSON.parse(shown.view.private_metadata) as { version: number }
    const change = { vendor: 'github', mode: 'edit', settings: { server: server() }, secrets: { token: githubToken } }
    const connect = (on: number) =>
      sandbox().nox.channel.vendors.connect(tenant, lea, { ...change, version: on } as never)
    const tenant = await tenantId()
    await connect(version)
    await expect(connect(version)).rejects.toThrow(/meanwhile/)
  })

  it('rotates a secret: the old one stays until the new one was accepted', async () => {
    await press(lea, 'vendor.menu.github', pick('rotate'))
    const first = await form(lea)
    expect(plain(first.json)).not.toContain('"server"')
    await submit(lea, first.id, { token: 'ghp_wrong_one' })
    await slack().closeView(freelance, lea, (await told(lea, /refuse cet accès/)).id)
    expect(await storage().integrations.secrets(await tenantId(), 'github')).toEqual({ token: githubToken })
    await press(lea, 'vendor.menu.github', pick('rotate'))
    await submit(lea, (await form(lea)).id, { token: githubToken })
    await slack().closeView(freelance, lea, (await told(lea, /est connecté/)).id)
    expect(await audited('vendor.rotate')).toMatchObject({ result: 'changed', actor: lea })
  })

  it('disconnects: the secrets are erased, and the commands say so', async () => {
    await press(lea, 'vendor.menu.github', pick('remove'))
    const { id } = await told(lea, /Déconnecter GitHub/)
    await slack().submitView(freelance, lea, id, {})
    await vi.waitFor(async () => expect(await github()).toBeUndefined(), 5_000)
    expect(await storage().integrations.secrets(await tenantId(), 'github')).toBeNull()
    expect(await audited('vendor.disconnect')).toMatchObject({ result: 'changed', actor: lea })
    const { ts } = slack().say(freelance, lea, '#clients', '@NOX mes prs')
    const message = await slack().waitForMessage((each) => each.threadTs === ts && each.ts !== ts)
    expect(contentOf(message)).toMatch(/n’est pas connecté/)
  })

  it('notices at work that access is refused, tells it once, and heals with the next success', async () => {
    const ownHome = homeOf(sandbox)
    const asked = async (fits: RegExp) => {
      const { ts } = slack().say(societeX, bob, '#devops', '@NOX montre les builds de user-api')
      await slack().waitForMessage((each) => each.threadTs === ts && each.ts !== ts && fits.test(contentOf(each)))
    }
    const health = async () => (await github(societeX))?.failingFor ?? (await github(societeX))?.failingSince
    const become = (stands: string | null) => expect.poll(health, { timeout: 8_000 }).toBe(stands)
    const shown = async (fits: RegExp) => {
      const line = (await ownHome.tab(alice, 'integrations', /vendor.menu.github/)).text
      expect(line).toMatch(fits)
    }
    sandbox().github.faults.push({ kind: 'status', status: 401 })
    await asked(/ne reconnaît plus/)
    await become('credentials')
    await shown(/GitHub[^"]*Accès refusé : [^"]*Renouvelez le secret/)
    await expect
      .poll(() => audited('vendor.health', societeX))
      .toMatchObject({
        result: 'failed',
        actor: 'nox',
        resource: 'GitHub',
      })
    const letter = /GitHub ne reconnaît plus l’accès de NOX\./
    const first = await slack().waitForMessage((each) => letter.test(contentOf(each)) && /^D/.test(each.channel))
    await asked(/ne reconnaît plus/)
    sandbox().github.faults.splice(0)
    await asked(/user-api/)
    await become(null)
    await shown(/GitHub[^"]*Connecté, vérifié/)
    await expect.poll(() => audited('vendor.health', societeX)).toMatchObject({ result: 'done' })
    const inbox = slack().messages(first.channel)
    expect(inbox.filter((each) => letter.test(contentOf(each)))).toHaveLength(1)
  })

  it('names what was done in the audit tab', async () => {
    const { text } = await home.tab(lea, 'audit')
    expect(text).toMatch(/renouveler un secret/)
    expect(text).not.toMatch(/vendor\.(connect|edit|rotate|test|disconnect) /)
  })

  it('refuses a forged form of someone who is no admin, and audits it', async () => {
    const before = await storage().integrations.secrets(await tenantId(societeX), 'github')
    const state = { values: { token: { token: { value: 'ghp_evil' } } } }
    const view = { id: 'V0', callback_id: 'vendor.save', private_metadata: '{"vendor":"github","mode":"connect"}' }
    const payload = {
      type: 'view_submission',
      team: { id: societeX, domain: 'x' },
      user: { id: bob, team_id: societeX },
      api_app_id: 'A0NOX',
      trigger_id: '1.2.3',
      view: { ...view, state, type: 'modal', team_id: societeX, app_id: 'A0NOX', blocks: [] },
      enterprise: null,
      is_enterprise_install: false,
    }
    const response = await sendInteraction(local(), 'sandbox-signing-secret', payload)
    expect(await response.json()).toMatchObject({ response_action: 'errors' })
    const remove = { ...payload, view: { ...payload.view, callback_id: 'vendor.remove' } }
    await sendInteraction(local(), 'sandbox-signing-secret', remove)
    expect(await storage().integrations.secrets(await tenantId(societeX), 'github')).toEqual(before)
    expect(await audited('vendor.connect', societeX)).toMatchObject({ result: 'refused', actor: bob })
    expect(await audited('vendor.disconnect', societeX)).toMatchObject({ result: 'refused', actor: bob })
    expect((await homeOf(sandbox).tab(bob, 'integrations')).text).not.toContain('vendor.')
    expect((await homeOf(sandbox).tab(alice, 'integrations')).text).toContain('vendor.menu.github')
  })

  it('lets no guest set anything up, whatever flags they carry', async () => {
    const tenant = await tenantId()
    const yann = 'U0YANN'
    slack().openHome(freelance, yann)
    await slack().waitForHome(yann)
    const known = await storage().members.findBySlackId(tenant, yann)
    if (!known) throw new Error('no Yann')
    const flags = { ...known.flags, canConfigureIntegrations: true }
    expect(known.role).toBe('guest')
    await storage().members.update({ ...known, flags })
    sandbox().nox.services.knowledge.drop(tenant)
    const before = await storage().integrations.secrets(tenant, 'github')
    const forge = (callback: string, metadata: object) =>
      home.forge(yann, callback, metadata, { token: 'ghp_evil', name: 'evil', kubeconfig: 'apiVersion: v1' })
    expect((await forge('vendor.save', { vendor: 'github', mode: 'connect' })).text).toMatch(/admin|Léa/i)
    expect(await audited('vendor.connect')).toMatchObject({ result: 'refused', actor: yann })
    await forge('vendor.remove', { vendor: 'github', mode: 'connect' })
    expect(await audited('vendor.disconnect')).toMatchObject({ result: 'refused', actor: yann })
    await forge('admin.cluster', { id: null })
    expect(await audited('cluster.connect')).toMatchObject({ result: 'refused', actor: yann })
    await forge('alerts.route', { id: '', version: 0, home: { tab: 'alerts' } })
    expect(await audited('alerts.route')).toMatchObject({ result: 'refused', actor: yann })
    expect(await storage().integrations.secrets(tenant, 'github')).toEqual(before)
    expect(await storage().catalogue.clusters(tenant)).not.toContainEqual(expect.objectContaining({ name: 'evil' }))
  })
})
