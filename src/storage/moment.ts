/**
 * This moment (ms since 1970) by the clock of the database, as SQL. On Postgres it is when the transaction began: a lease
 * that is counted from it is never longer than its holder thinks.
 */
export const momentText = {
  sqlite: "cast(unixepoch('subsec') * 1000 as integer)",
  postgres: '(extract(epoch from now()) * 1000)::bigint',
} as const
