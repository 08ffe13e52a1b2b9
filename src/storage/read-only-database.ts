import type { SQL } from 'drizzle-orm'
import { NoxError } from '../errors.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import { momentText } from './moment.ts'
import { ownChanges } from './own-changes.ts'
import type { Tables } from './tables.ts'

/** A database for looking alone: whoever writes through it is refused. */
export function readOnlyDatabase(dialect: Database['dialect'], tables: Tables, read: Database['read']): Database {
  const refuse = async (): Promise<never> => {
    throw new NoxError('storage', 'this database was opened to be read alone')
  }
  return {
    dialect,
    tables,
    moment: orm.sql.raw(momentText[dialect]) as SQL<number>,
    write: refuse,
    writeSoon: refuse,
    keep: refuse,
    keepMonths: refuse,
    read,
    enter: refuse,
    lockTenant: refuse,
    chainHeads: null,
    pipeline: null,
    changes: ownChanges,
    ping: async () => {},
    close: async () => {},
  }
}
