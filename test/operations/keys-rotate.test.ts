import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openStorage } from '../../src/storage/open-storage.ts'
import { createVault } from '../../src/vault/index.ts'
import { freshPostgres, hasPostgres } from '../helpers/fresh-postgres.ts'
import { runCli } from '../helpers/run-cli.ts'
import { contentOf, people, societeX, startTestSandbox } from '../helpers/sandbox.ts'

const newKey = () => randomBytes(32).toString('base64')

describe('nox keys rotate, while NOX runs', () => {
  async function rotateUnder(where: { url: string } | { path: string }): Promise<void> {
    const [old, fresh] = [newKey(), newKey()]
    const keys = { masterKeys: [old, fresh] }
    const sandbox = await startTestSandbox(where, 50, false, keys)
    const env = { ...('url' in where ? { DATABASE_URL: where.url } : { DATABASE_PATH: where.path }) }
    let isOver = false
    let answered = 0
    try {
      const tenantId = (await sandbox.nox.storage.installations.tenantOf(societeX)) ?? ''
      const { members } = sandbox.nox.storage
      const bob = await members.findBySlackId(tenantId, people.bob)
      if (bob) await members.update({ ...bob, maxActionsPerDay: 10_000 })
      // The first order loads what speaks to clusters.
      await sandbox.answer(sandbox.say(people.bob, '@NOX pods de user-api en staging').ts, /user-api-/)
      // Orders that write, and that read secrets: each asks a cluster with its sealed credentials.
      const asking = (async () => {
        while (!isOver) {
          const { ts } = sandbox.say(people.bob, '@NOX pods de user-api en staging')
          await sandbox.answer(ts, /user-api-/).catch((error) => {
            throw new Error(`${error.message}: ${sandbox.thread(ts).map(contentOf).join('|')}`)
          })
          expect(await sandbox.nox.storage.installations.findByTenant(tenantId)).toMatchObject({ tenantId })
          answered += 1
        }
      })()
      const run = await runCli(['keys', 'rotate'], { ...env, NOX_MASTER_KEY: `${fresh},${old}` })
      const during = answered
      const again = await runCli(['keys', 'rotate'], { ...env, NOX_MASTER_KEY: fresh })
      isOver = true
      await asking
      expect(run).toMatchObject({ code: 0, stderr: '' })
      expect(again).toMatchObject({ code: 0, stderr: '' })
      expect(during).toBeGreaterThan(0)
      expect(await sandbox.nox.storage.audit.verify(tenantId)).toMatchObject({ ok: true })
    } finally {
      isOver = true
      await sandbox.stop()
    }
    const lost = await runCli(['keys', 'rotate'], { ...env, NOX_MASTER_KEY: old })
    expect(lost).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/was NOX_MASTER_KEY changed\? Set it to the key/),
    })
    const storage = await openStorage(where, createVault([fresh]))
    try {
      const tenants = await storage.tenants.list()
      expect(tenants.length).toBeGreaterThan(1)
      for (const { id } of tenants) {
        expect((await storage.installations.findByTenant(id))?.botToken).toMatch(/^xoxb-/)
        for (const { id: cluster } of await storage.catalogue.clusters(id)) {
          expect(await storage.catalogue.clusterAccess(id, cluster)).not.toBeNull()
        }
        for (const { vendor } of await storage.integrations.list(id)) {
          expect(await storage.integrations.secrets(id, vendor)).not.toBeNull()
        }
      }
    } finally {
      await storage.close()
    }
  }

  it('on SQLite', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nox-rotate-'))
    try {
      // The sandbox keeps a file of this name.
      await rotateUnder({ path: join(folder, 'sandbox.db') })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it.skipIf(!hasPostgres())('on Postgres', async () => {
    const database = await freshPostgres()
    try {
      await rotateUnder({ url: database.url })
    } finally {
      await database.drop()
    }
  })
})
