import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, inject } from 'vitest'
import { startTestSandbox, type TestSandbox } from './sandbox.ts'

/** Runs a suite against the whole sandbox, once on SQLite and once on a real Postgres; one sandbox for all its tests. */
export function eachSandbox(name: string, suite: (sandbox: () => TestSandbox) => void): void {
  describe(`${name} on SQLite`, () => {
    let sandbox: TestSandbox
    beforeAll(async () => {
      sandbox = await startTestSandbox()
    })
    afterAll(() => sandbox?.stop())
    suite(() => sandbox)
  })

  const server = inject('postgres')
  describe.skipIf('missing' in server)(`${name} on Postgres`, () => {
    let sandbox: TestSandbox
    const database = `nox_${randomBytes(6).toString('hex')}`
    beforeAll(async () => {
      if (!('url' in server)) throw new Error(server.missing)
      const admin = postgres(server.url, { max: 1, onnotice: () => {} })
      await admin.unsafe(`create database ${database}`)
      await admin.end()
      const url = new URL(server.url)
      url.pathname = `/${database}`
      sandbox = await startTestSandbox({ url: url.toString() })
    })
    afterAll(async () => {
      await sandbox?.stop()
      if (!('url' in server)) return
      const admin = postgres(server.url, { max: 1, onnotice: () => {} })
      await admin.unsafe(`drop database if exists ${database} with (force)`)
      await admin.end()
    })
    suite(() => sandbox)
  })
}
