import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { dayMs } from '../../src/domain/plans.ts'
import { keepRecords } from '../../src/request/records/keep-records.ts'
import { verifyArchive } from '../../src/storage/archive-file.ts'
import { entry } from '../helpers/actions.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { homeOf, readable } from '../helpers/home.ts'
import { people, societeX } from '../helpers/sandbox.ts'

const { alice } = people
const freelance = 'T0FREELEA'

eachSandbox('records that are kept, moved and purged', (sandbox) => {
  const home = homeOf(sandbox)
  const atLea = homeOf(sandbox, freelance)
  const storage = () => sandbox().nox.storage
  const tenantOf = async (workspace: string) => (await storage().installations.tenantOf(workspace)) ?? ''
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nox-kept-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))
  /** The duty, so many days from now. */
  const look = (days: number, archivePath?: string) =>
    keepRecords({ ...sandbox().nox.services, now: () => Date.now() + days * dayMs }, archivePath)

  it('moves what is older than the plan keeps, and App Home still verifies the chain', async () => {
    const tenant = await tenantOf(societeX)
    for (let n = 0; n < 3; n += 1) await storage().audit.append(tenant, entry({ actor: alice, at: Date.now() }))
    const { count } = await storage().audit.verify(tenant)
    await storage().tenants.update(tenant, { plan: 'enterprise', planUntil: null })
    await look(4_000, folder)
    expect(await storage().archive.checkpoints(tenant)).toEqual([])
    await storage().tenants.update(tenant, { plan: 'starter' })
    await look(89, folder)
    expect(await storage().archive.checkpoints(tenant)).toEqual([])
    await look(125)
    expect(await storage().archive.checkpoints(tenant)).toEqual([])
    await look(125, folder)
    const [moved] = await storage().archive.checkpoints(tenant)
    // What the start of the sandbox still wrote meanwhile went along.
    expect(moved?.first).toBe(1)
    expect(moved?.last).toBeGreaterThanOrEqual(count - 1)
    expect(await verifyArchive(join(folder, moved?.file ?? ''))).toMatchObject({ ok: true })
    expect((await readdir(folder)).filter((name) => !name.endsWith('.gz'))).toEqual([])

    const seen = await home.tab(alice, 'audit')
    // The sandbox's own look may have moved more by now.
    const [, oldest = 0] = /antérieures au n° (\d+) sont dans les archives/.exec(seen.text) ?? []
    expect(Number(oldest)).toBeGreaterThanOrEqual(count)
    await home.use(alice, 'audit.verify')
    const view = await sandbox().slack.waitForView(alice, (each) => /Chaîne intacte/.test(readable(each.json)))
    const [, archived = 0] = /dont\s(\d+) dans les archives/.exec(readable(view.json)) ?? []
    expect(Number(archived)).toBeGreaterThanOrEqual(Number(oldest) - 1)
    await home.close(alice, view.id)
  })

  it('takes a contact address in the settings, tells it of the purge twice, and purges', async () => {
    const lea = 'U0LEA'
    const tenant = await tenantOf(freelance)
    const other = await tenantOf(societeX)
    await atLea.open(lea, /setup\.open/)
    const { id, text } = await atLea.form(lea, 'setup.open')
    expect(text).toContain('30 jours après la désinstallation')
    const choices = { kind: 'individual', language: 'fr', timeZone: 'Europe/Paris' }
    expect((await atLea.submit(lea, id, { ...choices, contact: 'lea@' }, Object.keys(choices))).errors).toHaveProperty(
      'contact',
    )
    expect(
      (await atLea.submit(lea, id, { ...choices, contact: 'lea@acme.fr' }, Object.keys(choices))).errors,
    ).toBeUndefined()
    expect(await storage().tenants.find(tenant)).toMatchObject({ contact: 'lea@acme.fr' })

    // A purge that was written before a crash kept the workspace is called off.
    await storage().purges.schedule(other, Date.now())
    await look(0)
    expect(await storage().purges.list()).toEqual([])
    // Whatever breaks off in the middle of it: the purge is there once the workspace is gone.
    vi.spyOn(storage().purges, 'schedule').mockRejectedValueOnce(new Error('it was killed'))
    sandbox().slack.uninstall(freelance)
    await vi.waitFor(async () => expect(await storage().purges.list()).toMatchObject([{ id: tenant, announced: 0 }]))
    const letters = () =>
      sandbox()
        .mail.letters()
        .filter(({ to }) => to.includes('lea@acme.fr'))
    await look(0)
    // What still runs there ends first.
    await vi.waitFor(async () => {
      await look(1)
      expect(letters()).toHaveLength(1)
    }, 8_000)
    expect(letters()[0]?.subject).toMatch(/^NOX est désinstallé : les données de .+ seront supprimées le \d+/)
    expect(letters()[0]?.text).toContain('réinstallez NOX')
    await look(24)
    await look(25)
    expect(letters()).toHaveLength(2)
    expect(await storage().tenants.find(tenant)).not.toBeNull()
    const before = await storage().audit.verify(other)
    await look(31)
    expect(await storage().tenants.find(tenant)).toBeNull()
    expect(await storage().audit.list(tenant, { limit: 1 })).toEqual([])
    expect(await storage().purges.list()).toMatchObject([{ id: tenant, announced: 2, endedAt: expect.any(Number) }])
    const { ok, count, archived } = await storage().audit.verify(other)
    expect({ ok, archived }).toEqual({ ok: true, archived: before.archived })
    expect(count).toBeGreaterThanOrEqual(before.count)
    await look(32)
    expect(letters()).toHaveLength(2)
  })
})
