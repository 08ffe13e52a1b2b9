import { AsyncLocalStorage } from 'node:async_hooks'
import { BetterSqlite, postgresClient } from '../../src/storage/drizzle.ts'

/** What was asked of the database: steps that wait for each other, and all statements. */
export interface Steps {
  /** Each is the statements that went out together; of SQLite, which answers at once, none. */
  readonly waves: string[][]
  readonly statements: string[]
}

interface Gated {
  readonly sql: string
  /** The work that asks. */
  readonly steps: Steps
  release(): void
}

/** Turns of the event loop without a new statement, after which what waits goes out. */
const quietTurns = 25

/**
 * Counts what a piece of work asks of the databases, on their drivers themselves. Of Postgres it holds each statement until
 * no other one comes, and lets them out together: work that needs the answer to one for the next shows as two waves.
 */
export function createStepCounter() {
  const current = new AsyncLocalStorage<Steps>()
  let undo: (() => void)[] = []
  let held: Gated[] = []
  let isWaiting = false

  async function letOut(): Promise<void> {
    isWaiting = true
    let seen = 0
    for (let quiet = 0; quiet < quietTurns; quiet += 1) {
      await new Promise((resolve) => setImmediate(resolve))
      if (held.length > seen) quiet = 0
      seen = held.length
    }
    const out = held
    held = []
    isWaiting = false
    // Two pieces of work may ask at the same moment: each has a wave of its own.
    for (const [steps, own] of Map.groupBy(out, ({ steps }) => steps)) steps.waves.push(own.map(({ sql }) => sql))
    for (const each of out) each.release()
  }

  function watchPostgres(): void {
    const client = postgresClient()('postgres://nobody@127.0.0.1:1/none')
    type Query = { executed: boolean; strings: readonly string[]; handle(): Promise<void> }
    const prototype = Object.getPrototypeOf(client.unsafe('select 1')) as Query
    const { handle } = prototype
    prototype.handle = async function gated(this: Query) {
      const steps = current.getStore()
      if (!steps || this.executed) return handle.call(this)
      const proceed = handle.bind(this)
      const sql = this.strings.join('?')
      this.executed = true
      steps.statements.push(sql)
      await new Promise<void>((resolve) => {
        held.push({ sql, steps, release: resolve })
        if (!isWaiting) void letOut()
      })
      this.executed = false
      return proceed()
    }
    undo.push(() => {
      prototype.handle = handle
    })
  }

  function watchSqlite(): void {
    const file = new (BetterSqlite())(':memory:')
    type Statement = Record<'all' | 'get' | 'run', (...values: unknown[]) => unknown> & { readonly source: string }
    const prototype = Object.getPrototypeOf(file.prepare('select 1')) as Statement
    file.close()
    for (const name of ['all', 'get', 'run'] as const) {
      const original = prototype[name]
      prototype[name] = function counted(this: Statement, ...values: unknown[]) {
        current.getStore()?.statements.push(this.source)
        return original.apply(this, values)
      }
      undo.push(() => {
        prototype[name] = original
      })
    }
  }

  return {
    start(): void {
      watchPostgres()
      watchSqlite()
    },
    /** Runs work whose statements are counted into `steps`. */
    run: <T>(steps: Steps, work: () => Promise<T>): Promise<T> => current.run(steps, work),
    /** Gives the drivers back as they were. */
    stop(): void {
      for (const each of undo) each()
      undo = []
    },
  }
}
