import { NoxError } from '../errors.ts'
import type { Signed, Vault } from '../vault/index.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import { dataKeyStatement } from './tenant-statements.ts'

/** Seals and opens what a tenant keeps secret, under the tenant's data key. */
export interface Secrets {
  seal(tenantId: string, field: string, plaintext: string): Promise<string>
  open(tenantId: string, field: string, sealed: string): Promise<string>
  sign(tenantId: string, field: string, text: string): Promise<Signed>
  rotate(): Promise<number>
}

export function createSecrets(database: Database, vault: Vault): Secrets {
  const { tenants } = database.tables
  const { eq } = orm

  async function dataKey(tenantId: string): Promise<string> {
    const [row] = await database.read(tenantId, async (tx) => dataKeyStatement(tx, database).execute({ tenantId }))
    if (!row) throw new NoxError('not-found', `tenant ${tenantId} is not known`)
    return row.dataKey
  }

  return {
    seal: async (tenantId, field, plaintext) => vault.seal({ tenantId, field }, await dataKey(tenantId), plaintext),
    open: async (tenantId, field, sealed) => vault.open({ tenantId, field }, await dataKey(tenantId), sealed),
    sign: async (tenantId, field, text) => vault.sign({ tenantId, field }, await dataKey(tenantId), text),
    async rotate() {
      const all = await database.read(null, async (tx) => tx.select({ id: tenants.id }).from(tenants))
      for (const { id } of all) {
        const fresh = await vault.rewrap(id, await dataKey(id))
        if (fresh === null) continue
        await database.write(id, async (tx) => tx.update(tenants).set({ dataKey: fresh }).where(eq(tenants.id, id)))
      }
      return all.length
    },
  }
}
