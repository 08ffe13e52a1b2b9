import { createHmac } from 'node:crypto'
import { beforeAll, expect, it } from 'vitest'
import type { Vendor } from '../../src/domain/integration.ts'
import { actionLabel } from '../../src/integrations/jira/create.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { homeOf } from '../helpers/home.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'

const { bob } = people
const secret = 'a-secret-of-the-webhook'
const incidents = 'C0INCIDENTS'

eachSandbox('webhooks', (sandbox) => {
  const local = () => sandbox().url.replace('localhost', '127.0.0.1')
  const storage = () => sandbox().nox.storage
  let tenantId = ''
  const configure = async (vendor: Vendor, settings: Record<string, string>, secrets: Record<string, string>) => {
    const [known] = (await storage().integrations.list(tenantId)).filter((each) => each.vendor === vendor)
    const before = await storage().integrations.secrets(tenantId, vendor)
    if (!known) throw new Error(`${vendor} is not connected`)
    const integration = { ...known, settings: { ...known.settings, ...settings } }
    await storage().integrations.save(integration, { ...before, ...secrets })
    sandbox().nox.services.knowledge.drop(tenantId)
  }
  beforeAll(async () => {
    tenantId = (await storage().installations.tenantOf(societeX)) ?? ''
    const news = 'builds-failed,pulls-merged,releases'
    const channel = `https://societe-x.slack.com/archives/${incidents}`
    await configure('github', { channel, news, newsOf: 'societe-x/user-api, societe-x/web' }, { webhookSecret: secret })
    await configure('jira', {}, { webhookSecret: secret })
  })
  let deliveries = 0
  const send = async (
    vendor: string,
    headers: Record<string, string>,
    payload: unknown,
    over: { secret?: string; tenantId?: string; body?: string } = {},
  ) => {
    deliveries += 1
    const body = over.body ?? JSON.stringify(payload)
    const signature = `sha256=${createHmac('sha256', over.secret ?? secret)
      .update(body)
      .digest('hex')}`
    const own = {
      'x-hub-signature-256': signature,
      'x-hub-signature': signature,
      'x-github-delivery': `d${deliveries}`,
    }
    const response = await fetch(`${local()}/webhooks/${vendor}/${over.tenantId ?? tenantId}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...own, ...headers },
      body,
    })
    return response.status
  }
  const told = () => sandbox().slack.messages(incidents).map(contentOf)
  const run = (over: object = {}) => ({
    action: 'completed',
    repository: { full_name: 'societe-x/user-api' },
    workflow_run: {
      id: 40_299,
      name: 'CI',
      display_title: 'Break <!channel> *it*',
      head_branch: 'main',
      conclusion: 'failure',
      html_url: 'https://github.com/societe-x/user-api/actions/runs/40299',
      triggering_actor: { login: 'bob-dupont' },
      ...over,
    },
  })
  const event = (name: string) => ({ 'x-github-event': name })

  it('tells a failed build in the channel that an admin chose, with a way to run it again', async () => {
    expect(await send('github', event('workflow_run'), run())).toBe(202)
    const [message] = told().slice(-1)
    expect(message).toMatch(/❌ \*Build échoué :\*/)
    expect(message).toContain('Relancer')
    expect(message).not.toContain('<!channel>')
  })

  it('tells a delivery once, however often it is sent', async () => {
    const before = told().length
    const payload = run({ id: 40_300 })
    expect(await send('github', event('workflow_run'), payload)).toBe(202)
    // The signature covers the body alone: a delivery that is caught and sent under another id is the same one.
    for (const id of ['another', 'one-more']) {
      expect(await send('github', { ...event('workflow_run'), 'x-github-delivery': id }, payload)).toBe(202)
    }
    expect(told()).toHaveLength(before + 1)
  })

  it('tells nothing that happened before what it remembers: a delivery that somebody kept', async () => {
    const before = told().length
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()
    expect(await send('github', event('workflow_run'), run({ updated_at: daysAgo(4) }))).toBe(204)
    expect(told()).toHaveLength(before)
    expect(await send('github', event('workflow_run'), run({ updated_at: daysAgo(1) }))).toBe(202)
    expect(told()).toHaveLength(before + 1)
  })

  it('hides no address behind a label, and rings nobody, whatever a title or a link says', async () => {
    const hostile = run({
      display_title: '<https://evil.example|user-api> <@U0ALICE> @everyone',
      html_url: 'https://github.com/x|<!channel>',
      head_branch: '`<!here>`',
      triggering_actor: { login: '<!subteam^S1>' },
    })
    expect(await send('github', event('workflow_run'), hostile)).toBe(202)
    const [message = ''] = told().slice(-1)
    expect(message).not.toMatch(/<!(channel|here|subteam)|<@U0ALICE>|<https:\/\/evil[^>]*\|/)
  })

  it.each([
    ['a passed build', event('workflow_run'), () => run({ conclusion: 'success' })],
    ['a build that begins', event('workflow_run'), () => ({ ...run(), action: 'requested' })],
    ['another repository', event('workflow_run'), () => ({ ...run(), repository: { full_name: 'societe-x/billing' } })],
    ['a ping', event('ping'), () => ({ zen: 'Keep it simple' })],
    [
      'a pull request that was closed',
      event('pull_request'),
      () => ({ action: 'closed', pull_request: { merged: false } }),
    ],
    ['something unknown', event('moon_landing'), () => ({ action: 'completed' })],
  ])('says nothing of what nobody asked for: %s', async (_, headers, payload) => {
    const before = told().length
    expect(await send('github', headers, payload())).toBe(204)
    expect(told()).toHaveLength(before)
  })

  it('tells merged pull requests and releases', async () => {
    const repository = { full_name: 'societe-x/web' }
    const pull = { number: 7, title: 'Menus', html_url: 'https://github.com/x', merged: true, user: { login: 'carol' } }
    expect(await send('github', event('pull_request'), { action: 'closed', repository, pull_request: pull })).toBe(202)
    const release = { tag_name: 'v2.4.1', name: null, html_url: 'https://github.com/r', author: { login: 'carol' } }
    expect(await send('github', event('release'), { action: 'published', repository, release })).toBe(202)
    expect(told().slice(-2).join('\n')).toMatch(/fusionnée[\s\S]*#7 Menus[\s\S]*Release publiée[\s\S]*v2\.4\.1/)
  })

  it('tells several channels, each what its rule says, once', async () => {
    const devops = sandbox().slack.channelId(societeX, '#devops')
    const moreNews = `${devops} = Builds échoués, merged pull requests; societe-x/*; release/*, main\n${incidents} = releases`
    await configure('github', { moreNews }, {})
    const heard = () =>
      [incidents, devops].map(
        (each) =>
          sandbox()
            .slack.messages(each)
            .filter((message) => /rule-\d/.test(contentOf(message))).length,
      )
    const failed = (title: string, repository: string, head_branch: string) => ({
      ...run({ display_title: title, head_branch }),
      repository: { full_name: repository },
    })
    const send1 = failed('rule-1', 'societe-x/user-api', 'release/2')
    expect(await send('github', event('workflow_run'), send1)).toBe(202)
    expect(await send('github', event('workflow_run'), send1)).toBe(202)
    expect(heard()).toEqual([1, 1])
    expect(await send('github', event('workflow_run'), failed('rule-2', 'societe-x/billing', 'main'))).toBe(202)
    expect(heard()).toEqual([1, 2])
    expect(await send('github', event('workflow_run'), failed('rule-3', 'societe-x/billing', 'feature/x'))).toBe(204)
    expect(await send('github', event('workflow_run'), failed('rule-4', 'societe-xy/billing', 'main'))).toBe(204)
    const pull = { number: 8, title: 'rule-5', html_url: 'https://github.com/x', merged: true, base: { ref: 'old' } }
    const merged = { action: 'closed', repository: { full_name: 'societe-x/billing' }, pull_request: pull }
    expect(await send('github', event('pull_request'), merged)).toBe(204)
    expect(heard()).toEqual([1, 2])
    const shown = (await homeOf(sandbox).tab(people.alice, 'integrations', /vendor.menu.github/)).text
    expect(shown).toMatch(
      /#C0DEVOPS[^\\]*Builds échoués, Pull requests fusionnées · `societe-x\/\*` · `release\/\*, main`/,
    )
  })

  it('refuses a forged delivery, one without a signature, and one for another tenant', async () => {
    const before = told().length
    const lea = (await storage().installations.tenantOf('T0FREELEA')) ?? ''
    expect(await send('github', event('workflow_run'), run(), { secret: 'another' })).toBe(401)
    expect(await send('github', { ...event('workflow_run'), 'x-hub-signature-256': 'sha256=00' }, run())).toBe(401)
    expect(await send('github', { ...event('workflow_run'), 'x-hub-signature-256': '' }, run())).toBe(401)
    expect(await send('jira', { 'x-hub-signature': 'sha256=00' }, {})).toBe(401)
    expect(await send('github', event('workflow_run'), run(), { tenantId: lea })).toBe(404)
    expect(await send('github', event('workflow_run'), run(), { tenantId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' })).toBe(404)
    expect(await send('notion', {}, {})).toBe(404)
    expect(await send('nobody', {}, {})).toBe(404)
    expect(told()).toHaveLength(before)
  })

  it('bears what is no JSON, too long, or no POST', async () => {
    expect(await send('github', event('workflow_run'), null, { body: 'not json' })).toBe(204)
    expect(await send('github', event('workflow_run'), null, { body: 'null' })).toBe(204)
    const issue = { key: 'OPS-1', fields: { summary: 'x', status: { name: 'Done' } } }
    const changed = { webhookEvent: 'jira:issue_updated', issue, changelog: { items: [null] } }
    expect(await send('jira', {}, changed)).toBe(422)
    const long = send('github', event('workflow_run'), null, { body: 'x'.repeat(3_000_000) })
    expect(await long.catch(() => 413)).toBe(413)
    expect((await fetch(`${local()}/webhooks/github/${tenantId}`)).status).toBe(405)
    expect((await fetch(`${local()}/webhooks/github/..%2f`, { method: 'POST' })).status).toBe(404)
  })

  it('takes what a data center delivers, whose people have a name and a key, or are nobody', async () => {
    const { ts } = sandbox().say(bob, '@NOX crée un ticket : un statut de data center')
    const key = /OPS-\d+/.exec(contentOf(await sandbox().answer(ts, /Ticket créé/)))?.[0] ?? ''
    const made = sandbox().jira.world.issues.find((each) => each.key === key)
    const self = 'https://jira.acme.fr/jira/rest/api/2'
    const person = {
      self: `${self}/user?username=carol`,
      name: 'carol',
      key: 'JIRAUSER10103',
      emailAddress: 'carol@acme.fr',
      avatarUrls: { '16x16': `${self}/avatar` },
      displayName: 'Carol Nguyen',
      active: true,
      timeZone: 'Europe/Paris',
    }
    const change = (from: string, to: string, user: unknown) => ({
      timestamp: Date.now(),
      webhookEvent: 'jira:issue_updated',
      issue_event_type_name: 'issue_generic',
      user,
      issue: {
        id: '10200',
        self: `${self}/issue/10200`,
        key,
        fields: {
          summary: made?.summary,
          description: 'C:&#92;temp \\*x\\*',
          labels: made?.labels,
          status: { self: `${self}/status/3`, name: to, id: '3', statusCategory: { id: 4, key: 'indeterminate' } },
          assignee: person,
          customfield_10000: null,
        },
      },
      changelog: {
        id: '10400',
        items: [{ field: 'status', fieldtype: 'jira', from: '10000', fromString: from, to: '3', toString: to }],
      },
    })
    expect(await send('jira', {}, change('À faire', 'En cours', person))).toBe(202)
    await sandbox().answer(ts, /À faire → En cours · Carol Nguyen/)
    expect(await send('jira', {}, change('En cours', 'En revue', null))).toBe(202)
    await sandbox().answer(ts, /En cours → En revue · Jira/)
  })

  it('tells a change of status in the thread that the ticket came from', async () => {
    const { ts } = sandbox().say(bob, '@NOX crée un ticket : un statut à suivre')
    const made = contentOf(await sandbox().answer(ts, /Ticket créé/))
    const key = /OPS-\d+/.exec(made)?.[0] ?? ''
    const issue = sandbox().jira.world.issues.find((each) => each.key === key)
    const change = (id: string, after: string, category: string) => ({
      webhookEvent: 'jira:issue_updated',
      user: { displayName: 'Carol Nguyen' },
      issue: {
        key,
        fields: { summary: issue?.summary, labels: issue?.labels, status: { statusCategory: { key: category } } },
      },
      changelog: { id, items: [{ field: 'status', fromString: 'À faire', toString: after }] },
    })
    expect(await send('jira', {}, change('1', 'En cours', 'indeterminate'))).toBe(202)
    expect(contentOf(await sandbox().answer(ts, /À faire → En cours · Carol Nguyen/))).toContain(key)
    expect(await send('jira', {}, change('2', 'Terminé', 'done'))).toBe(202)
    await sandbox().answer(ts, /✅ \*Ticket fermé :\*/)
    // Another tenant with the same secret: the same delivery tells nothing there, and uses nothing up here.
    const lea = (await storage().installations.tenantOf('T0FREELEA')) ?? ''
    const [known] = (await storage().integrations.list(tenantId)).filter((each) => each.vendor === 'jira')
    if (!known) throw new Error('jira is not connected')
    await storage().integrations.save({ ...known, tenantId: lea }, { token: 'x', webhookSecret: secret })
    sandbox().nox.services.knowledge.drop(lea)
    const shared = change('6', 'En revue', 'indeterminate')
    expect(await send('jira', {}, shared, { tenantId: lea })).toBe(204)
    expect(await send('jira', {}, shared)).toBe(202)
    await sandbox().answer(ts, /À faire → En revue/)
    const other = change('3', 'Terminé', 'done')
    other.issue.fields.labels = [actionLabel('01ARZ3NDEKTSV4RRFFQ69G5FAV')]
    expect(await send('jira', {}, other)).toBe(204)
    const forged = change('4', 'Terminé', 'done')
    forged.issue.key = '../../evil|<!channel>'
    expect(await send('jira', {}, forged)).toBe(204)
    const kept = { ...change('5', 'En cours', 'indeterminate'), timestamp: Date.now() - 4 * 86_400_000 }
    expect(await send('jira', {}, kept)).toBe(204)
    other.issue.fields.labels = ['unrelated']
    expect(await send('jira', {}, other)).toBe(204)
  })
})
