// npm run test:soak: NOX under a steady load for a long time. Nothing may grow: memory, handles, what waits.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Connection } from './connection.ts'
import { runLoad } from './load.ts'
import { mentionRequest } from './mention.ts'
import { startSlackEnd } from './slack-end.ts'
import { slopePerHour } from './slope.ts'
import { startNox } from './targets.ts'

const help = `npm run test:soak -- [--minutes 30] [--load 0.6]

Measures what NOX on SQLite takes at 16 concurrent mentions, then sends a share of it (--load) for so long, and looks at
memory, handles and what waits for its answer. Ends with 1 where a mention is lost or something grows.
`
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    load: { type: 'string', default: '0.6' },
    help: { type: 'boolean' },
  },
})

/** Growth an hour that is still none: what two looks differ by on a machine with other work (MB; descriptors; mentions). */
const most = { memory: 24, handles: 20, waiting: 20 }
const senders = 32
/** The mentions of the measurement before it have lower numbers. */
const firstNumber = 100_000

interface Look {
  /** Since the start of the soak (s). */
  readonly at: number
  readonly memory: number
  readonly handles: number
  readonly waiting: number
}

async function soak(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'nox-soak-'))
  const slack = await startSlackEnd()
  const nox = await startNox({ path: join(folder, 'nox.db') }, slack.apiUrl)
  try {
    const load = { ports: [nox.port], slack, text: 'whoami' }
    await runLoad({ ...load, count: 2_000, concurrency: 16 })
    const { perSecond } = await runLoad({ ...load, count: 6_000, concurrency: 16 })
    const rate = perSecond * Number(values.load)
    const seconds = Number(values.minutes) * 60
    console.log(
      `${perSecond.toFixed(0)} mentions a second at 16; ${rate.toFixed(0)} a second for ${seconds / 60} minutes`,
    )

    const waiting = new Set<number>()
    let sent = 0
    let refused = 0
    slack.onAnswer = (number) => void waiting.delete(number)
    const connections = await Promise.all(Array.from({ length: senders }, () => new Connection().open(nox.port)))
    const start = performance.now()
    const elapsed = () => (performance.now() - start) / 1000
    const send = async (connection: Connection) => {
      while (elapsed() < seconds) {
        const due = sent / rate
        sent += 1
        const number = firstNumber + sent
        const early = due - elapsed()
        if (early > 0.002) await sleep(early * 1000)
        waiting.add(number)
        const status = await connection.request(mentionRequest(number, 'whoami', nox.port))
        if (status !== 200) refused += 1
      }
    }
    const looks: Look[] = []
    const look = () =>
      looks.push({
        at: elapsed(),
        memory: nox.residentMb(),
        handles: readdirSync(`/proc/${nox.pid}/fd`).length,
        waiting: waiting.size,
      })
    const looking = setInterval(look, Math.max(500, (seconds * 1000) / 180))
    await Promise.all(connections.map(send))
    clearInterval(looking)
    for (const connection of connections) connection.close()
    for (let patience = 0; waiting.size > 0 && patience < 100; patience += 1) await sleep(100)
    report(looks, { sent, refused, lost: waiting.size })
  } finally {
    await nox.stop()
    slack.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function report(looks: readonly Look[], counts: { sent: number; refused: number; lost: number }): void {
  // The first quarter warms caches and compiles what is hot.
  const settled = looks.slice(Math.floor(looks.length / 4))
  const problems: string[] = []
  for (const name of ['memory', 'handles', 'waiting'] as const) {
    const slope = slopePerHour(settled.map((each) => ({ at: each.at, value: each[name] })))
    const [first, last] = [settled[0]?.[name] ?? 0, settled.at(-1)?.[name] ?? 0]
    console.log(`${name.padEnd(8)} ${first.toFixed(0)} → ${last.toFixed(0)}, ${slope.toFixed(1)} an hour`)
    // A short run says nothing of an hour: there it counts what was really added.
    const isLong = (settled.at(-1)?.at ?? 0) >= 1_200
    if (isLong ? slope > most[name] : last - first > 2 * most[name]) problems.push(`${name} grows`)
  }
  console.log(`sent ${counts.sent}, refused ${counts.refused}, without an answer ${counts.lost}`)
  if (counts.refused + counts.lost > 0) problems.push('mentions were lost')
  console.log(problems.length === 0 ? 'Nothing grows.' : problems.join('; '))
  if (problems.length > 0) process.exitCode = 1
}

if (values.help) process.stdout.write(help)
else await soak()
