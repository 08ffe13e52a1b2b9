import type { ReservedSql, Sql } from 'postgres'
import { NoxError } from '../errors.ts'
import type { Pipeline, PipelineStatement, Rows } from './database.ts'
import { postgresClient } from './drizzle.ts'
import { storageError } from './failure.ts'

/** How long a unit may wait for others to share its commit (ms). */
const lingerMs = 5
/** Statements of one commit; postgres.js pipelines up to 100. */
const mostInOneCommit = 64

interface Queued {
  readonly statement: PipelineStatement
  resolve(rows: Rows): void
  reject(error: NoxError): void
  readonly onWritten: ((rows: Rows) => void) | undefined
}

/** Locks the tenants of a commit in one order, whoever commits: no two of them can wait for each other. */
const lock = 'select id from tenants where id = any($1::text[]) order by id for no key update'

/**
 * Units of one statement each, on one connection: a whole transaction (`begin; locks; statements; commit`) goes out in
 * one write, and all that wait share it. A statement that fails rolls its transaction back; the others run again alone.
 */
export function createPipeline(url: string): Pipeline & { close(): Promise<void> } {
  const client: Sql = postgresClient()(url, {
    max: 1,
    connect_timeout: 5,
    onnotice: () => {},
    connection: { application_name: 'nox', statement_timeout: 10_000, idle_in_transaction_session_timeout: 10_000 },
  })
  let connection: Promise<ReservedSql> | undefined
  let urgent: Queued[] = []
  let lingering: Queued[] = []
  let soon: NodeJS.Timeout | undefined
  let isDue = false
  let working: Promise<void> | undefined
  let isClosed = false

  async function work(): Promise<void> {
    while (isDue) {
      isDue = false
      clearTimeout(soon)
      soon = undefined
      const isLone = urgent.length === 1
      const group = isLone ? urgent : [...lingering, ...urgent]
      const after = isLone ? lingering : []
      urgent = []
      lingering = []
      const written: Promise<void>[] = []
      for (const part of [group, after]) {
        for (let from = 0; from < part.length; from += mostInOneCommit) {
          written.push(writeGroup(part.slice(from, from + mostInOneCommit)))
        }
      }
      // Those that linger follow on the same connection; nobody waits for them.
      if (isLone) await written[0]
      else await Promise.all(written)
    }
    working = undefined
  }

  async function writeGroup(group: readonly Queued[]): Promise<void> {
    let results: readonly PromiseSettledResult<Rows>[]
    try {
      results = await transact(group)
    } catch (error) {
      connection = undefined
      for (const { reject } of group) reject(storageError(error))
      return
    }
    if (results.every((result) => result.status === 'fulfilled')) {
      group.forEach(({ resolve }, index) => {
        const result = results[index]
        resolve(result?.status === 'fulfilled' ? result.value : [])
      })
      return
    }
    if (group.length > 1) {
      for (const each of group) await writeGroup([each])
      return
    }
    const [failed] = results
    group[0]?.reject(storageError(failed?.status === 'rejected' ? failed.reason : undefined))
  }

  /** @throws where the connection failed: nobody knows then whether the commit arrived */
  async function transact(group: readonly Queued[]): Promise<readonly PromiseSettledResult<Rows>[]> {
    connection ??= client.reserve()
    const sql = await connection
    const statements = group.map((each) => each.statement)
    const tenants = [...new Set(statements.map((each) => each.tenantId))].sort()
    const sent: Promise<unknown>[] = isTimeToPlan(statements.length) ? [sql.unsafe('discard plans').execute()] : []
    sent.push(sql.unsafe('begin').execute(), sql.unsafe(lock, [tenants], { prepare: true }).execute())
    const results = statements.map(({ text, values }) =>
      sql.unsafe<Record<string, unknown>[]>(text, [...values] as never[], { prepare: true }).execute(),
    )
    sent.push(sql.unsafe('commit').execute())
    const settled = await Promise.allSettled(results)
    const broken = settled.find((each) => each.status === 'rejected' && !isSqlError(each.reason))
    if (broken?.status === 'rejected') {
      await Promise.allSettled(sent)
      throw broken.reason
    }
    if (settled.every((each) => each.status === 'fulfilled')) {
      group.forEach(({ onWritten }, index) => {
        const result = settled[index]
        if (result?.status === 'fulfilled') onWritten?.(result.value)
      })
    }
    // After a statement that failed, COMMIT answers as a ROLLBACK does.
    await Promise.all(sent)
    return settled
  }

  let done = 0
  let planAt = 64
  /** Postgres keeps the plans that it made while the tables were empty, and any index looks good in an empty table. */
  function isTimeToPlan(more: number): boolean {
    done += more
    if (done < planAt) return false
    planAt *= 4
    return true
  }

  function startNow(): void {
    isDue = true
    working ??= work()
  }

  return {
    run(statement, mayLinger, onWritten) {
      if (isClosed) return Promise.reject(new NoxError('storage', 'the database is closed'))
      return new Promise((resolve, reject) => {
        const queue = mayLinger ? lingering : urgent
        queue.push({ statement, resolve, reject, onWritten })
        if (isDue) return
        if (mayLinger) {
          soon ??= setTimeout(startNow, lingerMs)
          return
        }
        isDue = true
        // Whoever is read in the same turn of the event loop shares the commit.
        working ??= new Promise<void>((next) => setImmediate(next)).then(work)
      })
    },
    async close() {
      isClosed = true
      await working
      startNow()
      await working
      await connection?.then((reserved) => reserved.release()).catch(() => {})
      await client.end({ timeout: 5 })
    },
  }
}

/** An answer of the server: the transaction is rolled back, and the connection goes on. */
const isSqlError = (error: unknown): boolean => error instanceof Error && error.name === 'PostgresError'
