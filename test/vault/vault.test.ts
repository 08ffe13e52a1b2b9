import SqliteFile from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { createVault } from '../../src/vault/index.ts'
import { createTenant } from '../helpers/actions.ts'
import { eachDatabase } from '../helpers/each-database.ts'

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64')
const mine = { tenantId: 'T1', field: 'cluster:c1' }

describe('a secret that was taken out of the database', () => {
  it('opens for its tenant and its field alone, with the master key alone', async () => {
    const vault = createVault([key(1)])
    const [own, others] = [await vault.newDataKey('T1'), await vault.newDataKey('T2')]
    const sealed = await vault.seal(mine, own, 'a kubeconfig')
    expect(await vault.open(mine, own, sealed)).toBe('a kubeconfig')
    const attempts = [
      () => vault.open({ ...mine, field: 'cluster:c2' }, own, sealed),
      () => vault.open({ ...mine, tenantId: 'T2' }, own, sealed),
      () => vault.open({ ...mine, tenantId: 'T2' }, others, sealed),
      () => vault.open(mine, others, sealed),
      () => createVault([key(2)]).open(mine, own, sealed),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toThrow("can't be decrypted")
  })

  it('does not open where a single character was changed, and shows nothing in what it says', async () => {
    const vault = createVault([key(1)])
    const own = await vault.newDataKey('T1')
    const sealed = await vault.seal(mine, own, 'a kubeconfig')
    expect(sealed).not.toContain('kubeconfig')
    const other = (character: string) => (character === 'A' ? 'Q' : 'A')
    // The last character of a part carries bits that base64url leaves unused.
    const places = [...sealed].flatMap((each, at) =>
      each === '.' || /^(\.|$)/.test(sealed.slice(at + 1, at + 2)) ? [] : [at],
    )
    for (const at of places.filter((_, index) => index % 7 === 0)) {
      const changed = `${sealed.slice(0, at)}${other(sealed[at] ?? '')}${sealed.slice(at + 1)}`
      const said = await vault.open(mine, own, changed).catch((error: Error) => error.message)
      expect(said).toContain("can't be decrypted")
      expect(said).not.toContain('a kubeconfig')
    }
  })
})

eachDatabase('a hand in the database', (open) => {
  it('that gives one tenant the sealed secrets of another, or another of its own, opens nothing', async () => {
    const { storage, where, close } = await open()
    const cluster = (tenantId: string, id: string) => ({
      tenantId,
      id,
      name: id,
      environments: ['production'],
      namespaces: [],
      isDefault: id === 'c1',
      checkedAt: null,
    })
    for (const tenantId of ['T1', 'T2']) {
      await createTenant(storage, tenantId)
      for (const id of ['c1', 'c2']) {
        await storage.catalogue.saveCluster(cluster(tenantId, id), {
          server: 'https://k',
          token: `of ${tenantId} ${id}`,
        })
      }
    }
    expect(await storage.catalogue.clusterAccess('T2', 'c1')).toMatchObject({ token: 'of T2 c1' })
    const moves = [
      "update clusters set access = (select access from clusters where tenant_id = 'T1' and id = 'c1') where tenant_id = 'T2' and id = 'c1'",
      "update clusters set access = (select access from clusters where tenant_id = 'T2' and id = 'c1') where tenant_id = 'T2' and id = 'c2'",
    ]
    if ('url' in where) {
      const { default: postgres } = await import('postgres')
      const sql = postgres(where.serverUrl, { max: 1, onnotice: () => {} })
      for (const move of moves) await sql.unsafe(move)
      await sql.end()
    } else {
      const file = new SqliteFile(where.path)
      for (const move of moves) file.exec(move)
      file.close()
    }
    for (const id of ['c1', 'c2']) {
      await expect(storage.catalogue.clusterAccess('T2', id)).rejects.toThrow("can't be decrypted")
    }
    expect(await storage.catalogue.clusterAccess('T1', 'c1')).toMatchObject({ token: 'of T1 c1' })
    await close()
  })
})
