import type { Sql } from 'postgres'
import { postgresColumns } from './columns.ts'
import type { Pooling } from './connections.postgres.ts'
import { orm, postgresClient } from './drizzle.ts'
import { defineTables, type Tables } from './tables.ts'
import type { Changes } from './types/changes.ts'

/** The channel on which Postgres tells of a tenant that it was changed. */
const channel = 'nox_changed'
/** Where nobody is told, nothing is kept longer than this (ms). */
const keptFor = 5_000
/** How often the connection is asked whether it still hears (ms): well within the time that is kept without it. */
const everyMs = 1_000

/**
 * What processes keep of a tenant, and which changes of it they have to hear of: a list of columns, or any. Who is no
 * member, and what is not installed, is kept by nobody.
 */
const watched: { readonly [Name in keyof Tables]?: 'any' | 'not new' } = {
  tenants: 'not new',
  members: 'not new',
  installations: 'any',
  services: 'any',
  clusters: 'any',
  backupTargets: 'any',
  integrations: 'any',
  aliases: 'any',
  zones: 'any',
  channelDefaults: 'any',
}
/** Columns of tenants that nobody keeps. */
const unheard: readonly string[] = ['id', 'dataKey', 'createdAt']

const name = 'nox_tell_change'

const tellFunction = `create or replace function ${name}() returns trigger language plpgsql as $$
declare
  mine text := tg_argv[0];
  before text;
  after text;
begin
  if tg_op <> 'INSERT' then before := to_jsonb(old) ->> mine; end if;
  if tg_op <> 'DELETE' then after := to_jsonb(new) ->> mine; end if;
  perform pg_notify('${channel}', told) from (values (before), (after)) as both_sides (told)
    where told is not null group by told;
  return null;
end $$`

/** How many triggers tell of changes, where none is missing. */
export const changeTriggers = Object.keys(watched).length
/** Their name, the same on each table. */
export const changeTrigger = name

/** What makes Postgres tell of changes; it changes nothing when it runs again. */
export function tellChanges(): readonly string[] {
  const tables = defineTables(postgresColumns())
  const keys = Object.keys(watched) as (keyof Tables)[]
  const triggers = keys.map((key) => {
    const columns = orm.getTableColumns(tables[key]) as Record<string, { readonly name: string }>
    const heard = Object.entries(columns).filter(([property]) => !unheard.includes(property))
    const update =
      key === 'tenants' ? `update of ${heard.map(([, { name: column }]) => `"${column}"`).join(', ')}` : 'update'
    const when = `${watched[key] === 'any' ? 'insert or ' : ''}${update} or delete`
    const owner = key === 'tenants' ? 'id' : 'tenant_id'
    return `create or replace trigger ${name} after ${when} on "${orm.getTableName(tables[key])}"
      for each row execute function ${name}('${owner}')`
  })
  return [tellFunction, ...triggers]
}

type Ear = Changes & { close(): Promise<void> }

/** What holds for some seconds, whoever changes it: a pooler that hands out transactions leaves nobody a session to hear in. */
const deafEar = (mark: () => number): Ear => ({
  mark,
  holds: (read) => mark() - read < keptFor,
  onChange: () => {},
  close: async () => {},
})

/**
 * Hears on a connection of its own which tenants were changed, from the first that wants to know on. What was read
 * since it hears holds as long as the connection answers; once it does not, nothing is kept longer than some seconds.
 */
export function createChanges(url: string, pooling: Pooling, mark: () => number = () => performance.now()): Ear {
  if (pooling === 'transaction') return deafEar(mark)
  const tells: ((tenantId: string) => void)[] = []
  let client: Sql | undefined
  let timer: NodeJS.Timeout | undefined
  let isAsking = false
  let isClosed = false
  /** Since when the connection hears. */
  let since = Number.POSITIVE_INFINITY
  /** Up to when it certainly heard everything. */
  let until = Number.NEGATIVE_INFINITY
  let losses = 0

  function open(): Sql {
    const options = {
      max: 1,
      connect_timeout: 5,
      fetch_types: false,
      onnotice: () => {},
      onnotify: (_channel: string, tenantId: string) => {
        for (const tell of tells) tell(tenantId)
      },
      onclose: () => {
        since = Number.POSITIVE_INFINITY
        losses += 1
      },
      connection: { application_name: 'nox' },
    }
    return postgresClient()(url, options)
  }

  /** Asks the connection for an answer: what was committed before the question was told before it. */
  async function ask(): Promise<void> {
    if (isAsking || isClosed) return
    isAsking = true
    client ??= open()
    const own = client
    const [asked, before, hears] = [mark(), losses, since !== Number.POSITIVE_INFINITY]
    // A connection that never answers would never be replaced.
    const limit = setTimeout(() => {
      client = undefined
      losses += 1
      since = Number.POSITIVE_INFINITY
      own.end({ timeout: 0 }).catch(() => {})
    }, keptFor)
    limit.unref()
    try {
      await own.unsafe(hears ? 'select 1' : `listen ${channel}`)
      if (losses === before) {
        if (!hears) since = mark()
        until = hears ? asked : since
      }
    } catch {
      // The next question goes out on another connection; meanwhile what is kept holds for some seconds only.
    } finally {
      clearTimeout(limit)
      isAsking = false
    }
  }

  return {
    mark,
    holds(read) {
      const now = mark()
      return now - read < keptFor || (read >= since && now - until < keptFor)
    },
    onChange(tell) {
      tells.push(tell)
      if (timer || isClosed) return
      timer = setInterval(ask, everyMs)
      timer.unref()
      void ask()
    },
    async close() {
      isClosed = true
      clearInterval(timer)
      await client?.end({ timeout: 1 }).catch(() => {})
    },
  }
}
