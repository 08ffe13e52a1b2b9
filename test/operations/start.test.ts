import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BareNox, startBareNox } from '../helpers/bare-nox.ts'
import { type FreshPostgres, freshPostgres, hasPostgres } from '../helpers/fresh-postgres.ts'
import { runCli } from '../helpers/run-cli.ts'

const entry = resolve(import.meta.dirname, '../../src/entry.mjs')
const team = 'T0SOCIETEX'

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new TypeError('no port')
  return address.port
}

describe.skipIf(!hasPostgres())('npm start with the credentials of Slack', () => {
  const processes: ChildProcess[] = []
  let database: FreshPostgres
  let bare: BareNox

  beforeAll(async () => {
    database = await freshPostgres()
    bare = await startBareNox({ url: database.url })
    await bare.slack.install(team, 'U0ALICE')
  })
  afterAll(async () => {
    for (const each of processes) each.kill('SIGKILL')
    await bare?.stop()
    await database?.drop()
  })

  /** A process of its own beside the NOX of this one; resolves as soon as its port answers. */
  async function startProcess(env: Readonly<Record<string, string>> = {}) {
    const port = await freePort()
    const child = spawn(process.execPath, [entry], {
      env: { PATH: process.env.PATH ?? '', ...bare.env, HOST: '127.0.0.1', PORT: String(port), ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    processes.push(child)
    const url = `http://127.0.0.1:${port}`
    const answers = () =>
      fetch(`${url}/readyz`).then(
        (each) => each.status,
        () => null,
      )
    for (;;) {
      const status = await answers()
      if (status !== null) return { child, url, status }
      if (child.exitCode !== null) throw new Error(`NOX ended with ${child.exitCode}`)
      await sleep(5)
    }
  }

  it('takes what comes the moment it is ready, and answers it', async () => {
    const { child, url, status } = await startProcess()
    expect(status).toBe(200)
    bare.slack.setNoxUrl(url)
    const { ts } = bare.slack.say(team, 'U0ALICE', '#devops', '@NOX qui suis-je')
    const pages = await Promise.all([fetch(`${url}/slack/install`), fetch(`${url}/nothing-here`)])
    expect(pages.map((each) => each.status)).toEqual([200, 404])
    const answer = await bare.slack.waitForMessage((each) => each.threadTs === ts && each.ts !== ts, 10_000)
    expect(JSON.stringify(answer.blocks)).toContain('Alice Martin')
    const orders = await bare.nox.storage.ledger.list((await bare.nox.storage.installations.tenantOf(team)) ?? '', {
      limit: 10,
    })
    expect(orders.filter(({ place }) => place.threadTs === ts)).toHaveLength(1)
    child.kill('SIGTERM')
    const [code] = (await once(child, 'exit')) as [number]
    expect(code).toBe(0)
  })

  it('does not start beside another with another master key, and says what to do', async () => {
    const wrong = randomBytes(32).toString('base64')
    const child = spawn(process.execPath, [entry], {
      env: { PATH: process.env.PATH ?? '', ...bare.env, HOST: '127.0.0.1', PORT: '0', NOX_MASTER_KEY: wrong },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    processes.push(child)
    const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
    expect(said).toMatch(/^nox: NOX_MASTER_KEY is not the key that this database was used with/)
    expect(said).toMatch(/Set it to the key that this database was used with/)
    expect(said).not.toMatch(/\n\s+at /)
    expect(said).not.toContain(wrong)
    expect(code).toBe(1)
  })

  it('starts with a new master key beside the one before, as in a rotation', async () => {
    const fresh = randomBytes(32).toString('base64')
    const { child, url, status } = await startProcess({ NOX_MASTER_KEY: `${fresh},${bare.env.NOX_MASTER_KEY}` })
    expect(status).toBe(200)
    bare.slack.setNoxUrl(url)
    const { ts } = bare.slack.say(team, 'U0ALICE', '#devops', '@NOX qui suis-je')
    const answer = await bare.slack.waitForMessage((each) => each.threadTs === ts && each.ts !== ts, 10_000)
    expect(JSON.stringify(answer.blocks)).toContain('Alice Martin')
    child.kill('SIGTERM')
    const [code] = (await once(child, 'exit')) as [number]
    expect(code).toBe(0)
  })

  it('opens no sandbox on the database of real workspaces where the credentials of Slack were forgotten', async () => {
    const { storage } = bare.nox
    const real = { id: 'T0REAL', kind: 'company', name: 'Real', plan: 'team', language: 'fr' } as const
    const { id: tenantId } = await storage.tenants.create({ ...real, timeZone: 'UTC' }, 1)
    await storage.installations.save({
      ...{ tenantId, workspaceId: 'T0REAL', isOrgWide: false, appId: 'A1', botToken: 'xoxb-real', botUserId: 'U1' },
      ...{ botId: 'B1', scopes: [], installerUserId: 'U2', installedAt: 1 },
    })
    const { DATABASE_URL = '' } = bare.env as Record<string, string>
    // Whoever forgot the credentials may have forgotten the master key too: it is not what is said.
    const child = spawn(process.execPath, [entry], {
      env: { PATH: process.env.PATH ?? '', DATABASE_URL, HOST: '127.0.0.1', PORT: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    processes.push(child)
    const [said, told, [code]] = await Promise.all([text(child.stderr), text(child.stdout), once(child, 'exit')])
    expect(said).toMatch(/^nox: DATABASE_URL names the database of real workspaces/)
    expect(said).toMatch(/Set SLACK_SIGNING_SECRET/)
    expect(told).not.toContain('localhost')
    expect(code).toBe(1)
    const doctor = await runCli(['doctor', '--json'], { DATABASE_URL })
    expect(doctor.code).toBe(1)
    expect((JSON.parse(doctor.stdout) as { checks: unknown[] }).checks).toContainEqual({
      check: 'sandbox',
      state: 'failed',
      sentence: expect.stringContaining('DATABASE_URL names the database of real workspaces'),
      remedy: expect.stringContaining('SLACK_SIGNING_SECRET'),
    })
  })
})

describe('npm start with what it cannot use', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nox-start-'))
    await writeFile(join(folder, 'letter.txt'), 'Dear database,\n'.repeat(400))
    const sealed = await startBareNox({ path: join(folder, 'sealed.db') })
    await sealed.slack.install(team, 'U0ALICE')
    await sealed.stop()
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const cases: readonly [string, (at: string) => Readonly<Record<string, string>>, RegExp][] = [
    ['a HOST that is elsewhere', () => ({ HOST: '192.0.2.1' }), /192\.0\.2\.1 is no address of this machine\. HOST /],
    [
      'a file of something else',
      (at) => ({ DATABASE_PATH: join(at, 'letter.txt') }),
      /not a database\. DATABASE_PATH /,
    ],
    ['a folder that is none', (at) => ({ DATABASE_PATH: join(at, 'letter.txt/nox.db') }), /DATABASE_PATH names a file/],
    ['a folder', (at) => ({ DATABASE_PATH: at }), /DATABASE_PATH names a file/],
    [
      'a Postgres that is away',
      () => ({ DATABASE_URL: 'postgres://nox:very-secret@127.0.0.1:1/nox' }),
      /Is Postgres running, and are host and port of DATABASE_URL right\?/,
    ],
    [
      'another master key',
      (at) => ({ DATABASE_PATH: join(at, 'sealed.db') }),
      /NOX_MASTER_KEY is not the key that this database was used with/,
    ],
  ]
  it.each(cases)('ends with what to do, without a stack or a secret: %s', async (_what, env, remedy) => {
    const child = spawn(process.execPath, [entry], {
      cwd: folder,
      env: {
        PATH: process.env.PATH ?? '',
        SLACK_APP_TOKEN: 'xapp-1',
        SLACK_BOT_TOKEN: 'xoxb-1',
        SLACK_API_URL: 'http://127.0.0.1:1/api/',
        NOX_MASTER_KEY: randomBytes(32).toString('base64'),
        DATABASE_PATH: join(folder, 'nox.db'),
        HOST: '127.0.0.1',
        PORT: '0',
        ...env(folder),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
    expect(said).toMatch(remedy)
    expect(said).not.toMatch(/\n\s+at |very-secret/)
    expect(code).toBe(1)
  })
})
