import { NoxError } from '../errors.ts'
import type { Vault } from '../vault/index.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'

/** Seals and opens what a tenant keeps secret, under the tenant's data key. */
export interface Secrets {
  seal(tenantId: string, field: string, plaintext: string): Promise<string>
  open(tenantId: string, field: string, sealed: string): Promise<string>
  rotate(): Promise<number>
}

export function createSecrets(database: Database, vault: Vault): Secrets {
  const { tenants } = database.tables
  const { eq } = orm

  async function dataKey(tenantId: string): Promise<string> {
    const [row] = await database.read(tenantId, async (tx) =>
      tx.select({ dataKey: tenants.dataKey }).from(tenants).where(eq(tenants.id, tenantId)),
    )
    if (!row) throw new NoxError('not-found', `tenant ${tenantId} is not known`)
    return row.dataKey
  }

  return {
    seal: async (tenantId, field, plaintext) => vault.seal({ tenantId, field }, await dataKey(tenantId), plaintext),
    open: async (tenantId, field, sealed) => vault.open({ tenantId, field }, await dataKey(tenantId), sealed),
    async rotate() {
      const all = await database.read(null, async (tx) =>
        tx.select({ id: tenants.id, dataKey: tenants.dataKey }).from(tenants),
      )
      for (const tenant of all) {
        const fresh = await vault.rewrap(tenant.id, tenant.dataKey)
        if (fresh === null) continue
        await database.write(tenant.id, async (tx) =>
          tx.update(tenants).set({ dataKey: fresh }).where(eq(tenants.id, tenant.id)),
        )
      }
      return all.length
    },
  }
}
