import { createRequire } from 'node:module'
import { guardedPostgres } from './guarded-postgres.ts'

/**
 * The one door to drizzle and its drivers. Its CommonJS build leaves 66 MB of garbage at start, its ESM build 160 MB
 * (measured on Node 24), so it is required, not imported.
 */
const require = createRequire(import.meta.url)

export const orm = require('drizzle-orm') as typeof import('drizzle-orm')
/** Columns and tables of Postgres; loaded at the first call, as all of these are. */
export const pgCore = () => require('drizzle-orm/pg-core') as typeof import('drizzle-orm/pg-core')
/** Columns and tables of SQLite. */
export const sqliteCore = () => require('drizzle-orm/sqlite-core') as typeof import('drizzle-orm/sqlite-core')
/** Drizzle over better-sqlite3. */
export const sqliteDriver = () => require('drizzle-orm/better-sqlite3') as typeof import('drizzle-orm/better-sqlite3')
/** Drizzle over postgres.js, which is mended first. */
export const postgresDriver = () => {
  guardedPostgres()
  return require('drizzle-orm/postgres-js') as typeof import('drizzle-orm/postgres-js')
}
/** better-sqlite3 itself, a native module: on Postgres nothing asks for it. */
export const BetterSqlite = () => require('better-sqlite3') as typeof import('better-sqlite3')
/** postgres.js itself, mended: on SQLite nothing asks for it. */
export const postgresClient = guardedPostgres
/** What brings a SQLite file up to date. */
export const sqliteMigrator = () =>
  require('drizzle-orm/better-sqlite3/migrator') as typeof import('drizzle-orm/better-sqlite3/migrator')
/** What brings a Postgres database up to date. */
export const postgresMigrator = () =>
  require('drizzle-orm/postgres-js/migrator') as typeof import('drizzle-orm/postgres-js/migrator')
