import { expect, it } from 'vitest'
import { githubToken } from '../../src/sandbox/seed-github.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { begunWith, named, startSilentServer } from '../helpers/form-again.ts'
import { channels, homeOf, pick, readable } from '../helpers/home.ts'
import { contentOf, people } from '../helpers/sandbox.ts'
import { tenantIn } from '../helpers/tenant.ts'

const freelance = 'T0FREELEA'
const lea = 'U0LEA'
const { alice } = people
const wrong = 'ghp_wrong0one7391secret'

eachSandbox('a vendor that failed its test', (sandbox) => {
  const { slack, storage, tenantId } = tenantIn(sandbox, freelance)
  const home = homeOf(sandbox, freelance)
  const server = () => `${sandbox().url.replace('localhost', '127.0.0.1')}/sandbox/github`
  const openForm = async (actionId = 'vendor.connect.github', element?: Record<string, unknown>) => {
    await home.tab(lea, 'integrations', new RegExp(`"${actionId}"`))
    return home.form(lea, actionId, element)
  }
  const shown = (fits: RegExp, user = lea) => slack().waitForView(user, ({ json }) => fits.test(readable(json)))
  const github = async () =>
    (await storage().integrations.list(await tenantId())).find((each) => each.vendor === 'github')
  const news = {
    channel: ['C0CLIENTS'],
    news: ['builds-failed', 'releases'],
    newsOf: 'client-y/*',
    newsBranches: 'main, release/',
    'moreNews.0.channel': ['C0CLIENTS'],
    'moreNews.0.news': ['pulls-merged'],
    'moreNews.0.newsOf': 'client-x/*',
    people: 'Léa Moreau = lea',
  }
  const picked = {
    ...news,
    channel: channels('C0CLIENTS'),
    'moreNews.0.channel': channels('C0CLIENTS'),
  }

  it('is shown again with all that is no secret, to be corrected and tested', async () => {
    await home.submit(lea, (await openForm()).id, { ...picked, server: server(), token: wrong, webhookSecret: wrong })
    const failed = await shown(/n’a pas été connecté/)
    expect(begunWith(failed.json)).toMatchObject({ ...news, server: server(), token: '', webhookSecret: '' })
    expect(readable(failed.json)).toMatch(/À saisir de nouveau[^"]*Token[^"]*webhook/)
    expect(JSON.stringify(failed.json)).not.toContain(wrong)
    // What is wrong now is said at the field that it is of.
    const again = { ...picked, server: server(), token: githubToken }
    const problem = await home.submit(lea, failed.id, named(failed.json, { ...again, people: 'nobody' }))
    expect(problem.errors).toEqual({ [Object.keys(named(failed.json, { people: '' }))[0] ?? '']: expect.any(String) })
    await home.submit(lea, failed.id, named(failed.json, again))
    await home.close(lea, (await shown(/est connecté/)).id)
    expect((await github())?.settings).toMatchObject({ server: server(), people: news.people, newsOf: news.newsOf })
  })

  it('keeps what was changed of a connection, and leaves the connection as it is', async () => {
    const before = await storage().integrations.secrets(await tenantId(), 'github')
    const { id, json } = await openForm('vendor.menu.github', pick('edit'))
    const changed = { people: 'Bob Dupont = bob', newsBranches: '', token: wrong }
    await home.submit(lea, id, { ...named(json, { ...picked, server: server() }), ...changed })
    const failed = await shown(/n’a pas été connecté/)
    expect(begunWith(failed.json)).toMatchObject({ people: changed.people, newsBranches: '', token: '' })
    expect(readable(failed.json)).toMatch(/À saisir de nouveau[^"]*Token/)
    await home.close(lea, failed.id)
    expect(await storage().integrations.secrets(await tenantId(), 'github')).toEqual(before)
    expect((await github())?.settings.people).toBe(news.people)
  })

  it('asks for the secret alone again where a secret was rotated', async () => {
    await home.submit(lea, (await openForm('vendor.menu.github', pick('rotate'))).id, { token: wrong })
    const failed = await shown(/n’a pas été connecté/)
    expect(Object.keys(begunWith(failed.json))).toEqual(['token', 'privateKey', 'webhookSecret'])
    await home.submit(lea, failed.id, named(failed.json, { token: githubToken }))
    await home.close(lea, (await shown(/est connecté/)).id)
  })

  it('is told to who closed the modal meanwhile, with a button that opens the form as it was filled in', async () => {
    const jira = await startSilentServer()
    const fields = { url: jira.url, email: '', project: 'OPS', people: 'Léa Moreau = 5b10', token: wrong }
    try {
      const { id } = await openForm('vendor.connect.jira')
      await home.submit(lea, id, { ...fields, edition: 'datacenter' }, ['edition'])
      await jira.asked
      await home.close(lea, id)
      jira.refuse()
      const told = await slack().waitForMessage((message) => /Pas connecté.*Jira/.test(contentOf(message)))
      expect(told.channel).toMatch(/^D/)
      expect(JSON.stringify(told)).not.toContain(wrong)
      expect(contentOf(told)).toMatch(/ne reconnaît plus/)
      await sandbox().press(lea, told, 'Corriger et retester', freelance)
      const view = await shown(/5b10/)
      const { token: _, ...plain } = fields
      expect(begunWith(view.json)).toMatchObject({ ...plain, edition: 'datacenter', token: '' })
      expect(readable(view.json)).toMatch(/À saisir de nouveau/)
      expect(JSON.stringify(view.json)).not.toContain(wrong)
      await home.close(lea, view.id)
    } finally {
      jira.stop()
    }
  })

  it('writes over nothing that others connected since the button was sent', async () => {
    const notion = await startSilentServer()
    try {
      const { id } = await openForm('vendor.connect.notion')
      await home.submit(lea, id, { url: notion.url, token: wrong })
      await notion.asked
      await home.close(lea, id)
      notion.refuse()
    } finally {
      notion.stop()
    }
    const told = await slack().waitForMessage((message) => /Pas connecté.*Notion/.test(contentOf(message)))
    const others = { vendor: 'notion', settings: { url: 'https://others.example.com' }, account: 'x' } as const
    const when = { connectedAt: 1, checkedAt: 1, failingSince: null }
    await storage().integrations.save({ tenantId: await tenantId(), ...others, ...when }, { token: 'others-token' })
    await sandbox().press(lea, told, 'Corriger et retester', freelance)
    const view = await shown(/À saisir de nouveau/)
    expect(begunWith(view.json)).toMatchObject({ url: notion.url, token: '' })
    await home.submit(lea, view.id, named(view.json, { url: notion.url, token: wrong }))
    const late = await shown(/n’est pas enregistrée/)
    expect(begunWith(late.json)).toMatchObject({ url: others.settings.url })
    await home.close(lea, late.id)
    expect(await storage().integrations.secrets(await tenantId(), 'notion')).toEqual({ token: 'others-token' })
  })

  it('says of a connection that is tested alone how it does, without a form', async () => {
    const own = homeOf(sandbox)
    await own.tab(alice, 'integrations', /"vendor.menu.github"/)
    sandbox().github.faults.push({ kind: 'status', status: 401 })
    await own.use(alice, 'vendor.menu.github', pick('test'))
    const view = await shown(/ne reconnaît plus/, alice)
    sandbox().github.faults.splice(0)
    expect(readable(view.json)).toMatch(/GitHub ne va pas bien/)
    expect(begunWith(view.json)).toEqual({})
    await own.close(alice, view.id)
  })
})
