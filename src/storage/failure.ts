import { NoxError } from '../errors.ts'

/** Codes of SQLite and Postgres for "that key is there already". */
const uniqueCodes = new Set(['23505', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'])

function codeOf(error: unknown): string | null {
  for (let each = error; each instanceof Error; each = each.cause) {
    const { code } = each as Error & { code?: unknown }
    if (typeof code === 'string') return code
  }
  return null
}

/** Did the database refuse a row as one with its key is there? Looks through causes, on both databases. */
export const isUniqueViolation = (error: unknown): boolean => uniqueCodes.has(codeOf(error) ?? '')

const poolingHint =
  'A pooler that hands out transactions seems to stand before Postgres: set DATABASE_POOLING=transaction, or let it hand out sessions'

/** A pooler refuses what a session starts with; a statement that was prepared is unknown to the next session. */
const isPoolersDoing = (code: string | null, message: string): boolean =>
  message.includes('unsupported startup parameter') || code === '26000'

const isAway = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'CONNECT_TIMEOUT'])
/** What an operator does about a database that lets nobody in (codes of PostgreSQL, appendix A). */
const remedies: { readonly [code: string]: string } = {
  '28P01': 'Postgres refuses the user or the password of DATABASE_URL',
  '28000': 'Postgres lets the user of DATABASE_URL not in: look at its pg_hba.conf',
  '3D000': 'Create the database that DATABASE_URL names, or name another',
  '53300': 'Postgres has no connection left: raise max_connections, at most 12 are for each process of NOX',
}

function hintFor(code: string | null, message: string): string {
  if (isPoolersDoing(code, message)) return `. ${poolingHint}`
  if (code === null) return ''
  if (isAway.has(code)) return '. Is Postgres running, and are host and port of DATABASE_URL right?'
  return Object.hasOwn(remedies, code) ? `. ${remedies[code]}` : ''
}

/** A database's error without its parameters, which hold what people and vendors wrote. */
export function storageError(error: unknown): NoxError {
  if (error instanceof NoxError) return error
  let innermost = error
  while (innermost instanceof Error && innermost.cause instanceof Error) innermost = innermost.cause
  const code = codeOf(error)
  const message = innermost instanceof Error ? innermost.message.split('\nparams:')[0] : 'unknown'
  return new NoxError('storage', `database: ${code ?? 'error'}: ${message}${hintFor(code, message ?? '')}`, {
    facts: { code },
  })
}
