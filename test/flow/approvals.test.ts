import { beforeAll, expect, it, vi } from 'vitest'
import type { Member } from '../../src/domain/member.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { homeOf, keepOnly } from '../helpers/home.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'
import { tenantIn } from '../helpers/tenant.ts'

const { alice, bob, carol, dora } = people

eachSandbox('approvals', (sandbox) => {
  const home = homeOf(sandbox)
  beforeAll(() => keepOnly(sandbox(), Object.values(people)))
  const { slack, storage, tenantId, directTo } = tenantIn(sandbox)
  const directs = (user: string, fits: RegExp) =>
    slack()
      .messages(slack().directMessages(societeX, user))
      .filter((message) => fits.test(contentOf(message)))
  const partial = /Validation demandée[\s\S]*1 validation sur 2/
  /** Rules and people as a test wants them, known at once. */
  const setUp = async (approvers: number, change: (carol: Member) => Member = (member) => member) => {
    const tenant = await tenantId()
    const zone = (await storage().zones.list(tenant)).find(({ name }) => name === 'production')
    if (!zone) throw new Error('no zone')
    const approval = { kind: 'approval', group: 'seniors', approvers } as const
    await storage().zones.save({ ...zone, grants: [{ group: '*', requirement: approval }] })
    const member = await storage().members.findBySlackId(tenant, carol)
    if (member) await storage().members.update(change({ ...member, groups: ['developers', 'seniors'] }))
    sandbox().nox.services.knowledge.drop(tenant)
  }
  const request = async (version: string) => {
    const { ts } = sandbox().say(bob, `@NOX déploie user-api ${version} en production`)
    const message = await sandbox().answer(ts, /Validation demandée/)
    const number = Number(/#(\d+)/.exec(contentOf(message))?.[1])
    await vi.waitFor(async () => {
      const action = await storage().ledger.findByNumber(await tenantId(), number)
      expect(action?.waiting?.directs).toHaveLength(2)
    }, 8_000)
    return { ts, message, number }
  }
  const stateOf = async (number: number) => (await storage().ledger.findByNumber(await tenantId(), number))?.state

  it('takes two of the group: each is asked once, every copy counts, the last one starts it', async () => {
    await setUp(2)
    const { ts, message, number } = await request('v2.4.0')
    expect(contentOf(message)).toContain('2 validations de seniors')
    await directTo(alice, new RegExp(`#${number}`))
    const hers = await directTo(carol, new RegExp(`#${number}`))
    await sandbox().press(carol, hers, 'Approuver')
    await sandbox().answer(ts, partial)
    await directTo(alice, /1 validation sur 2/)
    await directTo(carol, /1 validation sur 2/)
    expect(await stateOf(number)).toBe('waiting')
    await sandbox().press(carol, hers, 'Approuver')
    expect(await stateOf(number)).toBe('waiting')
    const last = await directTo(alice, /1 validation sur 2/)
    await sandbox().press(alice, last, 'Approuver')
    await sandbox().answer(ts, /Déployé/)
    await directTo(carol, /Approuvé par Alice Martin/)
    expect(directs(alice, new RegExp(`#${number}`))).toHaveLength(1)
    expect(directs(carol, new RegExp(`#${number}`))).toHaveLength(1)
  })

  it('counts no approval of someone who has left the group since', async () => {
    await setUp(2)
    const { ts, message, number } = await request('v2.4.1')
    await sandbox().press(carol, message, 'Approuver')
    await sandbox().answer(ts, partial)
    await setUp(2, (member) => ({ ...member, groups: ['developers'] }))
    await sandbox().press(alice, await sandbox().answer(ts, partial), 'Approuver')
    await slack().waitForMessage((each) => each.onlyFor === alice && /1 validation sur 2/.test(contentOf(each)))
    expect(await stateOf(number)).toBe('waiting')
    await setUp(2)
    await sandbox().press(alice, await sandbox().answer(ts, partial), 'Approuver')
    await sandbox().answer(ts, /Déployé/)
  })

  it('asks for as many as the rules want by the time of the decision', async () => {
    await setUp(1)
    const { ts, message, number } = await request('v2.4.0')
    await setUp(2)
    await sandbox().press(carol, message, 'Approuver')
    await slack().waitForMessage((each) => each.onlyFor === carol && /1 validation sur 2/.test(contentOf(each)))
    expect(await stateOf(number)).toBe('waiting')
    await sandbox().press(bob, message, 'Retirer la demande')
    await sandbox().answer(ts, /Retiré/)
  })

  it('is refused kindly to oneself, to others, and twice', async () => {
    await setUp(1)
    const { ts, message, number } = await request('v2.4.0')
    await sandbox().press(bob, message, 'Approuver')
    await slack().waitForMessage(
      (each) => each.onlyFor === bob && /n’approuve pas sa propre demande/.test(contentOf(each)),
    )
    await sandbox().press(dora, message, 'Approuver')
    await slack().waitForMessage(
      (each) => each.onlyFor === dora && /attend une validation de seniors/.test(contentOf(each)),
    )
    await directTo(alice, new RegExp(`#${number}`))
    await sandbox().press(carol, message, 'Refuser')
    const dialog = await slack().waitForView(carol)
    const reason = { text: { text: { value: 'Pas un vendredi' } } }
    await slack().submitView(societeX, carol, dialog.id, reason)
    await sandbox().answer(ts, /Refusé par Carol Nguyen/)
    const told = await directTo(alice, /Refusé par Carol Nguyen/)
    expect(contentOf(told)).toContain('Pas un vendredi')
  })

  const nothingToDecide = /^(?!.*À décider)/
  const pressInHome = async (seen: { readonly id: string; readonly text: string }, number: number, what: string) => {
    const action = await storage().ledger.findByNumber(await tenantId(), number)
    const block = (
      JSON.parse(seen.text).blocks as { block_id: string; elements?: { action_id: string; value?: string }[] }[]
    ).find((each) => each.elements?.some((element) => element.value?.includes(action?.id ?? '-')))
    const button = block?.elements?.find((element) => element.value?.includes(what))
    await slack().press(societeX, carol, {
      source: { kind: 'view', view_id: seen.id },
      block_id: block?.block_id ?? '',
      action_id: button?.action_id ?? '',
      element: { type: 'button', value: button?.value },
    })
  }

  it('waits in Home for those who may decide, and is decided there', async () => {
    await setUp(1)
    const { ts, number } = await request('v2.4.0')
    expect((await home.open(bob)).text).not.toContain('À décider')
    const seen = await home.open(carol, /À décider \(1\)/)
    expect(seen.text).toContain('Bob Dupont')
    await pressInHome(seen, number, 'approve')
    await sandbox().answer(ts, /Approuvé par Carol Nguyen/)
    await sandbox().answer(ts, /Déployé|Rien à faire/)
    await home.see(carol, nothingToDecide)
  })

  it('is refused in Home, which shows it no longer', async () => {
    await setUp(1)
    const { ts, number } = await request('v2.4.2')
    const seen = await home.open(carol, /À décider \(1\)/)
    await pressInHome(seen, number, 'deny-reason')
    const dialog = await slack().waitForView(carol, ({ json }) => json.callback_id === 'dialog')
    const field = (dialog.json as { blocks: { block_id: string }[] }).blocks[0]?.block_id ?? ''
    await home.submit(carol, dialog.id, { [field]: 'Pas avant la démo' })
    await sandbox().answer(ts, /Refusé par Carol Nguyen/)
    await home.see(carol, nothingToDecide)
  })

  it('is told in words to who may decide, and decided in the list; who asked sees it as theirs', async () => {
    await setUp(1)
    const { ts, number } = await request('v2.4.1')
    const hers = sandbox().say(carol, '@NOX mes approbations')
    const list = await sandbox().answer(hers.ts, /1 demande attend votre décision/)
    expect(contentOf(list)).toMatch(new RegExp(`#${number} · .*user-api.*demandé par Bob Dupont`))
    const his = sandbox().say(bob, '@NOX my approvals')
    const own = contentOf(await sandbox().answer(his.ts, /No request waits for you/))
    expect(own).toContain(`Yours: #${number}`)
    expect(own).not.toContain(`Approve #${number}`)
    await sandbox().press(bob, list, `Approuver #${number}`)
    expect(await stateOf(number)).toBe('waiting')
    await sandbox().press(carol, list, `Approuver #${number}`)
    await sandbox().answer(ts, /Approuvé par Carol Nguyen/)
    await sandbox().answer(ts, /Déployé|Rien à faire/)
  })

  it('asks again where the catalogue says another image or place by then', async () => {
    await setUp(1)
    const { catalogue } = storage()
    const known = (await catalogue.services(await tenantId())).find(({ name }) => name === 'user-api')
    if (!known) throw new Error('no user-api')
    const save = async (service: typeof known) => {
      await catalogue.saveService(service)
      sandbox().nox.services.knowledge.drop(await tenantId())
    }
    const { ts, number } = await request('v2.4.0')
    await save({ ...known, imageTemplate: 'registry.elsewhere.example/{service}:{tag}' })
    await sandbox().press(carol, await directTo(carol, new RegExp(`#${number}`)), 'Approuver')
    await sandbox().answer(ts, /Le catalogue a changé depuis/)
    await vi.waitFor(async () => expect(await stateOf(number)).toBe('waiting'), 8_000)
    expect((await storage().ledger.findByNumber(await tenantId(), number))?.waiting?.approvals ?? []).toEqual([])
    await save(known)
    const again = await sandbox().answer(ts, /Le catalogue a changé depuis/)
    await sandbox().press(bob, again, 'Retirer la demande')
    await vi.waitFor(async () => expect(await stateOf(number)).toBe('cancelled'), 8_000)
  })

  it('asks again where another version runs by then, and never says that it has started', async () => {
    await setUp(1)
    const { ts, message } = await request('v2.4.2')
    const { ts: other } = sandbox().say(alice, '@NOX déploie user-api v2.4.3 en production')
    await sandbox().answer(other, /Déployé/)
    await sandbox().press(carol, message, 'Approuver')
    const again = await sandbox().answer(ts, /a changé depuis/)
    expect(sandbox().thread(ts).map(contentOf).join()).not.toContain('a démarré')
    await directTo(carol, /À revoir/)
    await sandbox().press(carol, again, 'Approuver')
    await sandbox().answer(ts, /Déployé/)
    const text = sandbox().thread(ts).map(contentOf).join()
    expect(text.match(/L’action a démarré/g)?.length).toBeGreaterThan(0)
  })

  it('asks again where a rollback would lead to another version by then than the one that was approved', async () => {
    await setUp(1)
    const deploy = async (version: string) => {
      const { ts } = sandbox().say(alice, `@NOX déploie user-api ${version} en production`)
      await sandbox().answer(ts, /Déployé|Rien à faire/)
    }
    for (const version of ['v2.4.1', 'v2.4.2']) await deploy(version)
    const { ts } = sandbox().say(bob, '@NOX rollback user-api en production')
    const message = await sandbox().answer(ts, /`v2\.4\.2` → `v2\.4\.1`/)
    for (const version of ['v2.4.3', 'v2.4.2']) await deploy(version)
    await sandbox().press(carol, message, 'Approuver')
    await sandbox().answer(ts, /a changé depuis.*`v2\.4\.2` → `v2\.4\.3`/)
    const [action] = await storage().ledger.list(await tenantId(), { userId: bob, limit: 1 })
    expect(action).toMatchObject({ command: 'rollback', state: 'waiting', waiting: { facts: { after: 'v2.4.3' } } })
    await sandbox().press(bob, await sandbox().answer(ts, /a changé depuis/), 'Retirer la demande')
    await sandbox().answer(ts, /Retiré/)
  })

  it('runs the commit that was there when it was asked for, not what was pushed since', async () => {
    await setUp(1)
    const { catalogue } = storage()
    const known = (await catalogue.services(await tenantId())).find(({ name }) => name === 'user-api')
    const repository = sandbox().github.world.repositories.find(({ name }) => name === 'user-api')
    const reviewed = repository?.branches.get('main')
    if (!known || !repository || !reviewed) throw new Error('no user-api')
    const save = async (imageTemplate: string) => {
      await catalogue.saveService({ ...known, imageTemplate })
      sandbox().nox.services.knowledge.drop(await tenantId())
    }
    await save('registry.societe-x.example/{service}:{sha}')
    const { ts, message, number } = await request('main')
    repository.branches.set('main', 'e'.repeat(40))
    await sandbox().press(carol, message, 'Approuver')
    // Nobody has built an image of it: what the cluster is asked for is what counts.
    const asked = await sandbox().answer(ts, /introuvable/)
    repository.branches.set('main', reviewed)
    await save(known.imageTemplate)
    expect(contentOf(asked)).toContain(`registry.societe-x.example/user-api:${reviewed}`)
    await vi.waitFor(async () => expect(await stateOf(number)).toBe('failed'), 8_000)
  })

  it('tells who comes too late who decided, and how long ago', async () => {
    await setUp(1)
    const { ts, number } = await request('v2.4.1')
    const { ts: denial } = sandbox().say(carol, `@NOX refuse ${number}`)
    await sandbox().answer(denial, /refusé/)
    await sandbox().answer(ts, /Refusé par Carol Nguyen/)
    const late = sandbox().say(alice, `@NOX approuve ${number}`)
    await sandbox().answer(late.ts, /Déjà décidé par Carol Nguyen, .* : refusée/)
    const { ts: words } = sandbox().say(alice, `@NOX approve ${number}`)
    await sandbox().answer(words, /Already decided by Carol Nguyen, .*: refused/)
    expect(await stateOf(number)).toBe('refused')
  })
})
