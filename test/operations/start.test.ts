import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BareNox, startBareNox } from '../helpers/bare-nox.ts'
import { type FreshPostgres, freshPostgres, hasPostgres } from '../helpers/fresh-postgres.ts'

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
})
