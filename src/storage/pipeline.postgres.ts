import type { NoxError } from '../errors.ts'
import { createConnections, type Pooling } from './connections.postgres.ts'
import type { Pipeline, PipelineStatement, Rows } from './database.ts'
import { storageError } from './failure.ts'
import { enterAndLock } from './roles.postgres.ts'
import { createSharedLoan } from './shared-loan.postgres.ts'
import { createWatch } from './stay-awake.ts'
import { createUnitQueue } from './unit-queue.ts'
import { beginText, isSqlError } from './units.postgres.ts'

/** Units of one commit: few enough that Postgres has the next ones while NOX answers those of the one before. */
const mostInOneCommit = 16
/** Commits that are under way at once. With the messages of both, postgres.js pipelines 68 of its 100. */
const commitsAtOnce = 2
/** A database that takes longer than this (ms) is waited for asleep. */
const quickCommit = 1

interface Queued {
  readonly statement: PipelineStatement
  resolve(rows: Rows): void
  reject(error: NoxError): void
  readonly onWritten: ((rows: Rows) => void) | undefined
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Units of one statement each: a whole transaction (`begin`, for each tenant its role and its lock, statements, `commit`)
 * goes out in one write, and those that wait share it. The next one goes out behind it, on the same connection, before it
 * is over. A statement that fails rolls its transaction back; the others of it run again alone.
 */
export function createPipeline(url: string, pooling: Pooling = 'session'): Pipeline & { close(): Promise<void> } {
  const connections = createConnections(url, 1, 'nox', pooling)
  const connection = createSharedLoan(connections.lend)
  const watch = createWatch(quickCommit)
  const underWay = new Set<Promise<void>>()
  const tenantOf = ({ statement }: Queued) => statement.tenantId
  const queue = createUnitQueue(mostInOneCommit, tenantOf, async (group: readonly Queued[], isAlone) => {
    // Every commit takes the locks of its tenants in one order: no two of them can wait for each other.
    const written = writeGroup(group.toSorted((a, b) => compare(tenantOf(a), tenantOf(b))))
    underWay.add(written)
    written.finally(() => underWay.delete(written))
    if (isAlone) watch(written)
    if (underWay.size >= commitsAtOnce) await Promise.race(underWay)
  })

  /** Where no connection can be had, those behind would each wait as long for the same. */
  const borrow = () =>
    connection.borrow().catch((error: unknown) => {
      for (const { reject } of queue.takeAll()) reject(storageError(error))
      throw error
    })

  async function writeGroup(group: readonly Queued[]): Promise<void> {
    let results: readonly PromiseSettledResult<Rows>[]
    try {
      results = await transact(group)
    } catch (error) {
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
    const { sql, giveBack } = await borrow()
    const sent: Promise<unknown>[] = [sql.unsafe(beginText).execute()]
    // Within the transaction: it is this session's plans that are made anew.
    if (isTimeToPlan(group.length)) sent.push(sql.unsafe('discard plans').execute())
    let current: string | undefined
    const results = group.map(({ statement: { tenantId, text, values } }) => {
      if (tenantId !== current) {
        sent.push(enterAndLock(sql, tenantId, pooling))
        current = tenantId
      }
      return sql.unsafe<Record<string, unknown>[]>(text, [...values] as never[], { prepare: true }).execute()
    })
    sent.push(sql.unsafe('commit').execute())
    const answered = Promise.all(sent)
    answered.catch(() => {})
    const settled = await Promise.allSettled(results)
    const broken = settled.find((each) => each.status === 'rejected' && !isSqlError(each.reason))
    if (broken?.status === 'rejected') {
      giveBack('broken')
      throw broken.reason
    }
    if (settled.every((each) => each.status === 'fulfilled')) {
      group.forEach(({ onWritten }, index) => {
        const result = settled[index]
        if (result?.status === 'fulfilled') onWritten?.(result.value)
      })
    }
    try {
      // After a statement that failed, COMMIT answers as a ROLLBACK does.
      await answered
      giveBack('well')
    } catch (error) {
      const isOver = isSqlError(error) && (await sql.unsafe('rollback').then(Boolean, () => false))
      giveBack(isOver ? 'well' : 'broken')
      throw error
    }
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

  return {
    run: (statement, mayLinger, onWritten) =>
      new Promise((resolve, reject) => queue.add({ statement, resolve, reject, onWritten }, mayLinger)),
    async close() {
      await queue.close()
      await Promise.all(underWay)
      await connections.close()
    },
  }
}
