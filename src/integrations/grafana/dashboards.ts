import type { Dashboards } from '../../capabilities/alerts.ts'
import type { CallOptions } from '../../capabilities/clusters.ts'
import { rankByWords } from '../../capabilities/rank-by-words.ts'
import { linkAt } from '../shared/link-at.ts'
import { listOf } from '../shared/read-answer.ts'
import type { GrafanaClient } from './client.ts'

interface Hit {
  readonly uid?: string
  readonly title?: string
  readonly folderTitle?: string
  readonly url: string
}

const hit = { uid: 'text', title: 'text', folderTitle: 'text', url: 'text' } as const

interface Panel {
  readonly id?: number
  readonly type?: string
  readonly title?: string
  /** Of a row that is folded. */
  readonly panels?: readonly Panel[]
}

/** What shows something in a picture; texts and lists of links do not. */
const drawn = [
  'timeseries',
  'graph',
  'stat',
  'gauge',
  'bargauge',
  'barchart',
  'heatmap',
  'histogram',
  'piechart',
  'table',
]

/** Of a picture: pixels, and how long Grafana may take to draw it (s). */
const size = { width: '1000', height: '500', timeout: '12' }

const panelsOf = (panels: readonly Panel[]): readonly Panel[] =>
  panels.flatMap((panel) => (panel.type === 'row' ? panelsOf(panel.panels ?? []) : [panel]))

/** Pictures need Grafana's renderer: without it there are none. Links lead through the site's own origin. */
export function createDashboards(client: GrafanaClient): Dashboards {
  // Grafana under a path writes that path into its links.
  const { origin } = new URL(client.site || 'https://nowhere.invalid')

  /** Without the renderer Grafana answers with a picture that says so. */
  async function hasRenderer(call: CallOptions): Promise<boolean> {
    const settings = await client.send<{ rendererAvailable?: boolean } | null>({ path: '/frontend/settings' }, call)
    return settings?.rendererAvailable === true
  }

  return {
    async search(query, limit, call) {
      const asked = { query, type: 'dash-db', limit: String(limit) }
      const hits = listOf<Hit>('Grafana', await client.send({ path: '/search', query: asked }, call), hit, ['url'])
      return hits.map(({ uid = '', title = '', folderTitle, url }) => ({
        id: uid,
        title,
        folder: folderTitle ?? null,
        url: linkAt(origin, url),
      }))
    },
    async picture({ id }, query, call) {
      if (id === '' || !(await hasRenderer(call))) return null
      const uid = encodeURIComponent(id)
      const found = await client.send<{ dashboard?: { panels?: readonly Panel[] } } | null>(
        { path: `/dashboards/uid/${uid}` },
        call,
      )
      const panels = panelsOf(found?.dashboard?.panels ?? []).filter(({ type = '' }) => drawn.includes(type))
      const panel = rankByWords(panels, query, ({ title }) => title ?? '')[0] ?? panels[0]
      if (panel?.id === undefined) return null
      const asked = { ...size, panelId: String(panel.id), from: 'now-6h', to: 'now' }
      return { title: panel.title ?? '', png: await client.picture(`/render/d-solo/${uid}/_`, asked, call) }
    },
  }
}
