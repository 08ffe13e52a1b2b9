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
  /**
   * Proves the master keys by the installation's own data key and some of its tenants'. Where the database is used for the
   * first time, it leaves that key: of two that start at once with different master keys, one is refused.
   * @throws NoxError `configuration` where one was wrapped by a master key that is not known
   */
  checkKeys(): Promise<void>
  /** Whether the master keys open the installation's own data key; `null` = none is there yet. Nothing is written. */
  knowsInstallation(): Promise<boolean | null>
}

/** What the installation's own data key is bound to: no tenant has this id. */
const installation = 'installation'

const otherKey = () =>
  new NoxError(
    'configuration',
    "NOX_MASTER_KEY is not the key that this database was used with: what is stored can't be opened with it.\n  Set it to the key that this database was used with (several, separated by commas, after a rotation); nox doctor tells what each key opens.",
  )

/** Reads a tenant's wrapped data key at each call. @throws NoxError `not-found` of a tenant that is not known */
export function createSecrets(database: Database, vault: Vault): Secrets {
  const { masterKeyProofs, tenants } = database.tables
  const { eq } = orm

  async function dataKey(tenantId: string): Promise<string> {
    const [row] = await database.read(tenantId, async (tx) => dataKeyStatement(tx, database).execute({ tenantId }))
    if (!row) throw new NoxError('not-found', `tenant ${tenantId} is not known`)
    return row.dataKey
  }

  /** The installation's own data key, wrapped; `null` = nobody has left one yet. */
  async function proof(): Promise<string | null> {
    const own = eq(masterKeyProofs.name, installation)
    const [row] = await database.read(null, async (tx) => tx.select().from(masterKeyProofs).where(own))
    return row?.dataKey ?? null
  }

  /** Whoever writes it first has proved their master key; everybody gets what stands there then. */
  async function leaveProof(): Promise<string> {
    const row = { name: installation, dataKey: await vault.newDataKey(installation) }
    await database.write(null, async (tx) => tx.insert(masterKeyProofs).values(row).onConflictDoNothing())
    return (await proof()) ?? row.dataKey
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
      if (!keys.every((each) => vault.knows(each))) throw otherKey()
      if (!vault.knows((await proof()) ?? (await leaveProof()))) throw otherKey()
    },
    async knowsInstallation() {
      const wrapped = await proof()
      return wrapped === null ? null : vault.knows(wrapped)
    },
    async rotate() {
      const all = await database.read(null, async (tx) => tx.select({ id: tenants.id }).from(tenants))
      for (const { id } of all) {
        const fresh = await vault.rewrap(id, await dataKey(id))
        if (fresh === null) continue
        await database.write(id, async (tx) => tx.update(tenants).set({ dataKey: fresh }).where(eq(tenants.id, id)))
      }
      // The last: once it needs no older key, nothing does.
      const rewrapped = await vault.rewrap(installation, (await proof()) ?? (await leaveProof()))
      if (rewrapped !== null) {
        const own = eq(masterKeyProofs.name, installation)
        await database.write(null, async (tx) => tx.update(masterKeyProofs).set({ dataKey: rewrapped }).where(own))
      }
      return all.length
    },
  }
}
