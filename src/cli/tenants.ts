import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { readDatabases } from '../config.ts'
import { NoxError } from '../errors.ts'
import { orm } from '../storage/drizzle.ts'
import { exportTenant, openToRead } from '../storage/export-tenant.ts'
import { openConfiguredStorage, requireDatabase } from './open.ts'

const usage = 'nox tenants list | export TENANT FILE | purge TENANT | keep TENANT'

/** `nox tenants`: who they are; one tenant's data as a file; or gone. */
export async function runTenants([verb, tenantId, file, ...more]: readonly string[], sure: boolean): Promise<number> {
  if (verb === 'list' && tenantId === undefined) return list()
  if (verb === 'export' && tenantId !== undefined && file !== undefined && more.length === 0) {
    return exportTo(tenantId, file)
  }
  if (verb === 'purge' && tenantId !== undefined && file === undefined) return purge(tenantId, sure)
  if (verb === 'keep' && tenantId !== undefined && file === undefined) return keep(tenantId)
  throw new NoxError('bad-input', usage)
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10)

function read() {
  const { path, url } = readDatabases()
  const database = url === undefined ? { path } : { url }
  requireDatabase(database)
  return openToRead(database)
}

async function list(): Promise<number> {
  const { database, close } = await read()
  const { tenants, purges } = database.tables
  try {
    const known = await database.read(null, async (tx) =>
      tx.select({ id: tenants.id, name: tenants.name, createdAt: tenants.createdAt }).from(tenants).orderBy(tenants.id),
    )
    const going = new Map(
      (await database.read(null, async (tx) => tx.select().from(purges))).map((each) => [each.id, each]),
    )
    if (known.length === 0 && going.size === 0) process.stdout.write('No tenant has installed NOX yet.\n')
    for (const { id, name, createdAt } of known) {
      const purge = going.get(id)
      const state = purge ? `uninstalled; its data goes on ${day(purge.dueAt)}` : `since ${day(createdAt)}`
      process.stdout.write(`${id}  ${name}  ${state}\n`)
      going.delete(id)
    }
    for (const { id, endedAt, rows } of going.values()) {
      process.stdout.write(
        `${id}  purged${endedAt === null ? ', not to the end' : ` on ${day(endedAt)}`}: ${rows} rows\n`,
      )
    }
    return 0
  } finally {
    await close()
  }
}

async function exportTo(tenantId: string, file: string): Promise<number> {
  const { database, close } = await read()
  const { tenants } = database.tables
  const counts: Record<string, number> = {}
  async function* lines() {
    for await (const line of exportTenant(database, tenantId)) {
      counts[line.table] = (counts[line.table] ?? 0) + 1
      yield `${JSON.stringify(line)}\n`
    }
  }
  const unfinished = `${file}.part`
  try {
    const [known] = await database.read(tenantId, async (tx) =>
      tx.select({ id: tenants.id }).from(tenants).where(orm.eq(tenants.id, tenantId)),
    )
    if (!known) throw new NoxError('not-found', `no tenant ${tenantId}: nox tenants list names them`)
    await pipeline(Readable.from(lines()), createWriteStream(unfinished, { mode: 0o600, flags: 'wx' }))
    await rename(unfinished, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rm(unfinished, { force: true })
    throw error
  } finally {
    await close()
  }
  for (const [table, count] of Object.entries(counts)) process.stdout.write(`${table.padEnd(20)}${count}\n`)
  process.stdout.write(`${file}: everything of ${tenantId}, without its secrets, one JSON object a line.\n`)
  return 0
}

async function purge(tenantId: string, sure: boolean): Promise<number> {
  const storage = await openConfiguredStorage()
  try {
    const purges = await storage.purges.list()
    const begun = purges.some(({ id, startedAt, endedAt }) => id === tenantId && startedAt !== null && endedAt === null)
    const tenant = await storage.tenants.find(tenantId)
    if (!tenant && !begun) throw new NoxError('not-found', `no tenant ${tenantId}: nox tenants list names them`)
    if (!sure) {
      process.stdout.write(
        `Everything of ${tenantId} (${tenant?.name ?? 'begun'}) would be deleted, its audit log too, and nothing brings it back.\n` +
          `Save it first: nox tenants export ${tenantId} FILE. Then: nox tenants purge ${tenantId} --yes\n`,
      )
      return 2
    }
    const rows = await storage.purges.run(tenantId, Date.now())
    process.stdout.write(`${tenantId}: ${rows} rows deleted. Archive files of its audit log are yours to delete.\n`)
    return 0
  } finally {
    await storage.close()
  }
}

async function keep(tenantId: string): Promise<number> {
  const storage = await openConfiguredStorage()
  try {
    if (!(await storage.purges.cancel(tenantId))) {
      throw new NoxError('not-found', `no purge of ${tenantId} is scheduled, or it has begun`)
    }
    process.stdout.write(`${tenantId} is kept: its purge is called off.\n`)
    return 0
  } finally {
    await storage.close()
  }
}
