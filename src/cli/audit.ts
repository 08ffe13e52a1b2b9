import { NoxError } from '../errors.ts'
import { openConfiguredStorage } from './open.ts'

/** `nox audit verify [TENANT]`: 0 where every chain is whole, 1 where one is not. */
export async function runAudit([verb, tenantId]: readonly string[]): Promise<number> {
  if (verb !== 'verify') throw new NoxError('bad-input', 'nox audit verify [TENANT]')
  const storage = await openConfiguredStorage()
  try {
    const tenants = await storage.tenants.list()
    const chosen = tenantId === undefined ? tenants : tenants.filter((tenant) => tenant.id === tenantId)
    if (tenantId !== undefined && chosen.length === 0) {
      const known = tenants.map((tenant) => tenant.id).join(', ')
      throw new NoxError('not-found', `no tenant ${tenantId}; known: ${known || 'none'}`)
    }
    let broken = 0
    for (const tenant of chosen) {
      const { ok, count, brokenAt } = await storage.audit.verify(tenant.id)
      if (!ok) broken += 1
      const state = ok ? `chain intact: ${count} records` : `CHAIN BROKEN at record ${brokenAt} of ${count}`
      process.stdout.write(`${tenant.id}  ${tenant.name}  ${state}\n`)
    }
    return broken === 0 ? 0 : 1
  } finally {
    await storage.close()
  }
}
