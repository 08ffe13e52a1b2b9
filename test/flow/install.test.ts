import SqliteFile from 'better-sqlite3'
import postgres from 'postgres'
import { afterEach, expect, it, vi } from 'vitest'
import { eachBareNox, enterprise } from '../helpers/bare-nox.ts'

const company = 'T0SOCIETEX'

/** Rows that installs have left in the database. */
async function statesKept({ DATABASE_URL, DATABASE_PATH }: Readonly<Record<string, string>>): Promise<number> {
  if (DATABASE_URL === undefined) {
    const file = new SqliteFile(DATABASE_PATH, { readonly: true })
    const kept = file.prepare('select count(*) from oauth_states').pluck().get()
    file.close()
    return Number(kept)
  }
  const sql = postgres(DATABASE_URL, { max: 1 })
  const [row] = await sql`select count(*) as kept from oauth_states`
  await sql.end()
  return Number(row?.kept)
}
const freelance = 'T0FREELEA'

eachBareNox('installing NOX', (bare) => {
  const storage = () => bare().nox.storage
  const page = async (path: string, language = 'fr', cookie = '') => {
    const response = await fetch(`${bare().url}${path}`, {
      headers: { 'accept-language': language, cookie },
      redirect: 'manual',
    })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  /** Opens the install page; gives the state that it hands to Slack, and the browser's cookie. */
  const begin = async () => {
    const { text, headers } = await page('/slack/install')
    const cookie = headers.getSetCookie().map((each) => each.split(';')[0])
    return { state: /state=([\w-]+)/.exec(text)?.[1] ?? '', cookie: cookie.join('; ') }
  }
  const tenantOf = async (workspaceId: string) => (await storage().installations.tenantOf(workspaceId)) ?? ''

  // Slack tells of it when it likes: until NOX has heard, another install in the same second would end with it.
  afterEach(async () => {
    for (const team of [company, freelance]) bare().slack.uninstall(team)
    const left = () => Promise.all([company, freelance, enterprise.id].map((id) => storage().installations.find(id)))
    await expect.poll(left).toEqual([null, null, null])
  })

  it.each([
    ['fr', 'Installer NOX dans Slack', 'Ajouter à Slack'],
    ['en-GB', 'Install NOX in Slack', 'Add to Slack'],
  ])('begins with a page that says what NOX reads (%s)', async (language, title, button) => {
    const { status, headers, text } = await page('/slack/install', language)
    expect(status).toBe(200)
    expect(text).toContain(title)
    expect(text).toContain(button)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('makes a tenant of a workspace, an admin of its installer, and says what to do next', async () => {
    const { status, body } = await bare().slack.install(company, 'U0ALICE')
    expect(status).toBe(200)
    expect(body).toContain('NOX is installed in Société X')
    expect(body).toContain('/invite @NOX')
    const tenantId = await tenantOf(company)
    expect(await storage().tenants.find(tenantId)).toMatchObject({ name: 'Société X', kind: 'company' })
    expect(await storage().members.findBySlackId(tenantId, 'U0ALICE')).toMatchObject({ role: 'admin' })
    expect((await storage().zones.list(tenantId)).length).toBeGreaterThan(0)
    expect(await storage().installations.findByTenant(tenantId)).toMatchObject({ isOrgWide: false })
    const direct = bare().slack.directMessages(company, 'U0ALICE')
    const welcome = await bare().slack.waitForMessage((message) => message.channel === direct)
    expect(JSON.stringify(welcome.blocks)).toContain('NOX est installé dans Société X')
    expect(await storage().members.findBySlackId(tenantId, 'U0ALICE')).toMatchObject({ name: 'Alice Martin' })
  })

  it('keeps the tenant and its people where it is installed again, and takes the new token', async () => {
    await bare().slack.install(company, 'U0ALICE')
    const before = await storage().installations.find(company)
    const mention = bare().slack.say(company, 'U0BOB', '#devops', '@NOX qui suis-je')
    await bare().slack.waitForMessage((message) => message.threadTs === mention.ts && message.ts !== mention.ts)
    expect((await bare().slack.install(company, 'U0BOB')).status).toBe(200)
    const after = await storage().installations.find(company)
    expect(after?.tenantId).toBe(before?.tenantId)
    expect(after?.botToken).toBe(bare().slack.installation(company)?.token)
    const tenantId = after?.tenantId ?? ''
    expect(await storage().members.findBySlackId(tenantId, 'U0BOB')).toMatchObject({ role: 'member' })
    expect(await storage().members.findBySlackId(tenantId, 'U0ALICE')).toMatchObject({ role: 'admin' })
    const records = await storage().audit.list(tenantId, { command: 'install', limit: 10 })
    expect(records[0]).toMatchObject({ actor: 'U0BOB', details: { again: true } })
  })

  it('makes no member of an account that Slack itself calls a guest: not by a word, nor by a user group', async () => {
    await bare().slack.install(company, 'U0ALICE')
    const tenantId = await tenantOf(company)
    const dora = () => storage().members.findBySlackId(tenantId, 'U0DORA')
    const entry = { actor: 'U0ALICE', actionId: null, actionNumber: null, environment: null, details: {} }
    const link = { tenantId, group: 'seniors', userGroupId: 'S0SENIORS', handle: '?', trouble: null, syncedAt: null }
    const about = { at: 1, command: 'group.follow', resource: 'seniors', result: 'changed' } as const
    await storage().groupLinks.save({ ...link, linkedBy: 'U0ALICE' }, { ...entry, ...about })
    bare().slack.editUserGroup(company, 'S0SENIORS', { users: ['U0CAROL', 'U0DORA'] })
    await bare().nox.channel.governance.follower.follow(tenantId)
    expect((await storage().members.findBySlackId(tenantId, 'U0CAROL'))?.groups).toContain('seniors')
    expect(await dora()).toBeNull()
    for (const user of ['U0DORA', 'U0BOB']) {
      const { ts } = bare().slack.say(company, user, '#devops', '@NOX qui suis-je')
      await bare().slack.waitForMessage((message) => message.threadTs === ts && message.ts !== ts)
    }
    expect(await dora()).toMatchObject({
      role: 'guest',
      groups: [],
      projects: [],
      allowedActionTypes: ['logs', 'status'],
    })
    expect(await storage().members.findBySlackId(tenantId, 'U0BOB')).toMatchObject({ role: 'member' })
  })

  it('takes a whole organisation as one tenant, under its own id', async () => {
    expect((await bare().slack.install(company, 'U0ALICE', { orgWide: true })).status).toBe(200)
    const installation = await storage().installations.find(enterprise.id)
    expect(installation).toMatchObject({ isOrgWide: true, workspaceId: enterprise.id })
    const mention = bare().slack.say(freelance, 'U0LEA', '#clients', '@NOX whoami')
    const answer = await bare().slack.waitForMessage(
      (message) => message.threadTs === mention.ts && message.ts !== mention.ts,
    )
    expect(JSON.stringify(answer.blocks)).toContain('Léa Moreau')
    expect(await storage().members.findBySlackId(installation?.tenantId ?? '', 'U0LEA')).not.toBeNull()
    // User groups are told for one workspace of the organisation at a time.
    const tenantId = installation?.tenantId ?? ''
    const link = { tenantId, group: 'seniors', userGroupId: 'S0SENIORS', handle: '?', trouble: null, syncedAt: null }
    const entry = { actor: 'U0ALICE', actionId: null, actionNumber: null, environment: null, details: {} }
    const about = { at: 1, command: 'group.follow', resource: 'seniors', result: 'changed' } as const
    await storage().groupLinks.save({ ...link, linkedBy: 'U0ALICE' }, { ...entry, ...about })
    await bare().nox.channel.governance.follower.follow(tenantId)
    expect(await storage().groupLinks.list(tenantId)).toMatchObject([{ trouble: null, handle: 'seniors' }])
    expect((await storage().members.findBySlackId(tenantId, 'U0CAROL'))?.groups).toContain('seniors')

    // Where the scope is taken back, or the plan has no place, nobody loses the group, and the admins are told why.
    const follow = async () => {
      await bare().nox.channel.governance.follower.follow(tenantId)
      return (await storage().groupLinks.list(tenantId))[0]?.trouble
    }
    const told = (fits: RegExp) => bare().slack.waitForMessage((message) => fits.test(JSON.stringify(message.blocks)))
    const scopes = bare().slack.installation(company)?.scopes as string[]
    scopes.splice(scopes.indexOf('usergroups:read'), 1)
    expect(await follow()).toBe('no-scope')
    await told(/Réinstallez NOX/)
    expect((await storage().members.findBySlackId(tenantId, 'U0CAROL'))?.groups).toContain('seniors')
    scopes.push('usergroups:read')
    const { services } = bare().nox
    const { planOf } = services
    const full = vi.spyOn(services, 'planOf').mockImplementation((tenant) => ({ ...planOf(tenant), people: 1 }))
    bare().slack.editUserGroup(company, 'S0SENIORS', { users: ['U0CAROL', 'U0EMMA'] })
    expect(await follow()).toBe('full')
    await told(/le plan n’a plus de place/)
    expect(await storage().members.findBySlackId(tenantId, 'U0EMMA')).toBeNull()
    full.mockRestore()
    expect(await follow()).toBeNull()
    expect((await storage().members.findBySlackId(tenantId, 'U0EMMA'))?.groups).toContain('seniors')
    const troubles = await storage().audit.list(tenantId, { command: 'group.follow', result: 'failed', limit: 9 })
    expect(troubles.map(({ details }) => details.trouble)).toEqual(['full', 'no-scope'])
  })

  it('takes a state once, for ten minutes, and from the same browser alone', async () => {
    const { state, cookie } = await begin()
    const callback = (given: string, from = cookie) =>
      page(`/slack/oauth_redirect?code=wrong&state=${given}`, 'fr', from)
    expect((await callback(state, '')).text).toContain('vient d’un autre navigateur')
    const second = await begin()
    const told = await callback(second.state, second.cookie)
    expect(told.text).toContain('Slack n’a pas confirmé l’installation')
    await storage().oauthStates.put('old', '{"scopes":[]}', Date.now() - 1)
    for (const given of [second.state, 'made-up', '', 'old']) {
      const { status, text } = await callback(given, `slack-app-oauth-state=${given}`)
      expect(status, given).toBe(400)
      expect(text, given).toContain('href="/slack/install"')
      expect(text, given).toContain('a expiré, a déjà servi')
    }
  })

  it('keeps nothing of who only opens the page, however often, and takes no state that it did not sign', async () => {
    const before = await statesKept(bare().env)
    const opened = await Promise.all(Array.from({ length: 200 }, begin))
    expect(new Set(opened.map(({ state }) => state)).size).toBe(200)
    expect(await statesKept(bare().env)).toBe(before)
    const [{ state } = { state: '' }] = opened
    const other = `${state.startsWith('A') ? 'B' : 'A'}${state.slice(1)}`
    for (const forged of [other, state.slice(1), `${state}A`, state.slice(0, -43)]) {
      const { text } = await page(
        `/slack/oauth_redirect?code=wrong&state=${forged}`,
        'fr',
        `slack-app-oauth-state=${forged}`,
      )
      expect(text, forged).toContain('a expiré, a déjà servi')
    }
    expect(await statesKept(bare().env)).toBe(before)
  })

  it('explains a cancelled install, with a way to begin again', async () => {
    const { status, text } = await page(
      `/slack/oauth_redirect?error=access_denied&state=${(await begin()).state}`,
      'en',
    )
    expect(status).toBe(400)
    expect(text).toContain('The installation was cancelled in Slack')
    expect(text).toContain('href="/slack/install"')
  })

  it('erases the token as soon as it is uninstalled, acknowledges what still comes, and comes back whole', async () => {
    const { slack } = bare()
    await slack.install(company, 'U0ALICE')
    const tenantId = await tenantOf(company)
    const uninstalls = () => storage().audit.list(tenantId, { command: 'uninstall', limit: 100 })
    const before = (await uninstalls()).length
    slack.uninstall(company)
    await vi.waitFor(async () => expect(await storage().installations.find(company)).toBeNull(), 5_000)
    expect(await storage().installations.findByTenant(tenantId)).toBeNull()
    const event = { type: 'app_mention', user: 'U0BOB', channel: 'C0DEVOPS', ts: '1.000100', text: '@NOX status' }
    expect((await slack.emit(company, event)).status).toBe(200)
    await vi.waitFor(async () => expect(await uninstalls()).toHaveLength(before + 1), 5_000)
    await slack.install(company, 'U0ALICE')
    expect(await tenantOf(company)).toBe(tenantId)
    const mention = slack.say(company, 'U0ALICE', '#devops', '@NOX qui suis-je')
    const answer = await slack.waitForMessage((message) => message.threadTs === mention.ts && message.ts !== mention.ts)
    expect(JSON.stringify(answer.blocks)).toContain('Alice Martin')
  })

  it.each(['app_uninstalled', 'tokens_revoked'])('erases the token on %s alone too', async (type) => {
    await bare().slack.install(company, 'U0ALICE')
    const event = type === 'tokens_revoked' ? { type, tokens: { bot: ['U0NOXSOCX'] } } : { type }
    expect((await bare().slack.emit(company, event)).status).toBe(200)
    expect(await storage().installations.find(company)).toBeNull()
  })

  it('leaves its record with the uninstall itself: a crash after it forgets none', async () => {
    await bare().slack.install(company, 'U0ALICE')
    const tenantId = await tenantOf(company)
    const count = async () => (await storage().audit.list(tenantId, { command: 'uninstall', limit: 100 })).length
    const before = await count()
    const killed = vi.spyOn(storage().audit, 'append').mockRejectedValue(new Error('it was killed'))
    await bare().slack.emit(company, { type: 'app_uninstalled' })
    killed.mockRestore()
    expect(await storage().installations.find(company)).toBeNull()
    await bare().slack.emit(company, { type: 'app_uninstalled' })
    expect(await count()).toBe(before + 1)
  })

  it('keeps the token where only a person took back theirs', async () => {
    await bare().slack.install(company, 'U0ALICE')
    const event = { type: 'tokens_revoked', tokens: { oauth: ['U0ALICE'], bot: [] } }
    expect((await bare().slack.emit(company, event)).status).toBe(200)
    expect(await storage().installations.find(company)).not.toBeNull()
  })
})
