import type { NoxError } from '../errors.ts'
import { createConnections, type Pooling } from './connections.postgres.ts'
import type { Pipeline, PipelineStatement, Rows } from './database.ts'
import { storageError } from './failure.ts'
import { enterAndLock } from './roles.postgres.ts'
import { stayAwake } from './stay-awake.ts'
import { createUnitQueue } from './unit-queue.ts'
import { isSqlError } from './units.postgres.ts'

/** Messages of one commit; postgres.js pipelines up to 100. */
const mostInOneCommit = 96
/** Connections: the second is for a group that is longer than a commit. */
const connectionsAtOnce = 2
/** A database that takes longer than this (ms) is waited for asleep. */
const quickCommit = 1

interface Queued {
  readonly statement: PipelineStatement
  resolve(rows: Rows): void
  reject(error: NoxError): void
  readonly onWritten: ((rows: Rows) => void) | undefined
}

/**
 * What waits, cut into commits. Every commit takes the locks of its tenants in one order: no two of them can wait for
 * each other. Each tenant costs a message, as each statement does.
 */
function cut(queue: readonly Queued[]): Queued[][] {
  const commits: Queued[][] = []
  let messages = mostInOneCommit
  let tenantId: string | undefined
  for (const each of queue.toSorted((a, b) => compare(a.statement.tenantId, b.statement.tenantId))) {
    const more = each.statement.tenantId === tenantId ? 1 : 2
    if (messages + more > mostInOneCommit) {
      commits.push([])
      messages = 2
    }
    commits.at(-1)?.push(each)
    messages += messages === 2 ? 2 : more
    tenantId = each.statement.tenantId
  }
  return commits
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Units of one statement each: a whole transaction (`begin`, for each tenant its role and its lock, statements, `commit`)
 * goes out in one write, and all that wait share it. A statement that fails rolls its transaction back; the others run again alone.
 */
export function createPipeline(url: string, pooling: Pooling = 'session'): Pipeline & { close(): Promise<void> } {
  const connections = createConnections(url, connectionsAtOnce, 'nox', pooling)
  const tenantOf = ({ statement }: Queued) => statement.tenantId
  const queue = createUnitQueue(
    connectionsAtOnce * mostInOneCommit,
    tenantOf,
    async (group: readonly Queued[], isAlone) => {
      const written = Promise.all(cut(group).map(writeGroup))
      if (isAlone) stayAwake(written, quickCommit)
      await written
    },
  )

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
    const { sql, giveBack } = await connections.lend()
    const sent: Promise<unknown>[] = [sql.unsafe('begin').execute()]
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
  /** Connections that still go by plans of before: they are lent one after the other, so that each has its turn. */
  let toldNothing = 0
  /** Postgres keeps the plans that it made while the tables were empty, and any index looks good in an empty table. */
  function isTimeToPlan(more: number): boolean {
    done += more
    if (done >= planAt) {
      planAt *= 4
      toldNothing = connectionsAtOnce
    }
    if (toldNothing === 0) return false
    toldNothing -= 1
    return true
  }

  return {
    run: (statement, mayLinger, onWritten) =>
      new Promise((resolve, reject) => queue.add({ statement, resolve, reject, onWritten }, mayLinger)),
    async close() {
      await queue.close()
      await connections.close()
    },
  }
}
