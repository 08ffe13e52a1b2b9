import type { Dashboard, Dashboards } from '../capabilities/alerts.ts'
import type { CallOptions } from '../capabilities/clusters.ts'
import type { Answer } from '../domain/answer.ts'
import { phrase } from '../texts/phrase.ts'
import { optionalText, text } from './arguments.ts'
import type { Command } from './command.ts'
import { hasUsualSource, sourceOf } from './source.ts'
import { dashboardWords } from './words/dashboard.ts'

/** Lines of one message (the message book, "Length"). */
const shownDashboards = 8

/** A picture where it is clear which dashboard is meant and the vendor draws: else the link says enough. */
async function pictureOf(
  dashboards: Dashboards,
  found: readonly Dashboard[],
  query: string,
  call: CallOptions,
): Promise<Pick<Answer, 'images' | 'context'>> {
  const exact = found.filter(({ title }) => title.toLowerCase() === query.toLowerCase())
  const [meant, ...others] = exact.length > 0 ? exact : found
  if (!meant || others.length > 0) return {}
  try {
    const picture = await dashboards.picture(meant, query, call)
    if (!picture) return {}
    const text = phrase('dashboard.picture', { dashboard: meant.title, panel: picture.title })
    return { images: [{ png: picture.png, text }] }
  } catch (error) {
    if (call.signal.aborted) throw error
    return { context: [phrase('dashboard.noPicture')] }
  }
}

export const dashboard: Command = {
  words: dashboardWords,
  theme: 'look',
  capability: 'dashboards',
  timeLimitMs: 60_000,
  example: (knowledge) => {
    const [service] = hasUsualSource(knowledge, 'dashboards') ? knowledge.services : []
    return service ? { name: service.name } : null
  },
  subject: () => ({ environment: null, resources: [] }),
  describe: (args) => phrase('action.dashboard', { name: optionalText(args, 'name') ?? '' }),
  async run(context, args) {
    const query = text(args, 'name')
    const dashboards = await context.provider('dashboards', sourceOf(args))
    const found = await dashboards.search(query, shownDashboards, { signal: context.signal })
    const title = phrase(found.length === 0 ? 'dashboard.none' : 'dashboard.title', { n: found.length, query })
    const lines = found.map(({ title: name, folder, url }) =>
      phrase('dashboard.line', { dashboard: { kind: 'link', url, label: name }, folder: folder ?? '–' }),
    )
    const shown = await pictureOf(dashboards, found, query, { signal: context.signal })
    return { result: 'done', changed: false, answer: { kind: 'list', title, lines, ...shown } }
  },
}
