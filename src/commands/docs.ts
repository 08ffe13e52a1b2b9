import type { FoundPage } from '../capabilities/pages.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { isVendor, providersOf, type Vendor, vendorNames } from '../domain/integration.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { optionalText, text } from './arguments.ts'
import type { Command, CommandContext, Knowledge, Outcome } from './command.ts'
import { docsWords } from './words/docs.ts'

/** Lines of one message (the message book, "Length"). */
const shownPages = 8
const longestTitle = 80

interface Hit {
  readonly vendor: Vendor
  readonly page: FoundPage
}

/** Where to look: the named place, else each that is connected. */
function placesOf(knowledge: Knowledge, args: Arguments): readonly Vendor[] {
  const source = optionalText(args, 'source')
  if (source !== undefined && isVendor(source)) return [source]
  return providersOf.pages.filter((vendor) => knowledge.integrations.some((each) => each.vendor === vendor))
}

function line({ vendor, page }: Hit, several: boolean): Phrase {
  const title = page.title.length <= longestTitle ? page.title : `${page.title.slice(0, longestTitle - 1)}…`
  const link = { kind: 'link', url: page.url, label: title } as const
  const ago = page.updatedAt === null ? '–' : ({ kind: 'time', at: page.updatedAt, as: 'ago' } as const)
  return phrase(several ? 'docs.line.of' : 'docs.line', { page: link, vendor: vendorNames[vendor], ago })
}

/** The best of each place in turn: no place knows how good another's answers are. */
function inTurn(found: readonly (readonly Hit[])[]): readonly Hit[] {
  const longest = Math.max(0, ...found.map((hits) => hits.length))
  return Array.from({ length: longest }, (_, at) => found.flatMap((hits) => hits[at] ?? [])).flat()
}

async function run(context: CommandContext, args: Arguments): Promise<Outcome> {
  const call = { signal: context.signal }
  const query = text(args, 'query')
  const places = placesOf(context.knowledge, args)
  const answers = await Promise.allSettled(
    places.map(async (vendor) => {
      const pages = await (await context.provider('pages', vendor)).search(query, shownPages, call)
      return pages.map((page) => ({ vendor, page }))
    }),
  )
  const silent = places.filter((_, at) => answers[at]?.status === 'rejected')
  const [failure] = answers.filter((each) => each.status === 'rejected')
  if (failure && silent.length === places.length) throw failure.reason
  const hits = inTurn(answers.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : [])))
  const shown = hits.slice(0, shownPages)
  const where = { kind: 'list', items: places.map((vendor) => vendorNames[vendor]) } as const
  const title =
    shown.length === 0 ? phrase('docs.none', { query, where }) : phrase('docs.title', { query, where, n: shown.length })
  return {
    result: 'done',
    changed: false,
    answer: {
      kind: 'list',
      title,
      lines: shown.map((hit) => line(hit, places.length > 1)),
      context: silent.map((vendor) => phrase('docs.silent', { vendor: vendorNames[vendor] })),
    },
  }
}

export const docs: Command = {
  words: docsWords,
  theme: 'docs',
  capability: 'pages',
  asksAll: true,
  timeLimitMs: 60_000,
  example: (knowledge) => {
    const isConnected = knowledge.integrations.some(({ vendor }) => providersOf.pages.includes(vendor))
    return isConnected ? { query: 'runbook' } : null
  },
  subject: () => ({ environment: null, resources: [] }),
  describe: (args) => phrase('action.docs', { query: optionalText(args, 'query') ?? '' }),
  run,
}
