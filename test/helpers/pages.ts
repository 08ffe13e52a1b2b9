import type { Connected } from '../../src/capabilities/connectors.ts'
import type { Vendor } from '../../src/domain/integration.ts'
import { confluence } from '../../src/integrations/confluence/index.ts'
import { notion } from '../../src/integrations/notion/index.ts'
import { createConfluenceDouble } from '../../src/sandbox/confluence/index.ts'
import type { HttpDouble } from '../../src/sandbox/http-double.ts'
import { createNotionDouble } from '../../src/sandbox/notion/index.ts'
import { createConnectors } from '../../src/start/create-connectors.ts'

/** The same pages at every vendor. */
const pages = [
  { title: 'Runbook of billing', words: 'incident payment', minutesAgo: 10 },
  { title: 'Runbook of "search"', words: 'incident index', minutesAgo: 20 },
  { title: 'Holidays', words: 'calendar', minutesAgo: 30 },
]
const inSpace = pages.map((page, at) => ({ ...page, id: String(100 + at), space: at === 2 ? 'HR' : 'OPS' }))

export interface PagesProvider {
  readonly double: HttpDouble
  connect(token: string, more?: Record<string, string>): Promise<Connected>
  close(): Promise<void>
}

async function start(double: HttpDouble, vendor: Vendor, settings: Record<string, string>): Promise<PagesProvider> {
  const { url } = await double.listen()
  const connectors = createConnectors([notion, confluence], { allowPrivate: ['127.0.0.1'], now: Date.now })
  const rest = { account: '', connectedAt: 0, checkedAt: 0, failingSince: null }
  return {
    double,
    connect: (token, more = {}) =>
      connectors.open({
        integration: { tenantId: 'T1', vendor, settings: { ...settings, url, ...more }, ...rest },
        secrets: { token },
      }),
    async close() {
      await connectors.close()
      await double.close()
    },
  }
}

/** Where the suite writes: a page, a database, a space. */
export const databases = [{ title: 'Reports', property: 'Name' }]

const confluenceSeed = { email: 'nox@acme.example', token: 'pages-token', name: 'NOX', pages: inSpace }

/** Every provider of pages, each with the same pages. */
export const pagesProviders = {
  notion: () =>
    start(
      createNotionDouble({ seed: { token: 'pages-token', bot: 'NOX', workspace: 'Acme', pages, databases } }),
      'notion',
      {},
    ),
  'confluence cloud': () =>
    start(createConfluenceDouble({ seed: confluenceSeed, edition: 'cloud' }), 'confluence', {
      edition: 'cloud',
      email: 'nox@acme.example',
    }),
  'confluence datacenter': () =>
    // A data center often stands below a path of its own.
    start(
      createConfluenceDouble({ seed: confluenceSeed, edition: 'datacenter', basePath: '/confluence' }),
      'confluence',
      {
        edition: 'datacenter',
      },
    ),
} as const
