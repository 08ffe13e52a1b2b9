// npm run bench: how NOX compares with an app of bare Bolt, in the same run and one after the other in each round.
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { benchAlerts } from './alerts.ts'
import { benchAudit } from './audit.ts'
import { benchFairness } from './fairness.ts'
import { type LoadResult, percentile, runLoad } from './load.ts'
import { benchParse } from './parse.ts'
import { type PostgresServer, startPostgres } from './postgres.ts'
import { startSlackEnd } from './slack-end.ts'
import { startBareBolt, startNox, type Target } from './targets.ts'

const help = `npm run bench -- [--rounds 3] [--scale 1] [--only sqlite|postgres|parse|audit|alerts|fairness] [--text whoami]

Each round: bare Bolt, NOX on SQLite, NOX on Postgres (BENCH_DATABASE_URL, or one out of the npm package).
--only parse measures the parser alone; --only audit the reads of App Home's Audit section at 1 and at 1,000,000 records; --only alerts a storm of 10,000 alerts in a minute; --only fairness what others wait for while one tenant pours in 10,000 mentions. --scale multiplies the number of mentions (20,000 for each). Ratios count, the machine's own speed does not.
`
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    scale: { type: 'string', default: '1' },
    only: { type: 'string' },
    text: { type: 'string', default: 'whoami' },
    help: { type: 'boolean' },
  },
})
const scale = Number(values.scale)

interface Measured {
  readonly readyMs: number
  /** From the start of the process to the answer to a mention that was sent as soon as it was ready. */
  readonly firstAnswerMs: number
  readonly one: LoadResult
  readonly sixteen: LoadResult
  readonly residentMb: number
  /** Processor time of one mention at 16 concurrent (µs). */
  readonly cpuMicros: number
}

const folder = mkdtempSync(join(tmpdir(), 'nox-bench-'))
const slack = await startSlackEnd()

async function measure(start: () => Promise<Target>): Promise<Measured> {
  // The second start counts: the first warms the disk's cache and migrates the database.
  await (await start()).stop()
  const target = await start()
  const load = (count: number, concurrency: number) =>
    runLoad({ port: target.port, slack, text: values.text, count: Math.ceil(count * scale), concurrency })
  const first = await load(1 / scale, 1)
  await load(2_000, 16)
  const one = await load(4_000, 1)
  const cpuBefore = target.cpuMs()
  const sixteen = await load(14_000, 16)
  const cpuMicros = ((target.cpuMs() - cpuBefore) * 1000) / Math.ceil(14_000 * scale)
  const residentMb = target.residentMb()
  await target.stop()
  return {
    readyMs: target.readyMs,
    firstAnswerMs: target.readyMs + first.answerP50,
    one,
    sixteen,
    residentMb,
    cpuMicros,
  }
}

async function main(): Promise<void> {
  const rounds = Number(values.rounds)
  let postgres: PostgresServer | undefined
  const subjects: Record<string, () => Promise<Measured>> = {
    'bare Bolt': () => measure(() => startBareBolt(slack.apiUrl)),
  }
  if (values.only !== 'postgres') {
    let made = 0
    subjects['NOX, SQLite'] = () => {
      made += 1
      const path = join(folder, `${made}.db`)
      return measure(() => startNox({ path }, slack.apiUrl))
    }
  }
  if (values.only !== 'sqlite') {
    postgres = await startPostgres(54_329)
    const server = postgres
    subjects['NOX, Postgres'] = async () => {
      const url = await server.newDatabase()
      return measure(() => startNox({ url }, slack.apiUrl))
    }
  }
  const results: Record<string, Measured[]> = {}
  for (let round = 1; round <= rounds; round += 1) {
    for (const [name, run] of Object.entries(subjects)) {
      const measured = await run()
      results[name] = [...(results[name] ?? []), measured]
      const { one, sixteen } = measured
      process.stderr.write(
        `round ${round} ${name}: ${sixteen.perSecond.toFixed(0)}/s at 16, p50 ${one.answerP50.toFixed(2)} ms at 1, ${measured.cpuMicros.toFixed(0)} µs of processor, ` +
          `${measured.residentMb.toFixed(0)} MB, ready ${measured.readyMs.toFixed(0)} ms, lost ${one.lost + sixteen.lost}\n`,
      )
    }
  }
  await postgres?.stop()
  report(results)
}

function report(results: Readonly<Record<string, readonly Measured[]>>): void {
  const median = (name: string, of: (measured: Measured) => number) => percentile((results[name] ?? []).map(of), 0.5)
  const columns: readonly (readonly [string, (measured: Measured) => number, string])[] = [
    ['answered/s at 16', (each) => each.sixteen.perSecond, 'more is better'],
    ['p50 ms at 1', (each) => each.one.answerP50, 'less is better'],
    ['processor µs a mention at 16', (each) => each.cpuMicros, 'less is better'],
    ['p99 ms at 16', (each) => each.sixteen.answerP99, 'less is better'],
    ['RSS MB after', (each) => each.residentMb, 'less is better'],
    ['ready ms', (each) => each.readyMs, 'less is better'],
    ['first answer ms', (each) => each.firstAnswerMs, 'less is better; from the start of the process'],
  ]
  console.log(`\nnode ${process.version}, ${cpus().length} CPUs; medians of ${values.rounds} rounds, × bare Bolt\n`)
  for (const [title, of, direction] of columns) {
    console.log(`${title} (${direction})`)
    for (const name of Object.keys(results)) {
      const value = median(name, of)
      const ratio = value / median('bare Bolt', of)
      console.log(`  ${name.padEnd(14)} ${value.toFixed(value < 20 ? 2 : 0).padStart(8)}   × ${ratio.toFixed(2)}`)
    }
  }
  const lost = Object.values(results)
    .flat()
    .reduce((sum, each) => sum + each.one.lost + each.sixteen.lost, 0)
  console.log(`\nlost mentions: ${lost}`)
  if (lost > 0) process.exitCode = 1
}

if (values.help) process.stdout.write(help)
else if (values.only === 'parse') benchParse()
else if (values.only === 'alerts') await benchAlerts(folder, slack, scale)
else if (values.only === 'fairness') await benchFairness(folder, slack, values.text, scale)
else if (values.only === 'audit') await benchAudit(folder, Number(values.rounds), scale)
else await main()
slack.close()
rmSync(folder, { recursive: true, force: true })
