import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterEach, describe, inject } from 'vitest'
import { openStorage } from '../../src/storage/open-storage.ts'
import type { Storage } from '../../src/storage/types/storage.ts'
import { createVault } from '../../src/vault/index.ts'
import { startTransactionPooler } from './transaction-pooler.ts'

export interface OpenDatabase {
  readonly storage: Storage
  /** `serverUrl` goes past the pooler, for a hand in the database itself. */
  readonly where:
    | { readonly url: string; readonly serverUrl: string; readonly pooling?: 'transaction' }
    | { readonly path: string }
  /** Before the test ends, where another process is to have it. */
  close(): Promise<void>
}

/** Opens a fresh, empty database; a key makes two openings share their secrets. */
export type OpenFresh = () => Promise<OpenDatabase>

export const testKey = randomBytes(32).toString('base64')

/**
 * TEST_POOLER runs every suite behind a pooler that hands out transactions: `strict` = the one of these tests, or the
 * host and port of a PgBouncer that leads to the same server.
 */
async function poolerBefore(databaseUrl: string): Promise<{ readonly url: string; close(): Promise<void> } | null> {
  const wanted = process.env.TEST_POOLER
  if (!wanted) return null
  if (wanted === 'strict') {
    const pooler = await startTransactionPooler(databaseUrl, 4)
    return {
      url: pooler.url,
      async close() {
        await pooler.close()
        if (pooler.leftovers.length > 0) throw new Error(`a session kept ${pooler.leftovers.join(', ')}`)
      },
    }
  }
  const url = new URL(databaseUrl)
  url.host = wanted
  return { url: url.toString(), close: async () => {} }
}

/** Runs a suite once per database: SQLite in a file, and a real Postgres. */
export function eachDatabase(name: string, suite: (open: OpenFresh, dialect: 'sqlite' | 'postgres') => void): void {
  const cleanups: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
  })

  async function fresh(where: OpenDatabase['where'], cleanup: () => Promise<unknown>): Promise<OpenDatabase> {
    cleanups.push(cleanup)
    const storage = await openStorage(where, createVault([testKey]))
    let closing: Promise<void> | undefined
    const close = () => (closing ??= storage.close())
    cleanups.push(close)
    return { storage, where, close }
  }

  describe(`${name} on SQLite`, () => {
    suite(async () => {
      const folder = await mkdtemp(join(tmpdir(), 'nox-sqlite-'))
      return fresh({ path: join(folder, 'nox.db') }, () => rm(folder, { recursive: true, force: true }))
    }, 'sqlite')
  })

  const server = inject('postgres')
  describe.skipIf('missing' in server)(`${name} on Postgres`, () => {
    suite(async () => {
      if (!('url' in server)) throw new Error(server.missing)
      const database = `nox_${randomBytes(6).toString('hex')}`
      const admin = postgres(server.url, { max: 1, onnotice: () => {} })
      await admin.unsafe(`create database ${database}`)
      const url = new URL(server.url)
      url.pathname = `/${database}`
      const pooler = await poolerBefore(url.toString())
      const serverUrl = url.toString()
      const where = pooler
        ? { url: pooler.url, serverUrl, pooling: 'transaction' as const }
        : { url: serverUrl, serverUrl }
      return fresh(where, async () => {
        await pooler?.close()
        await admin.unsafe(`drop database ${database} with (force)`)
        await admin.end()
      })
    }, 'postgres')
  })
}
