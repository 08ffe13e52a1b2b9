import { expect, it } from 'vitest'
import { entry } from '../helpers/actions.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { homeOf, readable } from '../helpers/home.ts'
import { people, societeX } from '../helpers/sandbox.ts'
import { tenantIn } from '../helpers/tenant.ts'

const { alice, bob } = people
const lea = 'U0LEA'

eachSandbox('the first visit of App Home', (sandbox) => {
  const home = homeOf(sandbox)
  const { slack, storage, tenantId } = tenantIn(sandbox)
  const begin = async (workspace = societeX) => {
    const tenant = await tenantId(workspace)
    await storage().tenants.update(tenant, { setUpAt: null })
    sandbox().nox.services.knowledge.drop(tenant)
  }
  const option = (value: string) => ({ selected_option: { text: { type: 'plain_text', text: value }, value } })
  const start = async (user: string, choices: Record<string, string>, team = societeX) => {
    const view = slack().home(user)
    const blocks = (view?.json.blocks ?? []) as { block_id: string }[]
    const row = blocks.find((block) => JSON.stringify(block).includes('"setup.start"'))
    const values = Object.fromEntries(Object.entries(choices).map(([name, value]) => [name, { [name]: option(value) }]))
    const source = { kind: 'view', view_id: view?.id ?? '' } as const
    const press = {
      source,
      block_id: row?.block_id ?? '',
      action_id: 'setup.start',
      element: { type: 'button' },
      values,
    }
    await slack().press(team, user, press)
  }

  it('asks an admin three things, and a member nothing', async () => {
    await begin()
    const seen = await home.open(alice, /Bienvenue/)
    expect(seen.text).toContain('Une entreprise')
    expect(seen.text).toContain('Europe/Paris')
    expect((await home.open(bob)).text).not.toContain('Bienvenue')
    const found = await home.suggest(alice, 'timeZone', 'montreal')
    expect(found.map(({ value }) => value)).not.toContain('Europe/Paris')
    expect((await home.suggest(alice, 'timeZone', 'tok')).map(({ value }) => value)).toContain('Asia/Tokyo')
    await start(alice, { kind: 'company', language: 'fr', timeZone: 'America/New_York' })
    const after = await home.see(alice, /Réglages/)
    expect(after.text).not.toContain('Bienvenue')
    const tenant = await storage().tenants.find(await tenantId())
    expect(tenant).toMatchObject({ kind: 'company', timeZone: 'America/New_York', setUpAt: expect.any(Number) })
    const [record] = await storage().audit.list(await tenantId(), { command: 'tenant.setup', limit: 1 })
    expect(record).toMatchObject({ actor: alice, details: { 'timeZone.after': 'America/New_York' } })
  })

  it('changes them later in the settings, by an admin alone, never on what someone else chose meanwhile', async () => {
    await home.open(alice, /setup\.open/)
    const { id, text } = await home.form(alice, 'setup.open')
    expect(text).toContain('America/New_York')
    await storage().tenants.update(await tenantId(), { language: 'en' })
    sandbox().nox.services.knowledge.drop(await tenantId())
    const fields = { kind: 'company', language: 'fr', timeZone: 'Europe/Paris' }
    const late = await home.submit(alice, id, fields, Object.keys(fields))
    expect(readable(late.view)).toContain('Quelqu’un a modifié ceci')
    // Its fields are new ones each time, so that Slack shows what holds now.
    const named = (mark: number) =>
      Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${name}@${mark}`, value]))
    await storage().tenants.update(await tenantId(), { timeZone: 'Asia/Tokyo' })
    sandbox().nox.services.knowledge.drop(await tenantId())
    const later = await home.submit(alice, id, named(0), Object.keys(named(0)))
    expect(JSON.stringify(later.view)).toContain('"block_id":"timeZone@1"')
    const fresh = named(1)
    expect(await home.submit(alice, id, fresh, Object.keys(fresh))).toEqual({})
    expect(await storage().tenants.find(await tenantId())).toMatchObject(fields)
    const forged = await home.forge(
      bob,
      'setup.save',
      { id: 'company fr Europe/Paris again', version: 0 },
      fields,
      Object.keys(fields),
    )
    expect(forged.text).toContain('Réservé aux admins : Alice Martin')
    const wrong = { ...fields, timeZone: 'Mars/Olympus' }
    const again = await home.forge(
      alice,
      'setup.save',
      { id: 'company fr Europe/Paris again', version: 0 },
      wrong,
      Object.keys(wrong),
    )
    expect(JSON.parse(again.text)).toMatchObject({
      response_action: 'errors',
      errors: { timeZone: expect.any(String) },
    })
  })

  it('shows a company the way to its first deployment, each step with its door', async () => {
    const steps = (await home.open(alice)).text
    expect(steps).toContain('Mise en route')
    expect(steps).toContain('Fait : inviter l’équipe')
    expect(steps).toContain('À faire : choisir qui déploie où')
    await home.use(alice, 'tab.permissions')
    await home.see(alice, /▸ Permissions/)
    await home.tab(alice, 'permissions')
    const { id } = await home.form(alice, 'zone.presets')
    await home.submit(alice, id, { preset: 'approved' }, ['preset'])
    await slack().submitView(societeX, alice, slack().views(alice).at(-1)?.id ?? '', {})
    expect((await home.open(alice, /choisir qui déploie où|Bonjour/)).text).not.toContain(
      'À faire : choisir qui déploie où',
    )
  })

  it('is shorter for a freelance: no team to invite, nothing to approve; who comes later is a guest', async () => {
    const alone = homeOf(sandbox, 'T0FREELEA')
    await begin('T0FREELEA')
    const seen = await alone.open(lea, /Bienvenue/)
    expect(seen.text).toContain('Invités')
    await start(lea, { kind: 'individual', language: 'fr', timeZone: 'Europe/Paris' }, 'T0FREELEA')
    const after = await alone.see(lea, /Réglages/)
    expect(after.text).not.toContain('inviter l’équipe')
    expect(after.text).not.toContain('choisir qui déploie où')
    const tenant = await tenantId('T0FREELEA')
    const yann = await storage().members.findBySlackId(tenant, 'U0YANN')
    expect(yann).toMatchObject({ role: 'guest' })
    const { guard } = sandbox().nox.channel.governance
    expect((await guard.memberOf(tenant, 'U0NEWCOMER')).member).toMatchObject({
      role: 'guest',
      projects: [],
      flags: { canManageUsers: false, canConfigureIntegrations: false },
    })
  })
  it('fits the first zones to whom NOX is for: a freelance has no groups; zones that somebody edited stay', async () => {
    const alone = homeOf(sandbox, 'T0FREELEA')
    const tenant = await tenantId('T0FREELEA')
    const zones = () => storage().zones.list(tenant)
    const groups = async () => new Set((await zones()).flatMap(({ grants }) => grants.map(({ group }) => group)))
    const become = async (kind: 'company' | 'individual') => {
      const { id } = await alone.form(lea, 'setup.open')
      const fields = { kind, language: 'fr', timeZone: 'Europe/Paris' }
      expect(await alone.submit(lea, id, fields, Object.keys(fields))).toEqual({})
      await alone.open(lea, /setup\.open/)
    }
    await alone.open(lea, /setup\.open/)
    await become('company')
    expect(await groups()).toEqual(new Set(['developers', 'seniors', '*']))
    await become('individual')
    expect(await groups()).toEqual(new Set(['*']))
    const { text } = await alone.tab(lea, 'permissions', /Ce que voient les invités/)
    expect(text).toMatch(/Yann \(client Y\)\*? · invité · site-y, api-y, client-y/)
    expect(text).toContain('Les admins font tout, sauf pendant un gel.')
    expect(text).not.toMatch(/developers|seniors|zone\.presets/)

    const zone = await alone.form(lea, 'zone.new')
    expect(zone.text).toMatch(/Directement.*tous les membres.*Avec une confirmation/)
    expect(zone.text).not.toMatch(/Validation par|Dérogation/)
    await alone.close(lea, zone.id)
    await alone.tab(lea, 'team', /Inviter/)
    const invitation = await alone.form(lea, 'team.invite')
    expect(invitation.text).not.toContain('Nouveaux groupes')
    await alone.close(lea, invitation.id)

    const [first] = await zones()
    const edition = await storage().zones.edition(tenant, first?.id ?? '')
    if (!edition) throw new Error('no zone')
    const changed = { ...edition.value, environments: ['staging'] }
    expect(await storage().zones.change(changed, edition.version, entry({ actor: lea }))).toBe(true)
    await alone.open(lea, /setup\.open/)
    await become('company')
    expect(await groups()).toEqual(new Set(['*']))
  })
})
