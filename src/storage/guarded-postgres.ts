import { createRequire, registerHooks } from 'node:module'

const require = createRequire(import.meta.url)

/**
 * What is mended in the connection of postgres.js 3.4, before and after. A connection that is lent stays with its
 * borrower when it is lost; its next query was written to a socket that is gone, which ended the process, or took its
 * place in the pool for good. And what was to be written when a connection closed stopped the next one from writing.
 */
export const mends: readonly (readonly [string, string])[] = [
  [
    'function execute(q) {\n',
    `function execute(q) {
    if (socket === null) {
      queryError(q, Errors.connection('CONNECTION_CLOSED', options))
      return true
    }
`,
  ],
  [
    'function nextWrite(fn) {\n',
    `function nextWrite(fn) {
    if (socket === null) return false
`,
  ],
  [
    'incomings = null\n    clearImmediate(nextWriteTimer)\n',
    'incomings = null\n    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n',
  ],
]

let client: typeof import('postgres') | undefined

/**
 * postgres.js, mended as it is loaded, until it mends this itself (https://github.com/porsager/postgres/issues/1208;
 * docs/decisions/0022).
 */
export function guardedPostgres(): typeof import('postgres') {
  if (client) return client
  const hooks = registerHooks({
    load(url, context, next) {
      const loaded = next(url, context)
      if (!url.endsWith('/postgres/cjs/src/connection.js') || !loaded.source) return loaded
      const source = mends.reduce((text, [before, after]) => text.replace(before, after), loaded.source.toString())
      return { ...loaded, source }
    },
  })
  try {
    client = require('postgres') as typeof import('postgres')
    return client
  } finally {
    hooks.deregister()
  }
}
