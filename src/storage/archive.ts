import { NoxError } from '../errors.ts'
import { type ArchivedRecord, archiveName, writeArchive } from './archive-file.ts'
import { appendAudit } from './audit.ts'
import { checkpointField, checkpointText, followCheckpoints, readCheckpoints } from './checkpoints.ts'
import { cleanRow } from './clean.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import type { Secrets } from './secrets.ts'
import type { AuditArchive, Checkpoint } from './types/archive.ts'
import { fits, origin } from './verify-chain.ts'

/** Records that are read, and deleted, at once: others wait no longer for it. */
const pageSize = 1_000
const mostOfFile = 50_000

const broken = (tenantId: string, seq: number) =>
  new NoxError('storage', `the audit chain of tenant ${tenantId} is broken at record ${seq}: nothing of it is moved`)

/**
 * Old records become a file first, then a signed checkpoint, and only then leave the database. What breaks off in between
 * is done again: a file without a checkpoint is written anew, records before a checkpoint are deleted at the next look.
 */
export function createArchive(database: Database, secrets: Secrets): AuditArchive {
  const { audit, auditCheckpoints } = database.tables
  const { and, asc, desc, eq, gt, lt, lte } = orm

  const readPage = (tenantId: string, after: number, before: number) =>
    database.read(tenantId, async (tx) =>
      tx
        .select()
        .from(audit)
        .where(and(eq(audit.tenantId, tenantId), gt(audit.seq, after), lt(audit.seq, before)))
        .orderBy(asc(audit.seq))
        .limit(pageSize),
    )

  /** Deletes what stands in a checkpoint already. */
  async function sweep(tenantId: string, upTo: number): Promise<void> {
    for (;;) {
      const page = await readPage(tenantId, 0, upTo + 1)
      const last = page.at(-1)
      if (!last) return
      await database.keep(tenantId, async (tx) =>
        tx.delete(audit).where(and(eq(audit.tenantId, tenantId), lte(audit.seq, last.seq))),
      )
    }
  }

  /** The last record that may go: older than the moment, as all before it are, and not the newest of all. */
  async function lastOf(tenantId: string, after: number, before: number, most: number) {
    const [head] = await database.read(tenantId, async (tx) =>
      tx.select({ seq: audit.seq }).from(audit).where(eq(audit.tenantId, tenantId)).orderBy(desc(audit.seq)).limit(1),
    )
    const end = Math.min(head?.seq ?? 0, after + most + 1)
    let last: { readonly seq: number; readonly hash: string } | null = null
    for (let at = after; ; ) {
      const page = await readPage(tenantId, at, end)
      const young = page.findIndex((row) => row.at >= before)
      last = (young < 0 ? page : page.slice(0, young)).at(-1) ?? last
      if (young >= 0 || page.length < pageSize) return last
      at = page.at(-1)?.seq ?? end
    }
  }

  return {
    checkpoints: async (tenantId) => (await readCheckpoints(database, tenantId)).map(({ checkpoint }) => checkpoint),
    async isKnown(checkpoint, { signature, publicKey }) {
      const known = await readCheckpoints(database, checkpoint.tenantId)
      const text = checkpointText(checkpoint)
      if (!known.some((each) => each.text === text && each.signature === signature)) return false
      return (await secrets.sign(checkpoint.tenantId, checkpointField, '')).publicKey === publicKey
    },
    async moveOut(tenantId, { before, folder, now, least = 1, most = mostOfFile }) {
      const from = await followCheckpoints(database, secrets, tenantId, origin)
      if ('brokenAt' in from) throw broken(tenantId, from.brokenAt)
      if (from.seq > 0) await sweep(tenantId, from.seq)
      const last = await lastOf(tenantId, from.seq, before, most)
      if (!last || last.seq - from.seq < least) return null
      async function* pages(): AsyncGenerator<readonly ArchivedRecord[]> {
        let at = from as { seq: number; hash: string }
        while (at.seq < (last?.seq ?? 0)) {
          const page = await readPage(tenantId, at.seq, (last?.seq ?? 0) + 1)
          for (const row of page) {
            if (!fits(row, at.hash, at.seq + 1)) throw broken(tenantId, at.seq + 1)
            at = row
          }
          if (page.length === 0) throw broken(tenantId, at.seq + 1)
          yield page
        }
      }
      const file = archiveName(tenantId, from.seq + 1, last.seq)
      const place = { first: from.seq + 1, last: last.seq, previousHash: from.hash, hash: last.hash }
      const checkpoint: Checkpoint = { tenantId, ...place, at: now, file }
      const text = checkpointText(checkpoint)
      const signed = await secrets.sign(tenantId, checkpointField, text)
      await writeArchive(folder, file, pages(), async () => ({ checkpoint: text, ...signed }))
      await database.write(tenantId, async (tx) => {
        await database.lockTenant(tx, tenantId)
        const row = { tenantId, seq: last.seq, text, signature: signed.signature }
        await tx.insert(auditCheckpoints).values(cleanRow(row))
        await appendAudit(database, tx, tenantId, {
          ...{ at: now, actor: 'nox', actionId: null, actionNumber: null, command: 'audit.archive' },
          ...{ environment: null, resource: file, result: 'done', details: { first: place.first, last: place.last } },
        })
      })
      await sweep(tenantId, last.seq)
      return checkpoint
    },
  }
}
