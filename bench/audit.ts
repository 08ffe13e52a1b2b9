import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import postgres from 'postgres'
import { openStorage } from '../src/storage/open-storage.ts'
import type { Storage } from '../src/storage/types/storage.ts'
import { createVault } from '../src/vault/index.ts'
import { type PartResult, progress } from './bench.ts'
import { percentile } from './load.ts'
import { startPostgres } from './postgres.ts'
import type { Figure } from './table.ts'

type Where = { readonly path: string } | { readonly url: string }

const tenantId = 'T1'
/** As the Audit tab asks it. */
const page = { limit: 10 }
const window = 50_000
/** What the longest log may cost of one of two pages: the same is read and drawn of both. */
const most = 1.1
/** Looks at each log in one round. */
const looks = 200

const columns = 'tenant_id, seq, text, previous_hash, hash, at, actor, command, environment, resource, result'
const text = JSON.stringify({ at: 1, actor: 'U1', command: 'logs', details: {}, result: 'done' })

/** A log of so many records, written past NOX: its chain is not what is measured. */
export async function fillAudit(where: Where, tenantId: string, rows: number, now: number): Promise<void> {
  const values = (n: string) =>
    `'${tenantId}', ${n}, '${text}', '', '', ${now}, 'U' || ${n} % 50, 'logs', 'staging', 'api', 'done'`
  if ('path' in where) {
    const file = new SqliteFile(where.path)
    file.exec(
      `with recursive s(n) as (select 1 union all select n + 1 from s where n < ${rows})
       insert into audit (${columns}) select ${values('n')} from s; analyze`,
    )
    file.close()
    return
  }
  const sql = postgres(where.url, { max: 1, onnotice: () => {} })
  await sql.unsafe(`insert into audit (${columns}) select ${values('n')} from generate_series(1, ${rows}) n`)
  await sql.unsafe('analyze audit')
  await sql.end()
}

async function openFilled(where: Where, rows: number): Promise<Storage> {
  const vault = createVault([randomBytes(32).toString('base64')])
  const now = Date.now()
  const tenant = { id: tenantId, kind: 'company', name: 'Bench', plan: 'enterprise', language: 'en' } as const
  const empty = await openStorage(where, vault)
  await empty.tenants.create({ ...tenant, timeZone: 'Europe/Paris' }, now)
  await empty.close()
  await fillAudit(where, tenantId, rows, now)
  return openStorage(where, vault)
}

/** What the section reads: where the log begins and ends, then its newest page. @returns ms */
async function look({ audit }: Storage): Promise<number> {
  const from = performance.now()
  const { records } = await audit.search(tenantId, page, window, await audit.bounds(tenantId))
  if (records.length === 0) throw new Error('an empty log was measured')
  return performance.now() - from
}

/** The Audit section's reads at one record and at very many, one after the other in each round: the ratio counts. */
export async function benchAudit(folder: string, rounds: number, scale: number): Promise<PartResult> {
  const figures: Figure[] = []
  const many = Math.ceil(1_000_000 * scale)
  const server = await startPostgres()
  const places: Record<string, () => Promise<Where>> = {
    SQLite: async () => ({ path: join(folder, `audit-${randomBytes(4).toString('hex')}.db`) }),
    Postgres: async () => ({ url: await server.newDatabase() }),
  }
  try {
    for (const [name, newPlace] of Object.entries(places)) {
      // A page is ten records, and one more is read, to know whether there are older ones: of one, only one is drawn.
      const logs = { 1: await openFilled(await newPlace(), 1), 20: await openFilled(await newPlace(), 20) }
      const long = await openFilled(await newPlace(), many)
      const times: Record<string, number[]> = { one: [], page: [], many: [] }
      const subjects = [
        ['one', logs[1]],
        ['page', logs[20]],
        ['many', long],
      ] as const
      for (let n = 0; n < (rounds + 1) * looks; n += 1) {
        for (const [key, storage] of subjects) {
          const ms = await look(storage)
          // The first round warms.
          if (n >= looks) times[key]?.push(ms)
        }
      }
      await Promise.all([...Object.values(logs), long].map((each) => each.close()))
      const p50 = (key: string) => percentile(times[key] ?? [], 0.5)
      progress(
        `${name}: the Audit section's reads, ${p50('one').toFixed(3)} ms at 1 record, ${p50('page').toFixed(3)} ms at 20, ` +
          `${p50('many').toFixed(3)} ms at ${many.toLocaleString('en')}`,
      )
      figures.push(
        figureOf(
          `${name}: Audit section, ${many.toLocaleString('en')} records against 20`,
          p50('page'),
          p50('many'),
          most,
        ),
      )
      // A page is more to read and to draw than one record, however long the log is: it is told, not judged.
      figures.push(
        figureOf(`${name}: Audit section, ${many.toLocaleString('en')} records against 1`, p50('one'), p50('many')),
      )
    }
  } finally {
    await server.stop()
  }
  return { figures }
}

/** @param wanted at most so much of the base; absent = it is told, not judged */
function figureOf(what: string, base: number, measured: number, wanted?: number): Figure {
  const ratio = measured / base
  return {
    what,
    base: `${base.toFixed(3)} ms`,
    measured: `${measured.toFixed(3)} ms`,
    ratio,
    ...(wanted === undefined ? {} : { wanted: `≤ ${wanted.toFixed(2)}` }),
    isKept: wanted === undefined || ratio <= wanted,
  }
}
