import { readConfig } from '../config.ts'
import { openStorage } from '../storage/open-storage.ts'
import type { Storage } from '../storage/types/storage.ts'
import { createVault } from '../vault/index.ts'

/** The configured database, for the commands that need no Slack. */
export async function openConfiguredStorage(): Promise<Storage> {
  const config = readConfig()
  return openStorage(config.database, createVault(config.masterKeys))
}
