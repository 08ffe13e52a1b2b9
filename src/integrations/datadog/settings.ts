import type { SettingSpec, SettingValues } from '../../capabilities/connectors.ts'
import { readQueries } from '../../capabilities/metric-queries.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { preferredSetting } from '../shared/preferred-setting.ts'

/** What an admin enters to connect Datadog: its site, an API key, and an application key for what NOX reads. */
export const datadogSettings: readonly SettingSpec[] = [
  { name: 'url', kind: 'url', label: 'datadog.url', hint: 'datadog.url.hint' },
  { name: 'apiKey', kind: 'secret', label: 'datadog.apiKey', hint: 'datadog.apiKey.hint' },
  { name: 'appKey', kind: 'secret', label: 'datadog.appKey', hint: 'datadog.appKey.hint' },
  { name: 'queries', kind: 'lines', label: 'metrics.queries', hint: 'datadog.queries.hint', optional: true },
  preferredSetting(['alerts', 'dashboards', 'metrics']),
]

/** A header may not have lines; a query needs its meaning. */
export function checkDatadog(values: SettingValues): Readonly<Record<string, Phrase>> | null {
  const wrong: Record<string, Phrase> = {}
  for (const name of ['apiKey', 'appKey']) {
    if (!/^[\x21-\x7e]+$/.test(values[name] ?? '')) wrong[name] = phrase('form.secret')
  }
  if (readQueries(values.queries ?? '') === null) wrong.queries = phrase('metrics.queries.line')
  return Object.keys(wrong).length > 0 ? wrong : null
}

/** Datadog's sites (github.com/DataDog/datadog-api-client-typescript, servers): each has its API and its pages. */
const sites = [
  'datadoghq.com',
  'us3.datadoghq.com',
  'us5.datadoghq.com',
  'ap1.datadoghq.com',
  'ap2.datadoghq.com',
  'uk1.datadoghq.com',
  'datadoghq.eu',
  'ddog-gov.com',
  'us2.ddog-gov.com',
]

const siteAt = (hostname: string) => sites.find((each) => [each, `api.${each}`, `app.${each}`].includes(hostname))

/** Is this none of Datadog's own addresses? A proxy may stand there, or something else. */
export const isForeign = (url: string): boolean => siteAt(new URL(url).hostname) === undefined

/** Where the API stands and where people open pages, from any address of a site; another address (a proxy) is both. */
export function addressesOf(url: string): { readonly api: string; readonly app: string } {
  const { hostname } = new URL(url)
  const site = siteAt(hostname)
  if (site === undefined) return { api: url.replace(/\/+$/, ''), app: url.replace(/\/+$/, '') }
  // The oldest sites have their pages under `app.`, the others under their own name.
  return { api: `https://api.${site}`, app: site.split('.').length === 2 ? `https://app.${site}` : `https://${site}` }
}
