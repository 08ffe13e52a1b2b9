import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createOwnerBinding } from '../../src/request/administration/bind-owners.ts'
import { createGithubDouble } from '../../src/sandbox/github/index.ts'
import { githubToken } from '../../src/sandbox/seed-github.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { seed } from '../helpers/github.ts'
import { channels, homeOf, pick, readable } from '../helpers/home.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'

const freelance = 'T0FREELEA'
const lea = 'U0LEA'
/** What both admins typed into their forms, out of the same tutorial. */
const secret = 'a-secret-that-two-tenants-share'
const news = 'builds-failed,builds-passed,pulls-opened,pulls-merged,releases'

/** Two tenants, each with its own repositories and a webhook of its own, and one secret for both. */
eachSandbox('a webhook secret that two tenants share', (sandbox) => {
  const theirs = createGithubDouble({
    seed: { ...seed, repositories: seed.repositories.map((each) => ({ ...each, name: 'lea-dev/site' })) },
  })
  const storage = () => sandbox().nox.storage
  const tenantOf = async (team: string) => (await storage().installations.tenantOf(team)) ?? ''
  const channelOf = (team: string) => sandbox().slack.channelId(team, team === freelance ? '#clients' : '#incidents')
  let url = ''

  /** Connects in App Home, for real. */
  const connect = async (team: string, user: string, server: string, token: string) => {
    const { slack } = sandbox()
    const home = homeOf(sandbox, team)
    const isThere = (await storage().integrations.list(await tenantOf(team))).some(({ vendor }) => vendor === 'github')
    const control = isThere ? 'vendor.menu.github' : 'vendor.connect.github'
    await home.tab(user, 'integrations', new RegExp(`"${control}"`))
    await home.use(user, control, isThere ? pick('edit') : undefined)
    const form = await slack.waitForView(user, (each) => /"input"/.test(readable(each.json)))
    const fields = { server, token, webhookSecret: secret, channel: channels(channelOf(team)) }
    expect(await home.submit(user, form.id, fields)).not.toHaveProperty('errors')
    const view = await slack.waitForView(user, (each) => /est connecté/.test(readable(each.json)), 8_000)
    await home.close(user, view.id)
    // The form's choices of news are many: they are set as an admin would have chosen them.
    await change(team, { news, newsOf: '' })
  }
  const change = async (team: string, settings: Record<string, string>, secrets?: Record<string, string>) => {
    const [known] = (await storage().integrations.list(await tenantOf(team))).filter(
      ({ vendor }) => vendor === 'github',
    )
    if (!known) throw new Error('github is not connected')
    await storage().integrations.save({ ...known, settings: { ...known.settings, ...settings } }, secrets)
    sandbox().nox.services.knowledge.drop(await tenantOf(team))
  }
  beforeAll(async () => {
    url = (await theirs.listen()).url
    const local = sandbox().url.replace('localhost', '127.0.0.1')
    await connect(societeX, people.alice, `${local}/sandbox/github`, githubToken)
    await connect(freelance, lea, url, 'ghp_all')
  })
  afterAll(() => theirs.close())

  let builds = 0
  /** A failed build as GitHub tells it, signed, at a tenant's address; gives what was answered and who heard of it. */
  const deliver = async (to: string, repository: string, over: { html_url?: string; installation?: unknown } = {}) => {
    builds += 1
    const [owner = '', name = ''] = repository.split('/')
    const title = `build-${builds}.`
    const { installation, html_url = `${new URL(url).origin}/${repository}` } = over
    const body = JSON.stringify({
      action: 'completed',
      repository: { id: 1, name, full_name: repository, html_url, owner: { login: owner } },
      workflow_run: { id: builds, name: 'CI', display_title: title, head_branch: 'main', conclusion: 'failure' },
      ...(installation === undefined ? {} : { installation }),
    })
    const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
    const response = await fetch(
      `${sandbox().url.replace('localhost', '127.0.0.1')}/webhooks/github/${await tenantOf(to)}`,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-github-event': 'workflow_run',
          'x-hub-signature-256': signature,
        },
        body,
      },
    )
    const heard = [societeX, freelance].filter((team) =>
      sandbox()
        .slack.messages(channelOf(team))
        .some((each) => contentOf(each).includes(title)),
    )
    return { status: response.status, heard }
  }
  const told = (team: string) => ({ status: 202, heard: [team] })
  const ignored = { status: 204, heard: [] }

  it('tells each of its own repositories, and nothing of the other’s', async () => {
    expect(await deliver(societeX, 'societe-x/user-api')).toEqual(told(societeX))
    expect(await deliver(freelance, 'lea-dev/site')).toEqual(told(freelance))
    expect(await deliver(freelance, 'societe-x/user-api')).toEqual(ignored)
    expect(await deliver(societeX, 'lea-dev/site')).toEqual(ignored)
    expect(await deliver(freelance, 'Lea-Dev/Site')).toEqual(told(freelance))
    expect(await deliver(freelance, 'lea-dev-2/site')).toEqual(ignored)
  })

  it('tells of another owner where an admin named it', async () => {
    await change(freelance, { newsOf: 'client-of-lea/*' })
    expect(await deliver(freelance, 'client-of-lea/shop')).toEqual(told(freelance))
    expect(await deliver(freelance, 'societe-x/user-api')).toEqual(ignored)
    await change(freelance, { newsOf: '' })
    expect(await deliver(freelance, 'client-of-lea/shop')).toEqual(ignored)
  })

  it('tells nothing of another server, although it has an owner of the same name', async () => {
    expect(await deliver(freelance, 'lea-dev/site', { html_url: 'https://github.com/lea-dev/site' })).toEqual(ignored)
    await change(freelance, { server: 'https://github.com' })
    expect(await deliver(freelance, 'lea-dev/site')).toEqual(ignored)
    expect(await deliver(freelance, 'lea-dev/site', { html_url: 'https://github.com/lea-dev/site' })).toEqual(
      told(freelance),
    )
    await change(freelance, { server: url })
  })

  /** As connections were stored before a test told their owners. */
  const unbind = async (team: string) => {
    const tenantId = await tenantOf(team)
    await storage().integrations.note(tenantId, 'github', ({ owners: _, ...rest }) => rest)
    sandbox().nox.services.knowledge.drop(tenantId)
  }
  const ownersOf = async (team: string) =>
    (await storage().integrations.list(await tenantOf(team))).find(({ vendor }) => vendor === 'github')?.owners

  it('learns at the first delivery whose things an old connection reaches, and tells nothing while it cannot', async () => {
    await unbind(freelance)
    theirs.faults.push({ kind: 'status', status: 503 })
    expect(await deliver(freelance, 'societe-x/user-api')).toEqual({ status: 503, heard: [] })
    expect(await deliver(freelance, 'lea-dev/site')).toEqual({ status: 503, heard: [] })
    theirs.faults.splice(0)
    expect(await ownersOf(freelance)).toBeUndefined()
    const { services } = sandbox().nox
    const { now } = services
    // Asked again a while after it failed; the first of two at once is asked alone.
    const before = theirs.exchanges.length
    Object.assign(services, { now: () => now() + 61_000 })
    sandbox().nox.services.knowledge.drop(await tenantOf(freelance))
    try {
      const both = await Promise.all([deliver(freelance, 'societe-x/user-api'), deliver(freelance, 'lea-dev/site')])
      expect(both).toEqual([ignored, told(freelance)])
    } finally {
      Object.assign(services, { now })
    }
    expect(theirs.exchanges.slice(before).filter(({ request }) => request.path.endsWith('/user'))).toHaveLength(1)
    expect(await ownersOf(freelance)).toContain('lea-dev')
    const [record] = await storage().audit.list(await tenantOf(freelance), { command: 'vendor.test', limit: 1 })
    expect(record).toMatchObject({
      actor: 'nox',
      result: 'done',
      details: { owners: expect.stringContaining('lea-dev') },
    })
  })

  it('asks nobody where it was learned since the connection was read', async () => {
    const { services } = sandbox().nox
    const [known] = (await storage().integrations.list(await tenantOf(freelance))).filter(
      ({ vendor }) => vendor === 'github',
    )
    if (!known) throw new Error('github is not connected')
    const { owners, ...before } = known
    const asked = theirs.exchanges.length
    const bound = await createOwnerBinding(services).bind({ integration: before, secrets: { token: 'ghp_all' } })
    expect(bound?.owners).toEqual(owners)
    expect(theirs.exchanges).toHaveLength(asked)
  })

  it('learns it at work too', async () => {
    await unbind(societeX)
    const { ts } = sandbox().say(people.bob, '@NOX builds de user-api')
    await sandbox().answer(ts, /Builds/)
    await expect.poll(() => ownersOf(societeX)).toContain('societe-x')
  })

  it('asks nobody for a delivery that is not genuine', async () => {
    await unbind(freelance)
    const before = theirs.exchanges.length
    const response = await fetch(
      `${sandbox().url.replace('localhost', '127.0.0.1')}/webhooks/github/${await tenantOf(freelance)}`,
      {
        method: 'POST',
        headers: { 'x-github-event': 'workflow_run', 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` },
        body: '{}',
      },
    )
    expect(response.status).toBe(401)
    expect(theirs.exchanges).toHaveLength(before)
    expect(await deliver(freelance, 'lea-dev/site')).toEqual(told(freelance))
  })

  it('tells nothing of another installation of an App', async () => {
    await change(freelance, { appId: '4711', installationId: '815' }, { privateKey: 'x', webhookSecret: secret })
    expect(await deliver(freelance, 'lea-dev/site', { installation: { id: 816 } })).toEqual(ignored)
    expect(await deliver(freelance, 'lea-dev/site', { installation: { id: 815 } })).toEqual(told(freelance))
    // A webhook of the repository itself names no installation.
    expect(await deliver(freelance, 'lea-dev/site')).toEqual(told(freelance))
    expect(await deliver(freelance, 'societe-x/user-api', { installation: { id: 816 } })).toEqual(ignored)
  })
})
