import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterEach, describe, inject } from 'vitest'
import { openStorage } from '../../src/storage/open-storage.ts'
import type { Storage } from '../../src/storage/types.ts'
import { createVault } from '../../src/vault/index.ts'

export interface OpenDatabase {
  readonly storage: Storage
  readonly where: { readonly url: string } | { readonly path: string }
  /** Before the test ends, where another process is to have it. */
  close(): Promise<void>
}

/** Opens a fresh, empty database; a key makes two openings share their secrets. */
export type OpenFresh = () => Promise<OpenDatabase>

export const testKey = randomBytes(32).toString('base64')

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
      return fresh({ url: url.toString() }, async () => {
        await admin.unsafe(`drop database ${database} with (force)`)
        await admin.end()
      })
    }, 'postgres')
  })
}
