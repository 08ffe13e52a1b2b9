import type { DatabaseConfig } from '../../config.ts'
import type { Inspection } from '../../storage/inspect-storage.ts'
import { type Check, failed, ok, skipped, warning } from './check.ts'

const mega = 1024 * 1024
/** A disk with less is about to stop NOX (bytes). */
const tooLittle = 100 * mega
/** A disk with less wants someone's eye (bytes). */
const little = 1024 * mega

const size = (bytes: number) =>
  bytes >= 1024 * mega ? `${(bytes / 1024 / mega).toFixed(1)} GB` : `${Math.ceil(bytes / mega)} MB`

/** Reachable, up to date, writable, with room. */
export function checkDatabase(where: DatabaseConfig, inspection: Inspection): readonly Check[] {
  const { version, sizeBytes, isInUse } = inspection
  const user = isInUse === null ? '' : isInUse ? ' A running NOX owns it.' : ' No NOX runs on it.'
  return [
    ok('database', `${version} answers; it holds ${size(sizeBytes)}.${user}`),
    migrations(inspection),
    writable(where, inspection),
    ...privacy(inspection),
    disk(inspection),
  ]
}

function migrations({ isNewer, newestMigration, pendingMigrations }: Inspection): Check {
  if (isNewer) {
    return failed(
      'migrations',
      'This database was written by a newer version of NOX.',
      'Start that version, or restore the backup from before the upgrade.',
    )
  }
  if (pendingMigrations === 0) return ok('migrations', 'The schema is that of this version.')
  const what = newestMigration === null ? 'The database is empty' : `${pendingMigrations} migrations are still to run`
  return warning('migrations', `${what}.`, 'npm run nox -- migrate, or start NOX: it migrates before it serves.')
}

function writable(where: DatabaseConfig, { writeProblem }: Inspection): Check {
  if (writeProblem === null) return ok('writable', 'NOX may write to it.')
  return 'path' in where
    ? failed(
        'writable',
        `${where.path} or its folder can't be written: ${writeProblem}.`,
        'Give the file and its folder to the user that runs NOX, or set DATABASE_PATH to where it may write.',
      )
    : failed(
        'writable',
        `Postgres can't be written: ${writeProblem}.`,
        'Let DATABASE_URL name the primary server, with a role that owns the database.',
      )
}

function privacy({ openToOthers }: Inspection): readonly Check[] {
  if (openToOthers.length === 0) return []
  const files = openToOthers.join(' ')
  return [warning('file mode', `Other users of this machine may read ${files}.`, `chmod 600 ${files}`)]
}

function disk({ freeBytes }: Inspection): Check {
  if (freeBytes === null) return skipped('disk', 'The disk of Postgres is not to be seen from here.')
  const sentence = `${size(freeBytes)} are free.`
  const remedy = 'Make room, or move DATABASE_PATH to a larger disk; npm run nox -- db backup copies the database.'
  if (freeBytes < tooLittle) return failed('disk', sentence, remedy)
  return freeBytes < little ? warning('disk', sentence, remedy) : ok('disk', sentence)
}
