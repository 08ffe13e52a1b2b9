import postgres from 'postgres'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultMember } from '../../src/permissions/index.ts'
import { createChanges } from '../../src/storage/changes.postgres.ts'
import { openStorage } from '../../src/storage/open-storage.ts'
import type { Storage } from '../../src/storage/types/storage.ts'
import { createVault } from '../../src/vault/index.ts'
import { createTenant, entry, newAction } from '../helpers/actions.ts'
import { testKey } from '../helpers/each-database.ts'
import { type FreshPostgres, freshPostgres, hasPostgres } from '../helpers/fresh-postgres.ts'

const installation = {
  ...{ tenantId: 'T1', workspaceId: 'W1', isOrgWide: false, appId: 'A1', botToken: 'xoxb', botUserId: 'UB' },
  ...{ botId: 'B1', scopes: [], installerUserId: 'U1', installedAt: 1 },
}
const alice = defaultMember('company', 'admin', { tenantId: 'T1', id: 'M1', slackUserId: 'U1', name: 'Alice' })
const named = { tenantId: 'T1', id: 'X1', name: 'x' } as never

describe.skipIf(!hasPostgres())('what a process changes, another hears', () => {
  let database: FreshPostgres
  let one: Storage
  let other: Storage
  let heard: string[]
  const where = () => ({ url: database.url })
  const listening = () =>
    expect
      .poll(async () => {
        await one.tenants.update('T0', { name: String(Math.random()) })
        return heard.includes('T0')
      })
      .toBe(true)

  beforeEach(async () => {
    database = await freshPostgres()
    one = await openStorage(where(), createVault([testKey]))
    other = await openStorage(where(), createVault([testKey]))
    for (const id of ['T0', 'T1', 'T2']) await createTenant(one, id)
    await one.members.create(alice)
    await one.installations.save(installation)
    heard = []
    other.changes.onChange((tenantId) => void heard.push(tenantId))
    await listening()
  })
  afterEach(async () => {
    await Promise.all([one.close(), other.close()])
    await database.drop()
  })

  /** The tenants that were heard of until a change of T2 was: what comes before it was told before it. */
  async function heardOf(change: () => Promise<unknown>): Promise<readonly string[]> {
    heard.splice(0)
    await change()
    await one.tenants.update('T2', { name: 'the end' })
    await expect.poll(() => heard).toContain('T2')
    return heard.filter((id) => id === 'T1')
  }

  it('all that is kept of a tenant', async () => {
    const cluster = { ...(named as object), environments: [], namespaces: [], isDefault: true, checkedAt: null }
    const changes: Readonly<Record<string, () => Promise<unknown>>> = {
      plan: () => one.tenants.update('T1', { plan: 'enterprise' }),
      'the zone of its days': () => one.tenants.update('T1', { timeZone: 'Europe/Paris' }),
      look: () => one.tenants.update('T1', { look: null, contact: 'a@b.example' }),
      member: () => one.members.update({ ...alice, role: 'guest' }),
      name: () => one.members.rename('T1', 'M1', 'Alicia'),
      'a service': () => one.catalogue.saveService(named),
      'a service less': () => one.catalogue.removeService('T1', 'X1'),
      'a cluster': () => one.catalogue.saveCluster(cluster as never, { server: 'https://k', token: 't' } as never),
      'what is noted of it': () => one.catalogue.noteCluster('T1', 'X1', (now) => ({ ...now, checkedAt: 5 })),
      'a cluster less': () => one.catalogue.removeCluster('T1', 'X1'),
      'a backup': () => one.catalogue.saveBackupTarget(named),
      'a zone': () => one.zones.save(named),
      'an alias': () => one.aliases.save({ tenantId: 'T1', name: 'a', text: 'b', createdBy: 'U1', createdAt: 3 }),
      'an alias less': () => one.aliases.remove('T1', 'a'),
      'a channel': () => one.tenants.setChannelDefault('T1', 'C1', { service: 'x' }),
      'a vendor': () => one.integrations.save({ tenantId: 'T1', vendor: 'github' } as never, { token: 't' }),
      'a vendor less': () => one.integrations.remove('T1', 'github'),
      'another token': () => one.installations.save({ ...installation, botToken: 'xoxb-2' }),
      'another workspace': () => one.installations.save({ ...installation, workspaceId: 'W2' }),
      'no workspace': () => one.installations.remove('W1'),
    }
    for (const [what, change] of Object.entries(changes)) {
      expect(await heardOf(change), what).toEqual(['T1'])
    }
  })

  it('and not its orders, which change nothing of it', async () => {
    const order = newAction()
    const orders = async () => {
      expect((await one.ledger.accept(order)).kind).toBe('accepted')
      const ending = { state: 'done', audit: entry({ at: 7 }), giveBack: false, now: 3_000 } as const
      expect(await one.ledger.finish('T1', order.id, 1, ending)).toBe(true)
    }
    expect(await heardOf(orders)).toEqual([])
  })
})

describe.skipIf(!hasPostgres())('what is kept in memory beside other processes', () => {
  let database: FreshPostgres
  let close: (() => Promise<void>) | undefined
  beforeEach(async () => {
    database = await freshPostgres()
  })
  afterEach(async () => {
    await close?.()
    await database.drop()
  })

  it('holds while the connection hears, and some seconds only once it was lost', { timeout: 30_000 }, async () => {
    let clock = 0
    const changes = createChanges(database.url, 'session', () => clock)
    close = changes.close
    expect(changes.holds(0)).toBe(true)
    clock = 5_000
    expect(changes.holds(0)).toBe(false)
    changes.onChange(() => {})
    /** Whether what is read now is believed long after: as soon as it hears, and was asked since. */
    const lasts = async () => {
      const read = clock
      clock += 60_000
      await expect.poll(() => changes.holds(read), { timeout: 4_000 }).toBe(true)
      return read
    }
    let read = -1
    await expect
      .poll(
        async () => {
          read = await lasts().catch(() => -1)
          return read
        },
        { timeout: 20_000 },
      )
      .toBeGreaterThan(0)
    const hand = postgres(database.url, { max: 1, onnotice: () => {} })
    await hand`select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %' or query = 'select 1' and pid <> pg_backend_pid()`
    await hand.end()
    await expect.poll(() => changes.holds(read), { timeout: 4_000 }).toBe(false)
    // What is read on from here is heard of again.
    await expect.poll(() => lasts().catch(() => -1), { timeout: 20_000 }).toBeGreaterThan(read)
    expect(changes.holds(read)).toBe(false)
  })

  it('holds some seconds where a pooler hands out transactions', () => {
    let clock = 0
    const changes = createChanges(database.url, 'transaction', () => clock)
    changes.onChange(() => {})
    clock = 4_999
    expect(changes.holds(0)).toBe(true)
    clock = 5_000
    expect(changes.holds(0)).toBe(false)
  })
})
