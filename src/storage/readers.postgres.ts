import type { Sql } from 'postgres'
import { createRoundRobin } from '../domain/round-robin.ts'
import { NoxError } from '../errors.ts'
import type { Tx, Unit } from './database.ts'
import { postgresClient, postgresDriver } from './drizzle.ts'
import { storageError } from './failure.ts'

/** One connection that reads for one tenant at a time, as long as someone does. */
interface Reader {
  readonly client: Sql
  readonly tx: Tx
  /** Whose rows it sees now; `null` = nobody's. */
  tenantId: string | null
  /** Units that read on it at this moment, all of one tenant. */
  units: number
  /** Raised when the connection is lost, and with it what it saw. */
  losses: number
}

/** A read that waits for a connection. */
interface Waiter {
  readonly tenantId: string
  readonly go: (place: Place) => void
}

/** A unit's place on a connection. */
interface Place {
  readonly reader: Reader
  /** Resolves once the connection knows for whom it reads now, where it has to be told. */
  readonly told: Promise<unknown> | undefined
  /** Losses of the connection so far. */
  readonly before: number
}

export interface Readers {
  read<T>(tenantId: string, unit: Unit<T>): Promise<T>
  close(): Promise<void>
}

/** Connections that read for tenants. */
export const mostReaders = 6
/** How long a read waits for a connection (ms). */
const patience = 5_000
/** Units on one connection, before another one is taken for the same tenant. */
const manyUnits = 4
/** Units on one connection: more wait, so that it is soon free for another tenant. */
const mostUnits = 32

const become = "select set_config('app.tenant_id', $1, false)"

/**
 * Reads without a transaction around each: a connection is `nox_app` from its first moment, sees the rows of one tenant,
 * and is told so again only when another tenant reads on it, together with that tenant's first query.
 */
export function createReaders(url: string): Readers {
  const readers: Reader[] = []
  const waiting = createRoundRobin<Waiter>()
  const open = (onclose: () => void): Sql =>
    postgresClient()(url, {
      max: 1,
      connect_timeout: 5,
      // A list of types asks a round trip of each new connection; nothing that is read here is an array.
      fetch_types: false,
      onnotice: () => {},
      onclose,
      connection: {
        application_name: 'nox',
        role: 'nox_app',
        default_transaction_read_only: true,
        statement_timeout: 10_000,
      },
    })

  function openReader(): Reader {
    const client = open(() => {
      reader.tenantId = null
      reader.losses += 1
    })
    const reader: Reader = {
      client,
      tx: postgresDriver().drizzle(client) as unknown as Tx,
      tenantId: null,
      units: 0,
      losses: 0,
    }
    readers.push(reader)
    return reader
  }

  /** One that reads for this tenant already, else one that nobody reads on, else a new one. */
  function choose(tenantId: string): Reader | undefined {
    let own: Reader | undefined
    let idle: Reader | undefined
    for (const each of readers) {
      if (each.tenantId === tenantId && (!own || each.units < own.units)) own = each
      else if (each.units === 0) idle ??= each
    }
    if (own && own.units < manyUnits) return own
    const crowded = own && own.units < mostUnits && waiting.size === 0 ? own : undefined
    return idle ?? (readers.length < mostReaders ? openReader() : crowded)
  }

  /** From here on the connection is the tenant's: nobody else may find it as it was before. */
  function occupy(reader: Reader, tenantId: string): Place {
    reader.units += 1
    let told: Promise<unknown> | undefined
    if (reader.tenantId !== tenantId) {
      reader.tenantId = tenantId
      told = reader.client.unsafe(become, [tenantId], { prepare: true }).execute()
      told.catch(() => {})
    }
    return { reader, told, before: reader.losses }
  }

  /** A place for one unit more. Where some wait already, whoever comes waits for their tenant's turn. */
  function take(tenantId: string): Place | Promise<Place> {
    const reader = waiting.size === 0 ? choose(tenantId) : undefined
    if (reader) return occupy(reader, tenantId)
    return new Promise((go) => waiting.add(tenantId, { tenantId, go }))
  }

  /** Whose turn it is goes first, also where those behind could go at once: what they hold becomes free for it. */
  function serveWaiting(): void {
    for (let next = waiting.peek(); next; next = waiting.peek()) {
      const reader = choose(next.tenantId)
      if (!reader) return
      waiting.take()
      next.go(occupy(reader, next.tenantId))
    }
  }

  async function once<T>(tenantId: string, unit: Unit<T>): Promise<{ readonly value: T } | 'lost'> {
    const taken = take(tenantId)
    const { reader, told, before } = taken instanceof Promise ? await taken : taken
    try {
      const value = await (told ? afterConnecting(unit(reader.tx), told) : unit(reader.tx))
      // On a connection that came anew nobody's rows are seen: what was read is not to be believed.
      return reader.losses === before ? { value } : 'lost'
    } catch (error) {
      if (reader.losses !== before) return 'lost'
      if (told) reader.tenantId = null
      throw error
    } finally {
      reader.units -= 1
      if (waiting.size > 0) serveWaiting()
    }
  }

  async function read<T>(tenantId: string, unit: Unit<T>): Promise<T> {
    const first = await once(tenantId, unit)
    if (first !== 'lost') return first.value
    const again = await once(tenantId, unit)
    if (again !== 'lost') return again.value
    throw new NoxError('storage', 'database: the connection was lost')
  }

  return {
    async read(tenantId, unit) {
      try {
        return await read(tenantId, unit)
      } catch (error) {
        throw storageError(error)
      }
    },
    async close() {
      await Promise.all(readers.map((each) => each.client.end({ timeout: 5 })))
    },
  }
}

/** A server that can't be reached is asked until it answers; who reads does not wait that long. */
async function afterConnecting<T>(value: Promise<T>, told: Promise<unknown>): Promise<T> {
  value.catch(() => {})
  let limit: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const error = new NoxError('storage', `database: no connection within ${patience / 1_000} s`)
    limit = setTimeout(() => reject(error), patience)
  })
  try {
    await Promise.race([told, late])
  } finally {
    clearTimeout(limit)
  }
  return value
}
