import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const run = promisify(execFile)
const src = pathToFileURL(`${resolve(import.meta.dirname, '../../src')}/`).href

/** The packages that a process of its own loaded while it ran this, as V8 tells it. */
async function packagesLoadedBy(code: string): Promise<ReadonlySet<string>> {
  const folder = await mkdtemp(join(tmpdir(), 'nox-loaded-'))
  try {
    await run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
      env: { ...process.env, NODE_V8_COVERAGE: folder },
      timeout: 60_000,
    })
    const names = new Set<string>()
    for (const file of await readdir(folder)) {
      const { result } = JSON.parse(await readFile(join(folder, file), 'utf8')) as { result: { url: string }[] }
      for (const { url } of result) {
        const name = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/.exec(url)?.[1]
        if (name !== undefined) names.add(name)
      }
    }
    return names
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const sdks = [
  '@octokit/rest',
  '@octokit/auth-app',
  '@notionhq/client',
  '@datadog/datadog-api-client',
  '@kubernetes/client-node',
  'stripe',
  'echarts',
  '@resvg/resvg-js',
  'nodemailer',
  'undici',
  'cockatiel',
]

const vendors = ['github', 'notion', 'datadog', 'jira', 'confluence', 'grafana', 'alertmanager', 'teams']
const start = `${vendors.map((vendor) => `import { ${vendor} } from '${src}integrations/${vendor}/index.ts'`).join('\n')}
  import { createConnectors } from '${src}start/create-connectors.ts'
  import { createLazyClusters } from '${src}start/lazy-clusters.ts'
  import { lazyPayments } from '${src}start/lazy-payments.ts'
  import * as charts from '${src}start/lazy-charts.ts'
  const all = [${vendors.join(', ')}]
  const connectors = createConnectors(all, { allowPrivate: [], now: Date.now })
  const open = (vendor) => connectors.open({
    integration: { tenantId: 'T', vendor, settings: { url: 'https://vendor.example', server: 'https://vendor.example' }, account: '', connectedAt: 0, checkedAt: 0, failingSince: null },
    secrets: { token: 't', apiKey: 'a', appKey: 'b', webhooks: 'https://a.example/1' },
  })
  const clusters = createLazyClusters({ allowPrivate: ['127.0.0.1'] }, {}, Date.now, () => {})
  const cluster = { tenantId: 'T', id: 'c', name: 'c', environments: [], namespaces: [], isDefault: true, checkedAt: 0 }
  const access = { server: 'https://127.0.0.1:1', token: 't' }
  const payments = lazyPayments({ secretKey: 'sk_test_x', apiUrl: 'http://127.0.0.1:1' }, Date.now)`
const ways = ['undici', 'cockatiel']

it.each([
  ['', []],
  ["await open('github')", ['@octokit/rest', '@octokit/auth-app', ...ways]],
  ["await open('notion')", ['@notionhq/client', ...ways]],
  ["await open('datadog')", ['@datadog/datadog-api-client', ...ways]],
  ["await open('jira'); await open('confluence'); await open('teams')", ways],
  ["await open('grafana'); await open('alertmanager')", ways],
  [
    'await clusters.test({ cluster, access }, { signal: AbortSignal.timeout(9_000) }).catch(() => {})',
    ['@kubernetes/client-node', ...ways],
  ],
  ['await payments.invoices("cus_1", 1).catch(() => {})', ['stripe']],
])('loads an SDK at its first use, and no other: %s', { timeout: 120_000 }, async (use, loaded) => {
  const found = await packagesLoadedBy(`${start}\n${use}\n await connectors.close()\n process.exit(0)`)
  expect(sdks.filter((name) => found.has(name)).sort()).toEqual([...loaded].sort())
})
