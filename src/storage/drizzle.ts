import { createRequire } from 'node:module'
import { guardedPostgres } from './guarded-postgres.ts'

/**
 * The one door to drizzle and its drivers. Its CommonJS build leaves 66 MB of garbage at start, its ESM build 160 MB
 * (measured on Node 24), so it is required, not imported.
 */
const require = createRequire(import.meta.url)

export const orm = require('drizzle-orm') as typeof import('drizzle-orm')
export const pgCore = () => require('drizzle-orm/pg-core') as typeof import('drizzle-orm/pg-core')
export const sqliteCore = () => require('drizzle-orm/sqlite-core') as typeof import('drizzle-orm/sqlite-core')
export const sqliteDriver = () => require('drizzle-orm/better-sqlite3') as typeof import('drizzle-orm/better-sqlite3')
export const postgresDriver = () => {
  guardedPostgres()
  return require('drizzle-orm/postgres-js') as typeof import('drizzle-orm/postgres-js')
}
export const BetterSqlite = () => require('better-sqlite3') as typeof import('better-sqlite3')
export const postgresClient = guardedPostgres
export const sqliteMigrator = () =>
  require('drizzle-orm/better-sqlite3/migrator') as typeof import('drizzle-orm/better-sqlite3/migrator')
export const postgresMigrator = () =>
  require('drizzle-orm/postgres-js/migrator') as typeof import('drizzle-orm/postgres-js/migrator')
