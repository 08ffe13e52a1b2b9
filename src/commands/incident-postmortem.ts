import type { Button } from '../domain/answer.ts'
import type { Arguments } from '../domain/command-spec.ts'
import type { Incident } from '../domain/incident.ts'
import { isVendor, providersAmong, usualProvider, type Vendor, vendorNames } from '../domain/integration.ts'
import type { SaidThere } from '../domain/messenger.ts'
import { type PageBlock, type PageDocument, plainLine } from '../domain/page.ts'
import { formatMoment } from '../texts/format.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { plainPhrase } from '../texts/render.ts'
import { optionalText } from './arguments.ts'
import type { Command, CommandContext, Knowledge, Outcome } from './command.ts'
import { incidentWords, suspectLine, timelineOf, timesLine } from './incident-lines.ts'
import { incidentPostmortemWords } from './words/incident-postmortem.ts'

const mostListed = 50
const longestTitle = 200
const everyState = ['open', 'acknowledged', 'resolved'] as const

const failed = (title: Phrase): Outcome => ({ result: 'failed', changed: false, answer: { kind: 'outcome', title } })

const numberOf = (args: Arguments): string | undefined => optionalText(args, 'id')?.replace(/^(?:#|INC-?)/i, '')

/** By its number, else the incident of this thread, else the one that was resolved last. */
async function find(context: CommandContext, args: Arguments): Promise<Incident | null> {
  const n = numberOf(args)
  if (n !== undefined) return Number.isSafeInteger(Number(n)) ? context.incidents.findByNumber(Number(n)) : null
  const all = await context.incidents.list({ states: everyState, limit: mostListed })
  const { conversationId, threadTs } = context.action.place
  const here = all.find(({ place }) => place.conversationId === conversationId && place.threadTs === threadTs)
  return here ?? all.find(({ state }) => state === 'resolved') ?? null
}

/** Where pages go: the named place, else the usual one; `several` where admins prefer none. */
function placeOf(knowledge: Knowledge, args: Arguments): Vendor | 'several' | null {
  const source = optionalText(args, 'source')
  if (source !== undefined && isVendor(source)) return source
  const usual = usualProvider(knowledge.integrations, 'pages')
  return usual === 'several' || usual === null ? usual : usual.vendor
}

/** The ways to a page from an incident that is over: one for each place that could hold it. */
export function postmortemButtons(knowledge: Knowledge, { number, state }: Incident): readonly Button[] {
  if (state !== 'resolved') return []
  const places = providersAmong(knowledge.integrations, 'pages')
  return places.map(({ vendor }) => ({
    label: phrase('button.incident.postmortem', { vendor: vendorNames[vendor] }),
    does: { kind: 'order', command: 'incident.postmortem', args: { id: String(number), source: vendor } } as const,
  }))
}

/** One title for one incident: written once, whoever asks again is led to the page. */
function titleOf(context: CommandContext, incident: Incident): string {
  const { n, title } = incidentWords(incident)
  return plainPhrase(phrase('postmortem.title', { n, title: title.slice(0, longestTitle) }), context.tenant.language)
}

/** Nothing is missing silently: what people wrote is there, or it is told why it is not. */
function unreadLines(said: SaidThere): readonly Phrase[] {
  if (said.isRead) return []
  if (said.why === 'failed') return [phrase('postmortem.unread.failed')]
  const { consentUrl: url } = said
  const scope = 'channels:history'
  return [
    phrase('postmortem.unread', { scope: url ? { kind: 'link', url, label: scope } : { kind: 'code', text: scope } }),
  ]
}

/** What happened, in the tenant's language and zone; causes and what must change are for people to write. */
async function pageOf(
  context: CommandContext,
  incident: Incident,
  title: string,
  said: ReturnType<CommandContext['incidents']['said']>,
): Promise<PageDocument> {
  const { tenant } = context
  const say = (each: Phrase) => plainPhrase(each, tenant.language)
  const name = async (userId: string | null) => (userId ? context.nameOf(userId) : say(phrase('incident.nobody')))
  const paragraph = (text: string): PageBlock => ({ kind: 'paragraph', line: plainLine(text) })
  const link = (text: string, url: string): PageBlock => ({ kind: 'paragraph', line: [{ text, url }] })
  const heading = (each: Phrase): PageBlock => ({ kind: 'heading', level: 2, text: say(each).replace(/^#+ /, '') })
  const { suspect, ticket } = incident
  const facts = phrase('timeline.facts', {
    severity: incident.severity,
    service: incident.service ?? '–',
    lead: await name(incident.lead),
    communication: await name(incident.communication),
  })
  const thread = await context.permalink()
  const entries = await timelineOf(context, incident, said)
  return {
    title,
    blocks: [
      paragraph(say(facts)),
      ...(incident.resolvedAt === null ? [] : [paragraph(say(timesLine(incident)))]),
      ...(suspect ? [paragraph(say(await suspectLine(context, incident)))] : []),
      ...(suspect?.url ? [link(say(phrase('incident.suspect.diff')), suspect.url)] : []),
      ...(ticket ? [link(ticket.key, ticket.url)] : []),
      ...(thread ? [link(say(phrase('report.thread')), thread)] : []),
      heading(phrase('timeline.heading')),
      {
        kind: 'list',
        items: entries.map(({ at, what }) => [
          { text: `${formatMoment(at, tenant.timeZone, tenant.language)} · `, isBold: true },
          { text: say(what) },
        ]),
      },
      heading(phrase('timeline.causes')),
      paragraph(say(phrase('postmortem.causes'))),
      heading(phrase('timeline.todo')),
      paragraph(say(phrase('postmortem.todo'))),
    ],
  }
}

async function run(context: CommandContext, args: Arguments): Promise<Outcome> {
  const incident = await find(context, args)
  const n = numberOf(args)
  if (!incident) return failed(n === undefined ? phrase('incident.which.none') : phrase('incident.unknown', { n }))
  if (incident.state !== 'resolved') return failed(phrase('postmortem.open', { n: String(incident.number) }))
  const vendor = placeOf(context.knowledge, args)
  if (vendor === 'several' || vendor === null) {
    const answer = { kind: 'question', title: phrase('postmortem.where') } as const
    const buttons = postmortemButtons(context.knowledge, incident)
    return { result: 'failed', changed: false, answer: { ...answer, buttons } }
  }
  const call = { signal: context.signal }
  const pages = await context.provider('pages', vendor)
  const title = titleOf(context, incident)
  const before = await pages.find(title, call)
  const isMine = before === null || context.resumed
  if (!before) await context.step('step.start')
  const said = context.incidents.said(incident)
  const page = before ?? (await pages.create(await pageOf(context, incident, title, said), call))
  const { id, createdAt: at, userId: by } = context.action
  if (isMine) await context.incidents.addEvent(incident.id, { id, at, by, kind: 'note', text: `${title} ${page.url}` })
  const link = { kind: 'link', url: page.url, label: title } as const
  return {
    result: 'done',
    changed: isMine,
    answer: {
      kind: 'outcome',
      title: phrase(isMine ? 'postmortem.created' : 'postmortem.exists', { vendor: vendorNames[vendor], page: link }),
      lines: isMine ? [phrase('postmortem.next'), ...unreadLines(await said)] : [],
      buttons: [{ label: phrase('postmortem.view'), does: { kind: 'link', url: page.url }, style: 'primary' }],
    },
    details: { incident: String(incident.number), vendor },
  }
}

export const incidentPostmortem: Command = {
  words: incidentPostmortemWords,
  theme: 'incidents',
  capability: 'pages',
  asksAll: true,
  timeLimitMs: 60_000,
  example: () => null,
  subject: () => ({ environment: null, resources: [] }),
  describe: (args) => {
    const n = numberOf(args)
    return phrase('action.incident.postmortem', {
      incident: n === undefined ? phrase('incident.this') : phrase('incident.number', { n }),
    })
  },
  run,
  async probe(context, args) {
    const incident = await find(context, args)
    const vendor = placeOf(context.knowledge, args)
    if (!incident || vendor === null || vendor === 'several') return 'not-started'
    const pages = await context.provider('pages', vendor)
    return (await pages.find(titleOf(context, incident), { signal: context.signal })) ? 'done' : 'not-started'
  },
}
