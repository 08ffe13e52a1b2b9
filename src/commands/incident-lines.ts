import type { Action } from '../domain/action.ts'
import type { Button, Field } from '../domain/answer.ts'
import { type Incident, type IncidentEvent, updateEvery } from '../domain/incident.ts'
import { formatMoment } from '../texts/format.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { plainPhrase } from '../texts/render.ts'
import type { CommandContext } from './command.ts'
import type { AlertTurn } from './context/incidents.ts'

/** The words of an incident's titles. */
export const incidentWords = ({ number, severity, title }: Incident) => ({ n: String(number), severity, title })

/** What can be done with it from here. */
export function incidentButtons(incident: Incident): readonly Button[] {
  const { n, title } = incidentWords(incident)
  const order = (verb: string) => ({ kind: 'order', command: `incident.${verb}`, args: { id: n } }) as const
  const resolve: Button = {
    label: phrase('button.incident.resolve'),
    does: order('resolve'),
    confirm: {
      title: phrase('dialog.incident.resolve.title', { n }),
      text: phrase('dialog.incident.resolve.text', { title: title.slice(0, 120) }),
      verb: phrase('dialog.incident.resolve.verb'),
    },
  }
  const look: Button = { label: phrase('button.incident.status'), does: order('status') }
  if (incident.state === 'resolved') return [look]
  const room: readonly Button[] = incident.room
    ? []
    : [{ label: phrase('button.incident.room'), does: order('channel') }]
  const take: Button = { label: phrase('button.incident.ack'), does: order('ack'), style: 'primary' }
  return incident.state === 'open' ? [take, resolve, look, ...room] : [resolve, look, ...room]
}

/** Service, people, ticket. */
export async function incidentFields(context: CommandContext, incident: Incident): Promise<readonly Field[]> {
  const { service, lead, communication, ticket, room } = incident
  const name = (userId: string) => context.nameOf(userId)
  return [
    ...(service ? [{ label: phrase('incident.field.service'), value: service }] : []),
    { label: phrase('incident.field.lead'), value: lead ? await name(lead) : phrase('incident.nobody') },
    { label: phrase('incident.field.communication'), value: await name(communication) },
    ...(room ? [{ label: phrase('incident.field.room'), value: { kind: 'conversation', id: room.id } as const }] : []),
    ...(ticket
      ? [
          {
            label: phrase('incident.field.ticket'),
            value: { kind: 'link', url: ticket.url, label: ticket.key } as const,
          },
        ]
      : []),
  ]
}

/** 🔎 what changed shortly before. */
export async function suspectLine(context: CommandContext, { service, suspect }: Incident): Promise<Phrase> {
  if (!suspect) return phrase('incident.suspect.none')
  const { version, environment: env, at, number, url } = suspect
  const diff = plainPhrase(phrase('incident.suspect.diff'), context.language)
  const isOther = suspect.service !== undefined && suspect.service !== service
  return phrase(isOther ? 'incident.suspect.of' : 'incident.suspect', {
    service: suspect.service ?? '',
    version,
    env,
    ago: { kind: 'time', at, as: 'ago' },
    n: String(number),
    link: url ? phrase('incident.suspect.link', { link: { kind: 'link', url, label: diff } }) : '',
  })
}

/** How often people are to hear of it, by its severity. */
export const rhythmLine = ({ severity }: Incident): Phrase =>
  phrase('incident.rhythm', { every: { kind: 'duration', ms: updateEvery[severity] } })

/** How long it took to take it, and to end it. */
export function timesLine({ openedAt, acknowledgedAt, resolvedAt }: Incident): Phrase {
  const since = (at: number | null) => ({ kind: 'duration', ms: (at ?? openedAt) - openedAt }) as const
  if (acknowledgedAt === null) return phrase('incident.times.restore', { restore: since(resolvedAt) })
  return phrase('incident.times', { acknowledge: since(acknowledgedAt), restore: since(resolvedAt) })
}

export interface TimelineEntry {
  readonly at: number
  readonly what: Phrase
}

/** All that happened, oldest first: what people said there and did with the incident, and what NOX did to its service. */
export async function timelineOf(
  context: CommandContext,
  incident: Incident,
  said = context.incidents.said(incident),
): Promise<readonly TimelineEntry[]> {
  const { service } = incident
  const [there, events, actions, alerts] = await Promise.all([
    said,
    context.incidents.events(incident.id),
    service ? context.incidents.actionsOn(service, incident) : [],
    service ? context.incidents.alertsOn(service, incident) : [],
  ])
  const entries = await Promise.all([
    ...events.map((event) => eventEntry(context, incident, event)),
    ...(there.isRead ? there.said : []).map(async ({ at, by, text }) => {
      return { at, what: phrase('timeline.note', { person: await context.nameOf(by), text }) }
    }),
    ...actions.map((action) => actionEntry(context, action)),
    ...alerts.map((turn) => alertEntry(context, turn)),
  ])
  return entries.sort((a, b) => a.at - b.at)
}

async function eventEntry(context: CommandContext, incident: Incident, event: IncidentEvent): Promise<TimelineEntry> {
  const person = await context.nameOf(event.by)
  const { severity, title } = incident
  const isRole = event.kind === 'lead' || event.kind === 'communication'
  const said = isRole && event.text !== undefined ? await context.nameOf(event.text) : (event.text ?? '')
  return { at: event.at, what: phrase(`timeline.${event.kind}`, { person, severity, title, text: said }) }
}

async function alertEntry(context: CommandContext, turn: AlertTurn): Promise<TimelineEntry> {
  const { at, what, by, title, id } = turn
  const person = by === null ? 'NOX' : await context.nameOf(by)
  return { at, what: phrase(`timeline.alert.${what}`, { title, id: id.slice(0, 8), person }) }
}

async function actionEntry(context: CommandContext, action: Action): Promise<TimelineEntry> {
  const person = await context.nameOf(action.userId)
  const state = phrase(`state.name.${action.state}`)
  const what = { person, action: context.describe(action), n: String(action.number), state }
  return { at: action.finishedAt ?? action.createdAt, what: phrase('timeline.action', what) }
}

/** The timeline as a page of Markdown, in the tenant's language and time zone: where a post-mortem begins. */
export async function postMortem(
  context: CommandContext,
  incident: Incident,
  timeline = timelineOf(context, incident),
): Promise<string> {
  const { tenant } = context
  const say = (sentence: Phrase) => plainPhrase(sentence, tenant.language)
  const name = async (userId: string | null) => (userId ? context.nameOf(userId) : say(phrase('incident.nobody')))
  const facts = phrase('timeline.facts', {
    severity: incident.severity,
    service: incident.service ?? '–',
    lead: await name(incident.lead),
    communication: await name(incident.communication),
  })
  const suspect = incident.suspect
  const lines = (await timeline).map(
    ({ at, what }) => `- ${formatMoment(at, tenant.timeZone, tenant.language)} · ${say(what)}`,
  )
  return [
    say(phrase('timeline.title', incidentWords(incident))),
    '',
    say(facts),
    ...(incident.resolvedAt === null ? [] : [say(timesLine(incident))]),
    ...(suspect ? [say(await suspectLine(context, incident)), ...(suspect.url ? [suspect.url] : [])] : []),
    ...(incident.ticket ? [incident.ticket.url] : []),
    '',
    say(phrase('timeline.heading')),
    '',
    ...lines,
    '',
    say(phrase('timeline.causes')),
    '',
    say(phrase('timeline.todo')),
    '',
  ].join('\n')
}
