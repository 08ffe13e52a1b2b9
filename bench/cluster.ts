import { join } from 'node:path'
import type { Storage } from '../src/storage/types/storage.ts'
import { type Asked, ask } from './ask.ts'
import { type Bench, type PartResult, progress } from './bench.ts'
import { type ClusterEnd, needle, startClusterEnd } from './cluster-end.ts'
import { namespace, replicas } from './cluster-objects.ts'
import { percentile } from './load.ts'
import { type Figure, round } from './table.ts'
import { benchTenant, startNox, type Target } from './targets.ts'

const most = { logGrowthMb: 64, firstLinesMs: 300 }
const gigabyte = 1024 ** 3
const manyPods = 5_000
/** What is warm before the measure: the client of Kubernetes is loaded with the first order to a cluster. */
const warmUps = 5

const connect = (url: string) => async (storage: Storage) => {
  const at = { tenantId: benchTenant, id: 'C1', environments: ['production'], namespaces: [namespace] }
  const cluster = { ...at, name: 'large', isDefault: true, checkedAt: null }
  await storage.catalogue.saveCluster(cluster, { server: url, token: 'bench' })
  const target = {
    environment: 'production',
    clusterId: 'C1',
    namespace,
    deployment: 'user-api',
    container: 'user-api',
  }
  await storage.catalogue.saveService({
    ...{ tenantId: benchTenant, id: 'S1', name: 'user-api', aliases: [], targets: [target] },
    ...{ imageTemplate: 'registry.example/{service}:{tag}', defaultBranch: 'main' },
  })
}

/** NOX on SQLite with a cluster, for as long as the work takes. */
async function withCluster(bench: Bench, name: string, work: (nox: Target, end: ClusterEnd) => Promise<Figure[]>) {
  const end = await startClusterEnd()
  const database = { path: join(bench.folder, `${name}.db`) }
  const nox = await startNox(database, bench.slack.apiUrl, connect(end.url), { NOX_ALLOW_PRIVATE: '127.0.0.1' })
  try {
    return { figures: await work(nox, end) }
  } finally {
    await nox.stop()
    end.close()
  }
}

async function repeat(times: number, order: () => Promise<Asked>): Promise<readonly Asked[]> {
  const all: Asked[] = []
  for (let n = 0; n < times; n += 1) all.push(await order())
  return all
}

const middle = (asked: readonly Asked[]): number =>
  percentile(
    asked.map(({ ms }) => ms),
    0.5,
  )
const peak = (asked: readonly Asked[]): number => Math.max(...asked.map(({ peakMb }) => peakMb))

/** The last lines of a pod whose log has 1 GB, and a search through all of it, by the `logs` command. */
export function benchLog(bench: Bench): Promise<PartResult> {
  return withCluster(bench, 'log', async (nox, end) => {
    const tail = 'last 10 lines of user-api logs in production'
    const search = `logs user-api in production since 1h containing "${needle}"`
    const last = () => ask(nox, bench.slack, tail, /GET \/v1\/orders/)
    const find = () => ask(nox, bench.slack, search, /needle-in-the-log/)
    end.logBytes = 1024
    await repeat(warmUps, last)
    const small = await repeat(warmUps, find)
    end.logBytes = gigabyte * bench.scale
    const before = nox.residentMb()
    const waits: number[] = []
    const tails = await repeat(10 * bench.rounds, async () => {
      const asked = await last()
      waits.push(asked.at - end.logBegan)
      return asked
    })
    const found = await repeat(bench.rounds, find)
    const speed = end.logBytes / 1024 ** 2 / (middle(found) / 1000)
    const firstLines = Math.max(...waits)
    const grown = Math.max(peak(found), peak(tails)) - before
    progress(`log: ${round(speed)} MB/s, memory ${round(before)} +${round(grown)} MB`)
    return [
      {
        what: 'a 1 GB pod log: first lines after the API answers, slowest',
        base: '',
        measured: `${round(firstLines)} ms`,
        wanted: `< ${most.firstLinesMs} ms`,
        isKept: firstLines < most.firstLinesMs,
      },
      {
        what: 'a 1 GB pod log: growth of RSS, read to its end',
        base: '',
        measured: `${round(grown)} MB`,
        wanted: `< ${most.logGrowthMb} MB`,
        isKept: grown < most.logGrowthMb,
      },
      {
        what: 'a 1 GB pod log: searched, against 1 KB',
        base: `${round(middle(small))} ms`,
        measured: `${round(middle(found))} ms (${round(speed)} MB/s)`,
        isKept: true,
      },
    ]
  })
}

/** `status` and `pods` of a cluster of 5,000 pods, beside those of one of 50. */
export function benchPods(bench: Bench): Promise<PartResult> {
  return withCluster(bench, 'pods', async (nox, end) => {
    const large = Math.ceil((manyPods * bench.scale) / replicas) * replicas
    const orders = [
      [
        'status',
        () =>
          ask(
            nox,
            bench.slack,
            'status cluster large',
            new RegExp(`/${end.pods.toLocaleString('en').replace(',', ',?')}\\D+ready`),
          ),
      ],
      ['pods', () => ask(nox, bench.slack, 'pods cluster large', /user-api-7d9f8b6c5|service-\d+-7d9f8b6c5/)],
    ] as const
    const figures: Figure[] = []
    const small = new Map<string, number>()
    for (const [name, order] of orders) {
      await repeat(warmUps, order)
      small.set(name, middle(await repeat(bench.rounds, order)))
    }
    end.pods = large
    const before = nox.residentMb()
    for (const [name, order] of orders) {
      const asked = await repeat(bench.rounds, order)
      figures.push({
        what: `${name} of a cluster of ${large.toLocaleString('en')} pods, against ${replicas}`,
        base: `${round(small.get(name) ?? 0)} ms`,
        measured: `${round(middle(asked))} ms, RSS ${round(before)} + ${round(peak(asked) - before)} MB`,
        isKept: true,
      })
    }
    const isPaged = end.lists.largest <= 500
    const largest = `${end.lists.largest} items`
    return [
      ...figures,
      { what: 'the largest page of a list', base: '', measured: largest, wanted: '≤ 500', isKept: isPaged },
    ]
  })
}
