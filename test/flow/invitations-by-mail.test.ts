import { afterEach, expect, it } from 'vitest'
import { asRemoved } from '../../src/permissions/index.ts'
import { lettersPerDay } from '../../src/request/governance/invite-by-mail.ts'
import { seededWorkspaces } from '../../src/sandbox/workspaces.ts'
import { hashSecret } from '../../src/vault/hash-secret.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { homeOf, pick, readable } from '../helpers/home.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'

const { alice, bob, dora } = people
const freelance = 'T0FREELEA'

eachSandbox('invitations by e-mail', (sandbox) => {
  const home = homeOf(sandbox)
  const slack = () => sandbox().slack
  const storage = () => sandbox().nox.storage
  const local = () => sandbox().url.replace('localhost', '127.0.0.1')
  const byMail = () => {
    const found = sandbox().nox.channel.governance.byMail
    if (!found) throw new Error('no invitations by e-mail')
    return found
  }
  const tenantId = async (team = societeX) => (await storage().installations.tenantOf(team)) ?? ''
  const memberOf = async (user: string) => storage().members.findBySlackId(await tenantId(), user)
  const goneFrom = async (user: string) => {
    const member = await memberOf(user)
    if (member) await storage().members.update(asRemoved(member, Date.now()))
    sandbox().nox.services.knowledge.drop(await tenantId())
  }
  const peopleOf = (team: string) => seededWorkspaces.find(({ id }) => id === team)?.people ?? []
  const emailOf = (user: string) => (peopleOf(societeX).find(({ id }) => id === user)?.email ?? '').toLowerCase()
  const records = async (command: string) => storage().audit.list(await tenantId(), { command, limit: 5 })
  /** Invites from the Team tab; gives what Slack shows in the form. */
  const invite = async (emails: string, role = 'member', groups?: readonly string[], user = alice) => {
    await home.tab(user, 'team')
    const { id } = await home.form(user, 'team.invite')
    const fields = { role, emails, ...(role === 'guest' ? { projects: 'web' } : {}), ...(groups ? { groups } : {}) }
    return home.submit(user, id, fields, ['role'])
  }
  /** The path of the newest letter's link to this address. */
  const linkTo = async (email: string, after = 0) => {
    const letter = await sandbox().mail.waitForLetter((each) => each.to.includes(email) && each.at >= after)
    expect(letter.html).toContain('lang="fr"')
    return new URL(/https?:\S+\/invitations\/\S+/.exec(letter.text)?.[0] ?? '').pathname
  }
  const get = (path: string, cookie = '') =>
    fetch(`${local()}${path}`, { headers: { 'accept-language': 'fr', cookie }, redirect: 'manual' })
  /** Follows a link, signs in as someone, and gives the way back with the browser's cookie. */
  const signIn = async (path: string, user: string, team = societeX) => {
    const begun = await get(`${path}/sign-in`)
    const cookie = begun.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const way = new URL(begun.headers.get('location') ?? '')
    const form = new URLSearchParams({ as: `${team} ${user}`, answer: 'allow' })
    const allowed = await fetch(`${local()}${way.pathname}${way.search}`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
    })
    const back = new URL(allowed.headers.get('location') ?? 'http://none/')
    return { cookie, back: `${back.pathname}${back.search}` }
  }
  const accept = async (path: string, user: string, team = societeX) => {
    const { cookie, back } = await signIn(path, user, team)
    const response = await get(back, cookie)
    return { status: response.status, text: await response.text() }
  }

  afterEach(async () => {
    for (const { id, email } of await byMail().list(await tenantId()))
      await byMail()
        .revoke(await tenantId(), alice, id)
        .catch(() => email)
  })

  it('brings a person in by a letter, a page and their Slack account: once, audited, told', async () => {
    await goneFrom(bob)
    const email = emailOf(bob)
    expect(await invite(`${email}, nobody@acme.fr`, 'member', ['seniors'])).toEqual({})
    const path = await linkTo(email)
    await linkTo('nobody@acme.fr')
    const page = await get(path)
    const html = await page.text()
    expect(page.status).toBe(200)
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect(html).toContain('Rejoindre l’équipe Société X')
    expect(html).toContain('Alice Martin')
    expect((await get(path)).status).toBe(200)
    const joined = await accept(path, bob)
    expect(joined).toMatchObject({ status: 200, text: expect.stringContaining('Bienvenue') })
    expect(await memberOf(bob)).toMatchObject({ role: 'member', groups: ['seniors'] })
    const [record] = await records('invitation.accept')
    expect(record).toMatchObject({ actor: bob, resource: email, result: 'changed', details: { by: alice } })
    await slack().waitForMessage((each) => /a accepté votre invitation/.test(contentOf(each)))
    expect((await get(path)).status).toBe(404)
    await goneFrom(bob)
    expect((await get(`${path}/sign-in`)).status).toBe(404)
    expect(await memberOf(bob)).toHaveProperty('removedAt')
  })

  it('shows what is open; sent again the old link is dead, revoked both are', async () => {
    await invite('jean@acme.fr')
    const first = await linkTo('jean@acme.fr')
    const tenant = await tenantId()
    const [open] = await byMail().list(tenant)
    const { text } = await home.tab(alice, 'team', /jean@acme\.fr/)
    expect(text).toContain('1 invitation en attente')
    const at = Date.now()
    await home.use(alice, `team.invitation.${open?.id}`, pick('resend'))
    const second = await linkTo('jean@acme.fr', at)
    expect([(await get(first)).status, (await get(second)).status]).toEqual([404, 200])
    expect(await byMail().revoke(tenant, alice, open?.id ?? '')).toMatchObject({ key: 'invite.revoked' })
    expect((await get(second)).status).toBe(404)
    expect((await records('invitation.revoke'))[0]).toMatchObject({ actor: alice, resource: 'jean@acme.fr' })
  })

  it('keeps no token: storage and audit have its hash at most', async () => {
    await invite('hash@acme.fr')
    const token = (await linkTo('hash@acme.fr')).split('/').at(-1) ?? ''
    const tenant = await tenantId()
    expect(await storage().invitations.find(tenant, hashSecret(token))).not.toBeNull()
    expect(JSON.stringify([await byMail().list(tenant), await records('member.invite')])).not.toContain(token)
  })

  it('refuses who is somebody else, of elsewhere, or without the browser that began', async () => {
    await goneFrom(bob)
    const at = Date.now()
    await invite(emailOf(bob))
    const path = await linkTo(emailOf(bob), at)
    expect((await accept(path, dora)).status).toBe(403)
    expect((await records('invitation.accept'))[0]).toMatchObject({
      actor: dora,
      details: { rule: 'invitation.address' },
    })
    const stranger = peopleOf(freelance)[0]?.id ?? ''
    expect((await accept(path, stranger, freelance)).status).toBe(403)
    expect((await records('invitation.accept'))[0]).toMatchObject({ details: { rule: 'invitation.workspace' } })
    const { cookie, back } = await signIn(path, bob)
    expect((await get(back)).status).toBe(400)
    expect((await get(back, cookie)).status).toBe(400)
    const [, , , token] = path.split('/')
    expect((await get(`/invitations/${await tenantId(freelance)}/${token}`)).status).toBe(404)
    expect(await memberOf(bob)).toHaveProperty('removedAt')
    expect((await accept(path, bob)).status).toBe(200)
  })

  it('opens nothing where who invited may not do so any more', async () => {
    await goneFrom(bob)
    const at = Date.now()
    await invite(emailOf(bob), 'admin')
    const path = await linkTo(emailOf(bob), at)
    const before = await memberOf(alice)
    if (!before) throw new Error('no alice')
    await storage().members.update({ ...before, role: 'member', flags: { ...before.flags, canManageUsers: false } })
    try {
      expect((await accept(path, bob)).text).toContain('ne peut plus le faire')
      expect(await memberOf(bob)).toHaveProperty('removedAt')
    } finally {
      await storage().members.update(before)
      sandbox().nox.services.knowledge.drop(await tenantId())
    }
  })

  it('ends by itself after a week, told to who invited', async () => {
    const tenant = await tenantId()
    const { member } = (await byMailDraft()) ?? {}
    if (!member) throw new Error('no draft')
    const old = {
      tenantId: tenant,
      id: 'OLD',
      email: 'old@acme.fr',
      member,
      invitedBy: alice,
      createdAt: 1,
      expiresAt: 2,
    }
    const entry = {
      at: 1,
      actor: alice,
      actionId: null,
      actionNumber: null,
      command: 'member.invite',
      environment: null,
    }
    await storage().invitations.save(old, hashSecret('old'), {
      ...entry,
      resource: 'old@acme.fr',
      result: 'changed',
      details: {},
    })
    expect((await get(`/invitations/${tenant}/old`)).status).toBe(404)
    await byMail().expire()
    expect((await byMail().list(tenant)).map(({ email }) => email)).not.toContain('old@acme.fr')
    expect((await records('invitation.expire'))[0]).toMatchObject({ resource: 'old@acme.fr', result: 'expired' })
    await slack().waitForMessage((each) => /old@acme\.fr a expiré/.test(contentOf(each)))
  })
  const byMailDraft = async () => {
    await invite('draft@acme.fr')
    return (await byMail().list(await tenantId())).find(({ email }) => email === 'draft@acme.fr')
  }

  it('says what is wrong with an address, and hands over the link where no letter goes out', async () => {
    const wrong = await invite('jean@acme.fr, jean')
    expect(readable(wrong.errors)).toContain('jean n’est pas une adresse')
    expect(await byMail().list(await tenantId())).toEqual([])
    const { services } = sandbox().nox
    const mailer = services.mailer
    Object.assign(services, { mailer: undefined })
    try {
      await invite('anna@acme.fr')
      const told = await slack().waitForMessage((each) => /n’envoie pas d’e-mails ici/.test(contentOf(each)))
      const path = new URL(/https?:[^\s"\\|>]+\/invitations\/[\w/-]+/.exec(JSON.stringify(told.blocks))?.[0] ?? '')
        .pathname
      expect((await get(path)).status).toBe(200)
    } finally {
      Object.assign(services, { mailer })
    }
  })

  it('writes to a hundred people a day at most, and hands over the link for the next', async () => {
    const { services } = sandbox().nox
    const { mailer } = services
    const written: string[] = []
    Object.assign(services, { mailer: { send: async ({ to }: { to: string }) => void written.push(to) } })
    try {
      const tenant = await storage().tenants.find(await tenantId())
      const member = await memberOf(bob)
      if (!tenant || !member) throw new Error('nobody')
      const many = Array.from({ length: lettersPerDay + 1 }, (_, n) => `stranger-${n}@acme.fr`)
      for (const email of many) await (await byMail().send(tenant, alice, email, member))()
      expect(written.length).toBeGreaterThan(50)
      expect(written.length).toBeLessThanOrEqual(lettersPerDay)
      await slack().waitForMessage((each) => /100 invitations par jour/.test(contentOf(each)))
    } finally {
      Object.assign(services, { mailer })
    }
  })
})
