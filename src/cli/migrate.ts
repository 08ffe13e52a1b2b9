import { openConfiguredStorage } from './open.ts'

/** `nox migrate`: opening brings the schema up to date. */
export async function runMigrate(): Promise<number> {
  const storage = await openConfiguredStorage(true)
  await storage.close()
  process.stdout.write(`The database (${storage.dialect}) is up to date.\n`)
  return 0
}
