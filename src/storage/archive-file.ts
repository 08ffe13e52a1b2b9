import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { NoxError } from '../errors.ts'
import { isSigned, type Signed } from '../vault/index.ts'
import { checkpointText } from './checkpoints.ts'
import { makeFolder } from './make-folder.ts'
import type { Checkpoint } from './types/archive.ts'
import { hashOf } from './verify-chain.ts'

/** One record as an archive keeps it: what was hashed, and its place in the chain. */
export interface ArchivedRecord {
  readonly seq: number
  readonly text: string
  readonly previousHash: string
  readonly hash: string
}

interface Seal extends Signed {
  readonly checkpoint: string
}

/** Files end with this: JSON Lines, a record each, the signed checkpoint last. */
export const archiveEnding = '.audit.jsonl.gz'

/** A name that no path can hide in. */
export const archiveName = (tenantId: string, first: number, last: number): string =>
  `${/^[\w-]{1,64}$/.test(tenantId) ? tenantId : createHash('sha256').update(tenantId).digest('hex')}-${first}-${last}${archiveEnding}`

/** Writes an archive whole and synced, or not at all; the file belongs to its owner alone. */
export async function writeArchive(
  folder: string,
  name: string,
  pages: AsyncIterable<readonly ArchivedRecord[]>,
  seal: () => Promise<Seal>,
): Promise<void> {
  makeFolder(folder)
  const path = join(folder, name)
  const unfinished = `${path}.part`
  async function* lines() {
    for await (const page of pages) {
      for (const { seq, text, previousHash, hash } of page)
        yield `${JSON.stringify({ seq, text, previousHash, hash })}\n`
    }
    yield `${JSON.stringify(await seal())}\n`
  }
  try {
    await pipeline(Readable.from(lines()), createGzip(), createWriteStream(unfinished, { mode: 0o600 }))
    const file = await open(unfinished, 'r+')
    try {
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

/** What reading an archive found. */
export interface ArchiveReport {
  readonly ok: boolean
  readonly checkpoint: Checkpoint
  readonly signed: Signed
  /** The first record that does not fit; `null` where all do, and then it is the signature that does not where `ok` is false. */
  readonly brokenAt: number | null
}

/**
 * Recomputes an archive's chain, and holds it to its signed end. Whose key signed it is for the caller to know.
 * @throws NoxError `bad-input` where the file is no archive
 */
export async function verifyArchive(path: string): Promise<ArchiveReport> {
  const unreadable = new NoxError('bad-input', `${path} is no archive of audit records, or it is not whole`)
  const source = createReadStream(path)
  const input = source.pipe(createGunzip())
  source.on('error', (error) => input.destroy(error))
  let first: ArchivedRecord | undefined
  let last: ArchivedRecord | undefined
  let seal: Seal | undefined
  let brokenAt: number | null = null
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      const read = JSON.parse(line) as Partial<ArchivedRecord & Seal>
      if (seal) throw unreadable
      if (typeof read.checkpoint === 'string' && read.signature && read.publicKey) {
        seal = { checkpoint: read.checkpoint, signature: read.signature, publicKey: read.publicKey }
        continue
      }
      const record = read as ArchivedRecord
      const fits =
        record.hash === hashOf(record.previousHash, record.text) &&
        (last === undefined || (record.seq === last.seq + 1 && record.previousHash === last.hash))
      if (!fits) brokenAt ??= last ? last.seq + 1 : record.seq
      first ??= record
      last = record
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new NoxError('not-found', `${path} is not there`)
    throw unreadable
  }
  if (!seal || !first || !last) throw unreadable
  const checkpoint = JSON.parse(seal.checkpoint) as Checkpoint
  const isSame =
    checkpoint.first === first.seq &&
    checkpoint.last === last.seq &&
    checkpoint.previousHash === first.previousHash &&
    checkpoint.hash === last.hash &&
    checkpointText(checkpoint) === seal.checkpoint
  const { signature, publicKey } = seal
  const ok = brokenAt === null && isSame && isSigned(publicKey, seal.checkpoint, signature)
  return { ok, checkpoint, signed: { signature, publicKey }, brokenAt }
}
