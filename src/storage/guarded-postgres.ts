import { createRequire, registerHooks } from 'node:module'

const require = createRequire(import.meta.url)

/** One place in a file of postgres.js, before and after. */
interface Mend {
  readonly file: 'connection.js' | 'index.js'
  readonly before: string
  readonly after: string
}

/**
 * What is mended in postgres.js 3.4. A connection that is lent stays with its borrower when it is lost; its next query
 * was written to a socket that is gone, or about to be, which ended the process, took its place in the pool for good, or
 * left the query without an answer for good; and so were queries that waited for the answer of one before them. And what
 * was to be written when a connection closed stopped the next one from writing, and the error that closed it was the next
 * one's answer.
 */
export const mends: readonly Mend[] = [
  {
    file: 'connection.js',
    before: 'function execute(q) {\n',
    after: `function execute(q) {
    if (socket === null || socket.destroyed) {
      queryError(q, Errors.connection('CONNECTION_CLOSED', options))
      return true
    }
`,
  },
  {
    file: 'connection.js',
    before: 'function nextWrite(fn) {\n',
    after: `function nextWrite(fn) {
    if (socket === null) return false
`,
  },
  {
    file: 'connection.js',
    before: 'incomings = null\n    clearImmediate(nextWriteTimer)\n',
    after: 'incomings = null\n    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = errorResponse = null\n',
  },
  {
    file: 'index.js',
    before: 'c.reserved.release = true\n',
    after: `c.reserved.release = true
    c.onclose = (error) => {
      while (queue.length) queue.shift().reject(error)
    }
`,
  },
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
      const here = mends.filter(({ file }) => url.endsWith(`/postgres/cjs/src/${file}`))
      if (here.length === 0 || !loaded.source) return loaded
      const source = here.reduce((text, { before, after }) => text.replace(before, after), loaded.source.toString())
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
