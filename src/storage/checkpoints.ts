import { isSigned } from '../vault/index.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import type { Secrets } from './secrets.ts'
import type { Checkpoint } from './types/archive.ts'

/** Names the key that signs, in the vault. */
export const checkpointField = 'audit checkpoint'

/** The text that is signed: JSON with sorted keys. */
export function checkpointText({ at, file, first, hash, last, previousHash, tenantId }: Checkpoint): string {
  const sorted: Checkpoint = { at, file, first, hash, last, previousHash, tenantId }
  return JSON.stringify(sorted)
}

export interface SignedCheckpoint {
  readonly checkpoint: Checkpoint
  readonly text: string
  readonly signature: string
}

/** What was moved out of a tenant's log, oldest first. */
export async function readCheckpoints(database: Database, tenantId: string): Promise<readonly SignedCheckpoint[]> {
  const { auditCheckpoints } = database.tables
  const rows = await database.read(tenantId, async (tx) =>
    tx
      .select()
      .from(auditCheckpoints)
      .where(orm.eq(auditCheckpoints.tenantId, tenantId))
      .orderBy(orm.asc(auditCheckpoints.seq)),
  )
  return rows.map(({ text, signature }) => ({ checkpoint: JSON.parse(text) as Checkpoint, text, signature }))
}

/** Where a chain goes on in the database after what was moved out of it. */
export type Beginning = { readonly seq: number; readonly hash: string } | { readonly brokenAt: number }

/**
 * Follows the checkpoints of a tenant from the first record on: each is signed, and begins where the one before it
 * ended.
 * @param secrets absent = signatures can't be checked here (a database that is only copied)
 */
export async function followCheckpoints(
  database: Database,
  secrets: Secrets | undefined,
  tenantId: string,
  origin: string,
): Promise<Beginning> {
  const signed = await readCheckpoints(database, tenantId)
  const publicKey = signed.length > 0 && secrets ? (await secrets.sign(tenantId, checkpointField, '')).publicKey : null
  let at = { seq: 0, hash: origin }
  for (const { checkpoint, text, signature } of signed) {
    const { first, last, previousHash, hash } = checkpoint
    const follows = first === at.seq + 1 && last >= first && previousHash === at.hash
    const isOurs = checkpoint.tenantId === tenantId && text === checkpointText(checkpoint)
    if (!follows || !isOurs || (publicKey !== null && !isSigned(publicKey, text, signature))) {
      return { brokenAt: at.seq + 1 }
    }
    at = { seq: last, hash }
  }
  return at
}
