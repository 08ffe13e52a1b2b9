import { NoxError } from '../errors.ts'
import { archiveEnding, verifyArchive } from '../storage/archive-file.ts'
import { openConfiguredStorage } from './open.ts'

/** `nox audit verify [TENANT]`, or FILE…: 0 where every chain is whole, 1 where one is not. */
export async function runAudit([verb, ...rest]: readonly string[]): Promise<number> {
  if (verb !== 'verify') throw new NoxError('bad-input', 'nox audit verify [TENANT] | FILE…')
  if (rest.length > 0 && rest.every((each) => each.endsWith(archiveEnding))) return verifyFiles(rest)
  const [tenantId, ...more] = rest
  if (more.length > 0) throw new NoxError('bad-input', 'nox audit verify [TENANT] | FILE…')
  const storage = await openConfiguredStorage()
  try {
    const tenants = await storage.tenants.list()
    const chosen = tenantId === undefined ? tenants : tenants.filter((tenant) => tenant.id === tenantId)
    if (tenantId !== undefined && chosen.length === 0) {
      const known = tenants.map((tenant) => tenant.id).join(', ')
      throw new NoxError('not-found', `no tenant ${tenantId}; known: ${known || 'none'}`)
    }
    if (chosen.length === 0) process.stdout.write('No tenant has installed NOX yet: there is no chain to verify.\n')
    let broken = 0
    for (const tenant of chosen) {
      const { ok, count, brokenAt, archived = 0 } = await storage.audit.verify(tenant.id)
      if (!ok) broken += 1
      const before = archived > 0 ? `, of which 1 to ${archived} are in archive files` : ''
      const state = ok ? `chain intact: ${count} records${before}` : `CHAIN BROKEN at record ${brokenAt} of ${count}`
      process.stdout.write(`${tenant.id}  ${tenant.name}  ${state}\n`)
    }
    return broken === 0 ? 0 : 1
  } finally {
    await storage.close()
  }
}

/** Archives by themselves: their chains and signatures, that this database knows them, and that they follow each other. */
async function verifyFiles(paths: readonly string[]): Promise<number> {
  const read = []
  for (const path of paths) read.push({ path, ...(await verifyArchive(path)) })
  read.sort((a, b) => a.checkpoint.first - b.checkpoint.first)
  const storage = await openConfiguredStorage()
  let bad = 0
  try {
    for (const [index, { path, ok, checkpoint, brokenAt, signed }] of read.entries()) {
      const { tenantId, first, last } = checkpoint
      const known = await storage.archive.isKnown(checkpoint, signed)
      const before = read[index - 1]?.checkpoint
      const gap = before && before.tenantId === tenantId && before.last + 1 !== first
      const problem =
        brokenAt !== null
          ? `CHAIN BROKEN at record ${brokenAt}`
          : !ok
            ? 'SIGNATURE OR END DOES NOT FIT'
            : !known
              ? 'NOT SIGNED BY THIS INSTALLATION'
              : gap
                ? `RECORDS ${before.last + 1} TO ${first - 1} ARE IN NONE OF THESE FILES`
                : null
      if (problem) bad += 1
      process.stdout.write(`${path}  ${tenantId}  ${problem ?? 'intact'}: records ${first} to ${last}\n`)
    }
  } finally {
    await storage.close()
  }
  return bad === 0 ? 0 : 1
}
