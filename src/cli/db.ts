import { readDatabases } from '../config.ts'
import { NoxError } from '../errors.ts'

const usage = 'nox db backup FILE | nox db copy'

/** `nox db backup FILE`, `nox db copy`: each needs no Slack. */
export async function runDb([verb, file, ...more]: readonly string[]): Promise<number> {
  if (verb === 'backup' && file !== undefined && more.length === 0) return backup(file)
  if (verb === 'copy' && file === undefined) return copy()
  throw new NoxError('bad-input', usage)
}

async function backup(to: string): Promise<number> {
  const { path, url } = readDatabases()
  if (url !== undefined) {
    throw new NoxError(
      'bad-input',
      'DATABASE_URL is set: Postgres is saved with pg_dump --format=custom (docs/operators/backup.md).',
    )
  }
  const { backupSqlite } = await import('../storage/backup-sqlite.ts')
  const { bytes, tenants, auditRecords } = await backupSqlite(path, to)
  process.stdout.write(
    `${to}: ${Math.ceil(bytes / 1024)} KB, ${tenants} tenants, ${auditRecords} audit records, all chains intact.\n` +
      'It can be read with the same NOX_MASTER_KEY alone: keep the key, in another place.\n',
  )
  return 0
}

async function copy(): Promise<number> {
  const { path, url } = readDatabases()
  if (url === undefined) {
    throw new NoxError('bad-input', 'nox db copy reads DATABASE_PATH and writes to DATABASE_URL: set both.')
  }
  const { copyToPostgres } = await import('../storage/copy-to-postgres.ts')
  const { rows, chains } = await copyToPostgres(path, url)
  for (const [table, count] of Object.entries(rows)) process.stdout.write(`${table.padEnd(20)}${count}\n`)
  for (const { tenantId, ok, count, brokenAt } of chains) {
    const state = ok ? `intact: ${count} records` : `BROKEN at record ${brokenAt}, as in the source`
    process.stdout.write(`audit chain of ${tenantId} ${state}\n`)
  }
  process.stdout.write(`Copied from ${path} and verified. Start NOX with DATABASE_URL; ${path} stays as it was.\n`)
  return 0
}
