import { openStorage } from '../../src/storage/open-storage.ts'
import type { Storage } from '../../src/storage/types/storage.ts'
import { createVault } from '../../src/vault/index.ts'
import { testKey } from './each-database.ts'
import { freshPostgres } from './fresh-postgres.ts'
import { startTcpProxy } from './tcp-proxy.ts'

/** A storage on an empty database of the real Postgres, over a line that a test can cut. */
export interface CutOffPostgres {
  readonly storage: Storage
  /** Breaks every connection, and refuses new ones, until it is switched on again. */
  cut(isCut: boolean): void
  close(): Promise<void>
}

export async function openCutOffPostgres(): Promise<CutOffPostgres> {
  const database = await freshPostgres()
  const url = new URL(database.url)
  const proxy = await startTcpProxy(url.hostname, Number(url.port))
  url.hostname = '127.0.0.1'
  url.port = String(proxy.port)
  const storage = await openStorage({ url: url.toString() }, createVault([testKey]))
  return {
    storage,
    cut: proxy.cut,
    async close() {
      await storage.close()
      await proxy.close()
      await database.drop()
    },
  }
}
