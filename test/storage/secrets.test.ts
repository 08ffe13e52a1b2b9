import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import type { NoxError } from '../../src/errors.ts'
import { openStorage } from '../../src/storage/open-storage.ts'
import { rotateKeys } from '../../src/storage/rotate-keys.ts'
import { createVault } from '../../src/vault/index.ts'
import { createTenant } from '../helpers/actions.ts'
import { eachDatabase, testKey } from '../helpers/each-database.ts'

const installation = {
  tenantId: 'T1',
  workspaceId: 'W1',
  isOrgWide: false,
  appId: 'A1',
  botToken: 'a very secret token',
  botUserId: 'UB',
  botId: 'B1',
  scopes: ['chat:write'],
  installerUserId: 'U1',
  installedAt: 1,
}
const cluster = {
  tenantId: 'T1',
  id: 'c1',
  name: 'prod-eu',
  environments: ['production'],
  namespaces: [],
  isDefault: true,
  checkedAt: null,
}

eachDatabase('secrets', (open, dialect) => {
  it('are read back by their tenant, and stand nowhere in plain text', async () => {
    const { storage, where } = await open()
    await createTenant(storage)
    await storage.installations.save(installation)
    await storage.catalogue.saveCluster(cluster, { server: 'https://k', token: 'another secret token' })
    expect(await storage.installations.find('W1')).toEqual(installation)
    expect(await storage.installations.findByTenant('T1')).toEqual(installation)
    expect(await storage.catalogue.clusterAccess('T1', 'c1')).toMatchObject({ token: 'another secret token' })
    expect(await storage.catalogue.clusterAccess('T2', 'c1')).toBeNull()
    if (!('path' in where)) return
    const folder = dirname(where.path)
    for (const name of await readdir(folder)) {
      const content = await readFile(join(folder, name), 'latin1').catch(() => '')
      expect(content).not.toContain('very secret')
      expect(content).not.toContain('another secret')
    }
  })

  it('are erased with the installation; the tenant is found again when it comes back', async () => {
    const { storage } = await open()
    await createTenant(storage)
    await storage.installations.save(installation)
    expect(await storage.installations.remove('W1')).toEqual({ tenantId: 'T1' })
    expect(await storage.installations.remove('W1')).toBeNull()
    expect(await storage.installations.find('W1')).toBeNull()
    expect(await storage.installations.tenantOf('W1')).toBe('T1')
    await storage.installations.save({ ...installation, botToken: 'a new token' })
    expect((await storage.installations.find('W1'))?.botToken).toBe('a new token')
  })

  it('follow a new master key, and need the old one no more', async () => {
    const { storage, where } = await open()
    await createTenant(storage)
    await storage.installations.save(installation)
    if (dialect === 'sqlite') return
    const key = (byte: number) => Buffer.alloc(32, byte).toString('base64')
    const both = await openStorage(where, createVault([key(7), testKey]))
    await both.checkKeys()
    expect(await both.rotateKeys()).toBe(1)
    await both.close()
    const fresh = await openStorage(where, createVault([key(7)]))
    await fresh.checkKeys()
    expect((await fresh.installations.find('W1'))?.botToken).toBe(installation.botToken)
    await fresh.close()
    const wrong = await openStorage(where, createVault([key(8)]))
    await expect(wrong.checkKeys()).rejects.toThrow('NOX_MASTER_KEY is not the key')
    await expect(wrong.installations.find('W1')).rejects.toThrow('NOX_MASTER_KEY')
    await wrong.close()
  })

  it('know the master keys that they were made with, among many tenants', async () => {
    const { storage, where } = await open()
    await storage.checkKeys()
    for (let n = 0; n < 3; n += 1) await createTenant(storage, `K${n}`)
    await storage.checkKeys()
    if (dialect === 'sqlite') return
    const key = (byte: number) => Buffer.alloc(32, byte).toString('base64')
    const other = await openStorage(where, createVault([key(7)]))
    await expect(other.checkKeys()).rejects.toMatchObject({ code: 'configuration' })
    await other.close()
    // A rotation in which one tenant was left out: without the key before, that one can be opened no more.
    const vault = createVault([key(7), testKey])
    const both = await openStorage(where, vault)
    await both.rotateKeys()
    const old = await openStorage(where, createVault([testKey]))
    await expect(old.checkKeys()).rejects.toThrow('several, separated by commas, after a rotation')
    await createTenant(old, 'K9')
    await both.checkKeys()
    const half = await openStorage(where, createVault([key(7)]))
    await expect(half.checkKeys()).rejects.toThrow('NOX_MASTER_KEY')
    for (const each of [both, old, half]) await each.close()
  })

  it('know the master key of a database that holds nothing yet, and follow its rotation', async () => {
    const key = (byte: number) => Buffer.alloc(32, byte).toString('base64')
    const { storage, where, close } = await open()
    await storage.checkKeys()
    await close()
    const used = async (...keys: readonly string[]) => {
      const again = await openStorage(where, createVault(keys))
      try {
        return await again.checkKeys().then(
          () => 'taken',
          (error: NoxError) => error.code,
        )
      } finally {
        await again.close()
      }
    }
    expect(await used(key(7))).toBe('configuration')
    expect(await used(testKey)).toBe('taken')
    expect(await used(key(7), testKey)).toBe('taken')
    expect(await used(key(7))).toBe('configuration')
    // As `nox keys rotate` does.
    expect(await rotateKeys(where, createVault([key(7), testKey]))).toBe(0)
    expect(await used(testKey)).toBe('configuration')
    expect(await used(key(7))).toBe('taken')
    await expect(rotateKeys(where, createVault([testKey]))).rejects.toThrow('was NOX_MASTER_KEY changed?')
  })

  it('refuse one of two replicas that begin an empty database at once with different master keys', async () => {
    if (dialect === 'sqlite') return
    const { where } = await open()
    const key = (byte: number) => Buffer.alloc(32, byte).toString('base64')
    const replicas = await Promise.all([1, 2, 3, 4].map((byte) => openStorage(where, createVault([key(byte)]))))
    const begun = await Promise.allSettled(replicas.map((each) => each.checkKeys()))
    expect(begun.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected'])
    const first = begun.findIndex(({ status }) => status === 'fulfilled')
    // Nobody changes its mind at the next look.
    const again = await Promise.allSettled(replicas.map((each) => each.checkKeys()))
    expect(again.findIndex(({ status }) => status === 'fulfilled')).toBe(first)
    for (const each of replicas) await each.close()
  })

  it('gives a state of OAuth once, and not after its time', async () => {
    const { storage } = await open()
    await storage.oauthStates.put('s1', 'data', 100)
    const taken = await Promise.all([1, 2, 3].map(() => storage.oauthStates.take('s1', 50)))
    expect(taken.filter((each) => each !== null)).toEqual(['data'])
    await storage.oauthStates.put('s2', 'data', 100)
    expect(await storage.oauthStates.take('s2', 101)).toBeNull()
  })

  it('keeps a second process from a SQLite file, and lets many open one empty Postgres at once', async () => {
    const { where } = await open()
    const again = () => openStorage(where, createVault([Buffer.alloc(32, 1).toString('base64')]))
    if (dialect === 'sqlite') return expect(again()).rejects.toThrow('in use by another process')
    const opened = await Promise.all([again(), again(), again(), again(), again()])
    for (const storage of opened) await storage.close()
  })
})
