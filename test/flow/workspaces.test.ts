import { expect, it, vi } from 'vitest'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { homeOf, keepOnly, readable } from '../helpers/home.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'

const { alice, bob } = people
const freelance = 'T0FREELEA'
const [lea, yann] = ['U0LEA', 'U0YANN']
/** Léa as the tenant of Société X knows her. */
const leaThere = `${lea}_${freelance}`

/** Two workspaces become one tenant, by an admin of both, and part again. */
eachSandbox('several workspaces in one tenant', (sandbox) => {
  const home = homeOf(sandbox)
  const away = homeOf(sandbox, freelance)
  const slack = () => sandbox().slack
  const storage = () => sandbox().nox.storage
  const tenantOf = async (team: string) => (await storage().installations.tenantOf(team)) ?? ''
  const lastRecord = async (tenantId: string, command: string) =>
    (await storage().audit.list(tenantId, { command, limit: 1 }))[0]
  const directTo = (team: string, user: string, fits: RegExp) =>
    slack().waitForMessage(
      (message) => message.channel === slack().directMessages(team, user) && fits.test(contentOf(message)),
      8_000,
    )
  /** Alice makes a code. */
  const makeCode = async () => {
    await home.tab(alice, 'team')
    const { id, text } = await home.form(alice, 'workspace.add')
    home.close(alice, id)
    return /`(\w+\.[\w-]{32})`/.exec(text)?.[1] ?? ''
  }
  /** Someone of the other workspace pastes it; gives the errors, or the modal that says what would happen. */
  const paste = async (code: string, user = lea) => {
    await away.tab(user, 'team')
    const { id } = await away.form(user, 'workspace.join')
    const sent = await away.submit(user, id, { code })
    if (sent.errors) away.close(user, id)
    return { id, wrong: sent.errors?.code, text: sent.errors ? '' : readable((await slack().waitForView(user)).json) }
  }
  let mine = ''
  let hers = ''

  it('asks for a code that only an admin makes; a forged, a used or a dead one opens nothing', async () => {
    mine = await tenantOf(societeX)
    hers = await tenantOf(freelance)
    await keepOnly(sandbox(), Object.values(people))
    expect((await home.tab(bob, 'team')).text).not.toContain('workspace.add')
    const dead = await makeCode()
    const code = await makeCode()
    for (const bad of ['x', `${mine}.${'A'.repeat(32)}`, dead, code.replace(mine, hers)]) {
      expect((await paste(bad)).wrong).toMatch(/n’existe pas/)
    }
    expect(await lastRecord(hers, 'workspace.ask')).toMatchObject({
      result: 'refused',
      details: { rule: 'workspace.code' },
    })
    // Nor into its own tenant, nor for whoever is no admin of the workspace that would join.
    const own = await home.forge(alice, 'workspace.join', { id: '', version: 0 }, { code })
    expect(own.text).toMatch(/déjà partie/)
    const member = await away.forge(yann, 'workspace.ask', { id: code, version: 0 }, {})
    expect(member.text).toMatch(/Réservé aux admins/)
    expect((await storage().workspaceJoins.list(mine, Date.now())).length).toBe(0)
  })

  it('says what stays behind before it asks, and does nothing before an admin of the other side accepts', async () => {
    const code = await makeCode()
    // What is paid for is not left behind unseen.
    expect((await paste(code)).wrong).toMatch(/abonnement est en cours/)
    const paid = await storage().billing.find(hers)
    if (!paid?.subscription) throw new Error('no subscription')
    const ended = { ...paid, subscription: { ...paid.subscription, state: 'canceled' as const } }
    await storage().billing.save(hers, ended, {})
    const { id, text, wrong } = await paste(code)
    expect(wrong).toBeUndefined()
    expect(text).toMatch(/Ne suivent pas : .*2 membres/)
    await away.submit(lea, id, {})
    const asked = await lastRecord(mine, 'workspace.ask')
    expect(asked).toMatchObject({ actor: leaThere, result: 'changed', details: { workspace: freelance } })
    expect(await lastRecord(hers, 'workspace.ask')).toMatchObject({ actor: lea, result: 'changed' })
    await directTo(societeX, alice, /Freelance Léa demande à rejoindre/)
    expect(await tenantOf(freelance)).toBe(hers)
    expect((await paste(code)).wrong).toMatch(/a déjà servi/)
    expect((await home.tab(bob, 'team')).text).not.toContain('workspace.accept')
    expect((await storage().workspaceJoins.list(mine, Date.now() + 8 * 86_400_000)).length).toBe(0)
  })

  it('is not accepted where who asked is an admin no more, nor where the plan has no place', async () => {
    const [request] = await storage().workspaceJoins.list(mine, Date.now())
    const { governance } = sandbox().nox.channel
    const accept = () => governance.workspaces.accept(mine, alice, request?.id ?? '')
    const before = await storage().members.findBySlackId(hers, lea)
    if (!before) throw new Error('no Léa')
    await storage().members.update({ ...before, role: 'member' })
    expect((await accept()).say.key).toBe('workspace.askerLeft')
    await storage().members.update(before)
    const { services } = sandbox().nox
    const { planOf } = services
    vi.spyOn(services, 'planOf').mockImplementation((tenant) => ({ ...planOf(tenant), people: 2 }))
    expect((await accept()).say.key).toBe('workspace.full')
    vi.restoreAllMocks()
    expect((await governance.workspaces.accept(mine, bob, request?.id ?? '')).say.key).toBe('form.adminsOnly')
    expect(await tenantOf(freelance)).toBe(hers)
    expect(await lastRecord(mine, 'workspace.join')).toMatchObject({ actor: bob, result: 'refused' })
  })

  it('joins: both sides keep a record, nothing of the old tenant moves, and it is deleted as after an uninstall', async () => {
    const zones = await storage().zones.list(hers)
    await home.tab(alice, 'team')
    const [request] = await storage().workspaceJoins.list(mine, Date.now())
    vi.spyOn(storage().purges, 'schedule').mockRejectedValueOnce(new Error('it was killed'))
    await expect(sandbox().nox.channel.governance.workspaces.accept(mine, alice, request?.id ?? '')).rejects.toThrow(
      'it was killed',
    )
    expect(await tenantOf(freelance)).toBe(hers)
    const { text } = await home.form(alice, `workspace.accept.${request?.id}`)
    expect(text).toContain('Freelance Léa a rejoint')
    expect(await tenantOf(freelance)).toBe(mine)
    expect(await lastRecord(mine, 'workspace.join')).toMatchObject({ actor: alice, details: { workspace: freelance } })
    expect(await lastRecord(hers, 'workspace.join')).toMatchObject({ actor: lea, result: 'changed' })
    expect((await storage().audit.verify(mine)).ok && (await storage().audit.verify(hers)).ok).toBe(true)
    expect(await storage().zones.list(hers)).toEqual(zones)
    expect((await storage().purges.list()).map(({ id }) => id)).toEqual([hers])
    await directTo(freelance, lea, /fait maintenant partie de Société X/)
    expect((await home.tab(alice, 'team', /Freelance Léa/)).text).toContain(`workspace.leave.${freelance}`)
  })

  it('answers in each workspace with its own token, and knows its people apart', async () => {
    const message = slack().say(freelance, lea, '#clients', '@NOX whoami')
    const answer = await sandbox().answer(message.ts, /Léa/)
    expect(answer.channel).toBe('C0CLIENTS')
    const member = await storage().members.findBySlackId(mine, leaThere)
    expect(member).toMatchObject({ role: 'member', name: expect.stringContaining('Léa') })
    expect(await storage().members.findBySlackId(mine, lea)).toBeNull()
    expect((await away.tab(lea, 'team', /Alice/)).text).toContain('Bob')
    await slack().speak(lea, 'en-GB')
    await away.open(lea, /Hello Léa/)
    await slack().speak(lea, 'fr-FR')
    await away.open(lea, /Bonjour Léa/)
    // Only what is of this workspace is mentioned in it; of who is elsewhere the name stands.
    await home.tab(alice, 'team')
    const asked = slack().say(freelance, lea, '#clients', '@NOX déploie user-api v2.4.0 en production')
    await sandbox().answer(asked.ts, /Refusé|Validation demandée/)
    const said = slack().messages('C0CLIENTS').map(contentOf).join('\n')
    expect(said).not.toContain(`<@${alice}>`)
    expect(said).not.toContain(`_${freelance}`)
    const people = slack().say(freelance, lea, '#clients', `@NOX qui est <@${lea}> ?`)
    await vi.waitFor(() => expect(sandbox().thread(people.ts, 'C0CLIENTS').length).toBeGreaterThan(0), 8_000)
  })

  it('an approval given in one workspace lets an order of the other go', async () => {
    const zone = (await storage().zones.list(mine)).find(({ name }) => name === 'production')
    if (!zone) throw new Error('no zone')
    const requirement = { kind: 'approval', group: 'seniors', approvers: 1 } as const
    await storage().zones.save({ ...zone, grants: [{ group: 'developers', requirement }] })
    sandbox().nox.services.knowledge.drop(mine)
    const { ts } = slack().say(freelance, lea, '#clients', '@NOX déploie user-api v2.4.0 en production')
    await sandbox().answer(ts, /Validation demandée/)
    const request = await directTo(societeX, people.carol, /Validation demandée.*user-api/s)
    expect(contentOf(request)).toContain('Léa')
    await sandbox().press(people.carol, request, 'Approuver')
    await sandbox().answer(ts, /Déployé|En cours/, 15_000)
    const [approved] = await storage().audit.list(mine, { command: 'deploy', result: 'approved', limit: 1 })
    expect(approved?.actor).toBe(people.carol)
    const [order] = await storage().ledger.list(mine, { userId: leaThere, limit: 1 })
    expect(order?.place.conversationId).toBe(`C0CLIENTS_${freelance}`)
  })

  it('leaves again: by who brought it in, to a tenant of its own that knows nothing of the other', async () => {
    const wrong = await away.forge(yann, 'workspace.leave', { id: freelance, version: 0 }, {})
    expect(wrong.text).toMatch(/Réservé aux admins/)
    const home1 = await home.forge(alice, 'workspace.leave', { id: societeX, version: 0 }, {})
    expect(home1.text).toMatch(/rien à séparer/)
    const left = await away.forge(lea, 'workspace.leave', { id: freelance, version: 0 }, {})
    expect(left.text).toMatch(/en cours de séparation/)
    const known = async () => (await sandbox().nox.channel.installations.find(freelance))?.tenantId
    await vi.waitFor(async () => expect(await known()).not.toBe(mine), 20_000)
    const fresh = await tenantOf(freelance)
    expect([mine, hers]).not.toContain(fresh)
    expect(await storage().members.findBySlackId(fresh, lea)).toMatchObject({ role: 'admin' })
    expect((await storage().members.findBySlackId(mine, leaThere))?.removedAt).toBeDefined()
    expect(await lastRecord(mine, 'workspace.leave')).toMatchObject({ actor: leaThere })
    expect(await lastRecord(fresh, 'workspace.leave')).toMatchObject({ actor: lea })
    const { ts } = slack().say(freelance, lea, '#clients', '@NOX whoami')
    await sandbox().answer(ts, /admin/)
    expect((await away.tab(lea, 'team')).text).not.toContain('Bob')
    expect((await storage().installations.listByTenant(mine)).map(({ workspaceId }) => workspaceId)).toEqual([societeX])
  })

  it('is back with its people where it joins anew: they come with their first word, whom an admin removed does not', async () => {
    const fresh = await tenantOf(freelance)
    const { ts } = slack().say(freelance, yann, '#clients', '@NOX whoami')
    await sandbox().answer(ts, /Yann/)
    // A workspace of which something runs does not join.
    const running = () => storage().ledger.list(fresh, { states: ['accepted', 'queued', 'running'], limit: 1 })
    await expect.poll(running).toEqual([])
    const { id } = (await paste(await makeCode())) ?? {}
    await away.submit(lea, id, {})
    await vi.waitFor(async () => expect(await storage().workspaceJoins.list(mine, Date.now())).toHaveLength(1), 8_000)
    const { governance } = sandbox().nox.channel
    const [request] = await storage().workspaceJoins.list(mine, Date.now())
    expect((await governance.workspaces.accept(mine, alice, request?.id ?? '')).say.key).toBe('workspace.joined')
    sandbox().nox.channel.installations.drop(fresh)
    sandbox().nox.channel.installations.drop(mine)
    expect(await tenantOf(freelance)).toBe(mine)
    const before = await storage().members.findBySlackId(mine, leaThere)
    expect(before?.removedAt).toBeDefined()
    expect((await storage().members.listRemoved(mine)).map(({ slackUserId }) => slackUserId)).not.toContain(leaThere)

    const word = slack().say(freelance, lea, '#clients', '@NOX whoami')
    await sandbox().answer(word.ts, /Léa.*(membre|member)/s)
    const back = await storage().members.findBySlackId(mine, leaThere)
    expect(back).toMatchObject({ id: before?.id, role: 'member', groups: ['developers'] })
    expect([back?.removedAt, back?.leftWith]).toEqual([undefined, undefined])
    expect(await lastRecord(mine, 'member.return')).toMatchObject({ actor: leaThere, result: 'changed' })

    const row = await storage().members.edition(mine, back?.id ?? '')
    await governance.team.remove(mine, alice, { id: back?.id ?? '', version: row?.version ?? 0 })
    const again = slack().say(freelance, lea, '#clients', '@NOX whoami')
    await sandbox().answer(again.ts, /ne faites plus partie|no longer part/)
  })
})
