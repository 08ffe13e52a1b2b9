import { NoxError } from '../errors.ts'
import type { Signed, Vault } from '../vault/index.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import { dataKeyStatement } from './tenant-statements.ts'

/** Tenants whose data keys are looked at, at both ends of all. */
const mostChecked = 20

/** Seals and opens what a tenant keeps secret, under the tenant's data key. */
export interface Secrets {
  seal(tenantId: string, field: string, plaintext: string): Promise<string>
  open(tenantId: string, field: string, sealed: string): Promise<string>
  sign(tenantId: string, field: string, text: string): Promise<Signed>
  rotate(): Promise<number>
  /** @throws NoxError `configuration` where data keys were wrapped by a master key that is not known; it looks at some tenants */
  checkKeys(): Promise<void>
}

/** Reads a tenant's wrapped data key at each call. @throws NoxError `not-found` of a tenant that is not known */
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
    async checkKeys() {
      const { asc, desc } = orm
      const ids = await database.read(null, async (tx) => {
        const end = (order: typeof asc) =>
          tx
            .select({ id: tenants.id })
            .from(tenants)
            .orderBy(order(tenants.id))
            .limit(mostChecked / 2)
        return [...(await end(asc)), ...(await end(desc))].map(({ id }) => id)
      })
      const keys = await Promise.all([...new Set(ids)].map(dataKey))
      if (keys.every((each) => vault.knows(each))) return
      throw new NoxError(
        'configuration',
        "NOX_MASTER_KEY is not the key that this database was used with: what is stored can't be opened with it.\n  Set it to the key that this database was used with (several, separated by commas, after a rotation); nox doctor tells what each key opens.",
      )
    },
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
