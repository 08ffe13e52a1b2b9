import { benchAlerts } from './alerts.ts'
import { benchAudit } from './audit.ts'
import { benchAuditMention } from './audit-mention.ts'
import type { Bench, PartResult } from './bench.ts'
import { benchBytes } from './bytes.ts'
import { benchLog, benchPods } from './cluster.ts'
import { benchFairness } from './fairness.ts'
import { benchParse } from './parse.ts'
import { startPostgres } from './postgres.ts'
import { benchSpeed } from './speed.ts'
import { subjectsOf } from './subjects.ts'
import { benchTenants } from './tenants.ts'

/** A part of the bench, run by itself by `--only` and its name. */
interface Part {
  readonly name: string
  /** A line of the help. */
  readonly about: string
  /** Whether a run without `--only` has it. */
  readonly isDefault: boolean
  run(bench: Bench): Promise<PartResult>
}

async function speed(bench: Bench, only?: 'sqlite' | 'postgres'): Promise<PartResult> {
  const server = only === 'sqlite' ? undefined : await startPostgres()
  try {
    return await benchSpeed(bench, subjectsOf(bench.folder, bench.slack.apiUrl, only, server))
  } finally {
    await server?.stop()
  }
}

export const parts: readonly Part[] = [
  {
    name: 'speed',
    about:
      'bare Bolt, raw HTTP, Hubot, NOX on SQLite, on Postgres and on two replicas, one after the other in each round',
    isDefault: true,
    run: (bench) => speed(bench),
  },
  {
    name: 'sqlite',
    about: 'of these, bare Bolt and NOX on SQLite alone',
    isDefault: false,
    run: (bench) => speed(bench, 'sqlite'),
  },
  {
    name: 'postgres',
    about: 'of these, bare Bolt and NOX on Postgres, one replica and two',
    isDefault: false,
    run: (bench) => speed(bench, 'postgres'),
  },
  {
    name: 'tenants',
    about: "a mention's p50 among 1, 100 and 10,000 tenants, and the first of each, on both databases",
    isDefault: true,
    run: benchTenants,
  },
  {
    name: 'audit',
    about: "1,000,000 audit records: the reads of App Home's Audit section, and a mention's p50, on both databases",
    isDefault: true,
    async run(bench) {
      const reads = await benchAudit(bench.folder, bench.rounds, bench.scale)
      const mentions = await benchAuditMention(bench)
      return { figures: [...(mentions.figures ?? []), ...(reads.figures ?? [])], lost: mentions.lost ?? 0 }
    },
  },
  {
    name: 'bytes',
    about: 'what an order takes in each database, its audit record and indexes included',
    isDefault: true,
    run: benchBytes,
  },
  {
    name: 'log',
    about: "a pod's log of 1 GB by the logs command: memory, the first lines, a search through all of it",
    isDefault: true,
    run: benchLog,
  },
  {
    name: 'pods',
    about: 'status and pods of a cluster of 5,000 pods: time, memory, pages',
    isDefault: true,
    run: benchPods,
  },
  {
    name: 'alerts',
    about: 'a storm of 10,000 alerts in a minute, against a bare HTTP server',
    isDefault: false,
    run: async ({ folder, slack, scale }) => {
      await benchAlerts(folder, slack, scale)
      return {}
    },
  },
  {
    name: 'fairness',
    about: 'what others wait for while one tenant pours in 10,000 mentions, on both databases',
    isDefault: true,
    run: benchFairness,
  },
  {
    name: 'parse',
    about: 'the parser alone: messages a second of one core, and the worst of its longest texts',
    isDefault: false,
    run: async () => {
      benchParse()
      return {}
    },
  },
]

const line = ({ name, about, isDefault }: Part) => `  ${name.padEnd(9)} ${about}${isDefault ? '' : ' (only by name)'}\n`

export const help = `npm run bench -- [--rounds 3] [--scale 1] [--only PART] [--text whoami]

Prints one table: NOX beside its peers, and what it does as it grows. Ratios of one run count, the machine's own speed
does not. Postgres is that of BENCH_DATABASE_URL, or one out of the npm package. --rounds repeats, --scale multiplies what is
sent and filled in, --text is what the mentions say. Ends with 1 where a mention is lost or a figure is missed.

Parts:
${parts.map(line).join('')}`
