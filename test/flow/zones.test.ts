import { beforeAll, expect, it } from 'vitest'
import type { Zone } from '../../src/domain/zone.ts'
import { dayKey } from '../../src/permissions/index.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { homeOf, keepOnly, pick, readable } from '../helpers/home.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'
import { tenantIn } from '../helpers/tenant.ts'

const { alice, bob, carol, dora } = people

eachSandbox('permissions in App Home', (sandbox) => {
  const home = homeOf(sandbox)
  beforeAll(() => keepOnly(sandbox(), Object.values(people)))
  const { slack, storage, tenantId, lastRecord } = tenantIn(sandbox)
  const zoneOf = async (name: string) => {
    const zone = (await storage().zones.list(await tenantId())).find((each) => each.name === name)
    if (!zone) throw new Error(`no zone ${name}`)
    return zone
  }
  const editionOf = async (name: string) => {
    const edition = await storage().zones.edition(await tenantId(), (await zoneOf(name)).id)
    if (!edition) throw new Error(`no zone ${name}`)
    return edition
  }
  const openZone = async (name: string, part: string) => {
    await home.tab(alice, 'permissions')
    return home.form(alice, `zone.entry.${(await zoneOf(name)).id}`, pick(part))
  }
  const top = () => slack().views(alice).at(-1)
  const preview = async (
    viewId: string,
    fields: Parameters<typeof home.submit>[2],
    selects = ['approver', 'preset'],
  ) => {
    const result = await home.submit(alice, viewId, fields, selects)
    if (result.errors) throw new Error(JSON.stringify(result.errors))
    return readable(top()?.json)
  }
  const save = async () => home.submit(alice, top()?.id ?? '', {})
  const today = () => dayKey(Date.now(), 'Europe/Paris')
  const production = { name: 'production', environments: ['production'], actions: ['deploy', 'restart', 'scale'] }

  it('answers "can I?" to whoever asks, for themselves and for others', async () => {
    const first = await home.tab(bob, 'permissions')
    expect(first.text).toContain('Choisissez une action')
    expect(first.text).toContain('seniors directement')
    expect(first.text).not.toContain('zone.entry.')
    const deploy = { text: { type: 'plain_text', text: 'déployer' }, value: 'deploy' }
    await home.use(bob, 'set.action', { type: 'static_select', selected_option: deploy })
    const answer = await home.see(bob, /Bob Dupont/)
    expect(answer.text).toMatch(/Oui :.{0,3} déployer en staging/)
    expect(answer.text).toMatch(/avec validation de seniors :.{0,3} déployer en production/)
    const found = await home.suggest(bob, 'set.person', 'car')
    expect(readable(found)).toContain('Carol Nguyen')
    await home.use(bob, 'set.person', { type: 'external_select', selected_option: found[0] })
    expect((await home.see(bob, /\*Carol Nguyen\*/)).text).toMatch(/Oui :.{0,3} déployer en production/)
    expect((await home.open(dora)).text).not.toContain('tab.permissions')
  })

  it('previews who gains, saves it, and the next order obeys', async () => {
    const { id, text } = await openZone('production', 'rules')
    expect(text).toContain('seniors')
    const fields = { ...production, direct: ['seniors'], approved: ['developers'], approver: 'seniors', approvers: '1' }
    const shown = await preview(id, fields)
    expect(shown).toContain('*Gagne :* Bob Dupont · déployer en production (avec validation)')
    expect(shown).not.toContain('Perd')
    expect(await save()).toMatchObject({ clear: true })
    expect((await home.see(alice, /avec 1 validation/)).text).toContain('developers avec 1 validation de seniors')
    expect(await lastRecord('zone.save')).toMatchObject({ actor: alice, resource: 'production', result: 'changed' })
    expect((await lastRecord('zone.save'))?.details['grants.after']).toContain('approval')
    const { ts } = sandbox().say(bob, '@NOX déploie user-api v2.4.0 en production')
    const request = await sandbox().answer(ts, /Validation demandée/)
    expect(contentOf(request)).toContain('1 validation de seniors')
    await sandbox().press(bob, request, 'Retirer la demande')
    await sandbox().answer(ts, /Retiré/)
  })

  it('says who loses, and that too few can approve', async () => {
    const { id } = await openZone('production', 'rules')
    const fields = { ...production, direct: [], approved: ['seniors'], approver: 'seniors', approvers: '3' }
    const shown = await preview(id, fields)
    expect(shown).toContain('*Perd :* Carol Nguyen · déployer en production (désormais avec validation)')
    expect(shown).toContain('seniors : il faut 3 validations, et 2 peuvent en donner')
    await home.close(alice, top()?.id ?? '')
    await home.close(alice, id)
    expect((await zoneOf('production')).grants).toHaveLength(2)
  })

  it('says in the form what is wrong', async () => {
    const { id } = await openZone('production', 'rules')
    const wrong = async (fields: Parameters<typeof home.submit>[2]) =>
      Object.keys((await home.submit(alice, id, { ...production, ...fields }, ['approver'])).errors ?? {})
    expect(await wrong({ name: 'look' })).toEqual(['name'])
    expect(await wrong({ environments: [] })).toEqual(['environments'])
    expect(await wrong({ resources: 'a b, <x>' })).toEqual(['resources'])
    expect(await wrong({ direct: ['seniors'], confirmed: ['seniors'] })).toEqual(['confirmed'])
    expect(await wrong({ approved: ['developers'], approver: '' })).toEqual(['approver'])
    expect(await wrong({ approvers: '9' })).toEqual(['approvers'])
    await home.close(alice, id)
  })

  it('makes a zone of resources by pattern, and removes it again after its own preview', async () => {
    await home.tab(alice, 'permissions')
    const { id } = await home.form(alice, 'zone.new')
    const fields = {
      name: 'web en production',
      environments: ['production'],
      resources: 'web*',
      actions: ['deploy'],
      direct: ['developers'],
    }
    const shown = await preview(id, fields)
    expect(shown).toMatch(/\*Gagne :\* Bob Dupont · déployer en production pour web/)
    expect(await save()).toMatchObject({ clear: true })
    const { ts } = sandbox().say(bob, '@NOX puis-je déployer web en production ?')
    await sandbox().answer(ts, /Oui/)
    const removal = await openZone('web en production', 'remove')
    expect(removal.text).toContain('*Perd :* Bob Dupont')
    await save()
    await expect(zoneOf('web en production')).rejects.toThrow()
    expect(await lastRecord('zone.remove')).toMatchObject({ actor: alice, resource: 'web en production' })
  })

  it('freezes production for everybody; who may override does it loudly, with a reason, once', async () => {
    const rules = await openZone('production', 'rules')
    const groups = { direct: ['seniors'], approved: ['developers'], approver: 'seniors', approvers: '1' }
    await preview(rules.id, { ...production, ...groups, overrideGroups: ['seniors'] })
    await save()
    const { id } = await openZone('production', 'calendar')
    const half = await home.submit(alice, id, { reason: 'Noël' })
    expect(Object.keys(half.errors ?? {})).toEqual(['freezeFrom', 'freezeUntil'])
    const dates = {
      freezeFrom: { freezeFrom: { selected_date: today() } },
      freezeUntil: { freezeUntil: { selected_date: today() } },
      reason: { reason: { value: 'Noël' } },
    }
    expect(await slack().submitView(societeX, alice, id, dates)).not.toHaveProperty('errors')
    expect(readable(top()?.json)).toContain('plus personne n’y change rien, admins compris : « Noël »')
    await save()
    expect((await zoneOf('production')).freezes).toEqual([{ from: today(), until: today(), reason: 'Noël' }])

    const { ts } = sandbox().say(bob, '@NOX déploie user-api v2.4.0 en production')
    const refused = await sandbox().answer(ts, /Gel sur production : « Noël »/)
    expect(contentOf(refused)).toContain('Dérogation possible par seniors')
    expect(contentOf(refused)).not.toContain('Déroger…')
    const { ts: admin } = sandbox().say(carol, '@NOX déploie user-api v2.4.0 en production')
    const hers = await sandbox().answer(admin, /Gel sur production/)
    await sandbox().press(carol, hers, 'Déroger…')
    const dialog = await slack().waitForView(carol)
    const reason = { text: { text: { value: 'Panne de paiement' } } }
    expect(await slack().submitView(societeX, carol, dialog.id, reason)).toEqual({})
    const notice = await slack().waitForMessage(
      (message) => message.channel === 'C0DEVOPS' && message.threadTs === null && /Dérogation/.test(contentOf(message)),
    )
    expect(contentOf(notice)).toContain('Carol Nguyen')
    expect(contentOf(notice)).toContain('Panne de paiement')
    await slack().waitForMessage(
      (message) => message.channel === slack().directMessages(societeX, alice) && /Dérogation/.test(contentOf(message)),
    )
    await sandbox().answer(admin, /Déployé/)
    const records = await storage().audit.list(await tenantId(), { command: 'deploy', result: 'approved', limit: 3 })
    expect(records[0]).toMatchObject({ actor: carol, details: { override: 'Panne de paiement' } })
    expect(records.filter(({ details }) => details.override)).toHaveLength(1)
  })

  it('lifts a freeze, and keeps to hours', async () => {
    const { id } = await openZone('production', 'calendar')
    const yesterday = String(((new Date().getUTCDay() + 5) % 7) + 1)
    const hours = {
      kept: { kept: { selected_options: [] } },
      days: { days: { selected_options: [{ text: { type: 'plain_text', text: 'x' }, value: yesterday }] } },
      from: { from: { selected_time: '12:00' } },
      to: { to: { selected_time: '12:01' } },
    }
    expect(await slack().submitView(societeX, alice, id, hours)).not.toHaveProperty('errors')
    expect(readable(top()?.json)).toContain('la zone n’ouvre rien, sauf aux admins')
    await save()
    expect(await zoneOf('production')).not.toHaveProperty('freezes')
    const { ts } = sandbox().say(carol, '@NOX puis-je déployer user-api en production ?')
    await sandbox().answer(ts, /n’est ouverte que/)
    const always = await openZone('production', 'calendar')
    expect(
      await slack().submitView(societeX, alice, always.id, { days: { days: { selected_options: [] } } }),
    ).not.toHaveProperty('errors')
    await save()
    const { ts: later } = sandbox().say(carol, '@NOX puis-je déployer user-api en production ?')
    await sandbox().answer(later, /Oui/)
  })

  it('calls the first zones by words, and keeps the names that they have when a form comes back unchanged', async () => {
    const { text } = await home.tab(alice, 'permissions')
    expect(text).toMatch(/\*consultation\*.*tous les membres directement/)
    expect(text).not.toMatch(/"text":"[^"]*(schedules|backups|\blook\b|development)/)
    const { id, text: form } = await openZone('look', 'rules')
    expect(form).toContain('"initial_value":"consultation"')
    const { environments, actions } = await zoneOf('look')
    const shown = await preview(id, { name: 'consultation', environments, actions, direct: ['*'], approvers: '1' })
    expect(shown).toContain('Personne ne gagne ni ne perd rien.')
    await save()
    expect((await zoneOf('look')).actions).toEqual(actions)
    const taken = await openZone('backups', 'rules')
    const fields = { name: 'consultation', environments, actions, direct: ['*'], approvers: '1' }
    expect(Object.keys((await home.submit(alice, taken.id, fields)).errors ?? {})).toEqual(['name'])
    await home.close(alice, taken.id)
  })

  it('begins from a preset', async () => {
    await home.tab(alice, 'permissions')
    const { id } = await home.form(alice, 'zone.presets')
    const shown = await preview(id, { preset: 'seniors' })
    expect(shown).toContain('*Perd :* Bob Dupont · déployer en production')
    await save()
    expect((await zoneOf('production')).grants).toEqual([{ group: 'seniors', requirement: { kind: 'nothing' } }])
    const names = (await storage().zones.list(await tenantId())).map(({ name }) => name)
    expect(names.filter((name) => ['production', 'staging, development'].includes(name))).toHaveLength(2)
    expect(names).toContain('backups')
  })

  it('tells the second of two editors who was faster', async () => {
    const { id } = await openZone('backups', 'rules')
    const { value, version } = await editionOf('backups')
    const entry = {
      at: Date.now(),
      actor: carol,
      command: 'zone.save',
      resource: 'backups',
      result: 'changed',
      details: {},
      environment: null,
      actionId: null,
      actionNumber: null,
    } as const
    const theirs: Zone = { ...value, resources: ['client-*'] }
    expect(await storage().zones.change(theirs, version, entry)).toBe(true)
    expect(await storage().zones.change(theirs, version, entry)).toBe(false)
    const late = await home.submit(alice, id, {
      name: 'backups',
      environments: ['*'],
      actions: ['backup'],
      direct: ['*'],
    })
    expect(readable(late.view)).toContain('Carol Nguyen a modifié ceci')
    expect(readable(late.view)).toContain('client-*')
    expect((await zoneOf('backups')).resources).toEqual(['client-*'])
    await home.close(alice, id)
  })

  it('refuses forged forms: of a member, of another tenant’s zone, of drafts that no form made', async () => {
    const { value, version } = await editionOf('production')
    const rules = { ...production, direct: ['*'] }
    const draft = { part: 'rules', form: rules }
    const row = { id: value.id, version, home: { tab: 'permissions' } }
    for (const callback of ['zone.rules', 'zone.save']) {
      const byBob = await home.forge(bob, callback, { ...row, draft }, rules)
      expect(byBob.text).toContain('Réservé aux admins : Alice Martin')
    }
    expect(await lastRecord('zone.rules')).toMatchObject({ actor: bob, result: 'refused' })
    const other = (await storage().installations.tenantOf('T0FREELEA')) ?? ''
    const [theirs] = await storage().zones.list(other)
    const removal = { ...row, id: theirs?.id ?? '', version: 1, draft: { part: 'remove', form: {} } }
    expect((await home.forge(alice, 'zone.save', removal, {})).text).toContain('n’existe plus')
    expect((await storage().zones.list(other)).map(({ id }) => id)).toContain(theirs?.id)
    const hostile = [
      { ...row, draft: { part: 'rules', form: { ...rules, direct: ['a b'] } } },
      { ...row, draft: { part: 'rules', form: { ...rules, actions: ['everything'] } } },
      { ...row, draft: { part: 'rules', form: { ...rules, environments: [['*']] } } },
      { ...row, draft: { part: 'calendar', form: { days: ['9'] } } },
      { ...row, draft: { part: 'unknown', form: {} } },
      { ...row, draft: null },
      { id: value.id, version: 'x', draft },
      'not json',
    ]
    for (const metadata of hostile) {
      const { status, text } = await home.forge(alice, 'zone.save', metadata, {})
      expect([status, text]).toEqual([200, expect.stringContaining('"response_action":"update"')])
    }
    expect(await editionOf('production')).toMatchObject({ version, value: { grants: value.grants } })
  })
})
