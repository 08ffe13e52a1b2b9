import type { Arguments, CommandWords } from '../domain/command-spec.ts'
import { type Incident, openIncidentStates } from '../domain/incident.ts'
import { phrase } from '../texts/phrase.ts'
import { announceIncident } from './announce-incident.ts'
import { text } from './arguments.ts'
import type { Command, CommandContext, Outcome } from './command.ts'
import { event, find, isOutcome, mostListed, named, numberOf, outcome } from './incident-find.ts'
import {
  incidentButtons,
  incidentFields,
  incidentWords,
  postMortem,
  suspectLine,
  timelineOf,
  timesLine,
} from './incident-lines.ts'
import { postmortemButtons } from './incident-postmortem.ts'
import { incidentAckWords } from './words/incident-ack.ts'
import { incidentNoteWords } from './words/incident-note.ts'
import { incidentResolveWords } from './words/incident-resolve.ts'
import { incidentStatusWords } from './words/incident-status.ts'

/** Lines of a timeline in an answer; the whole of it is a file. */
const mostLines = 12

/** What a change finds that a run of before made already, or someone else. */
async function already(context: CommandContext, incident: Incident, done: (now: Incident) => Promise<Outcome>) {
  const now = (await context.incidents.findByNumber(incident.number)) ?? incident
  const events = await context.incidents.events(incident.id)
  if (events.some(({ id }) => id === context.action.id)) return done(now)
  const state = phrase(`incident.state.${now.state}`)
  return { ...outcome(phrase('incident.already', { n: String(now.number), state })), changed: false }
}

async function ack(context: CommandContext, args: Arguments): Promise<Outcome> {
  const found = await find(context, args)
  if (isOutcome(found)) return found
  const { action } = context
  const taken: Incident = { ...found, state: 'acknowledged', lead: action.userId, acknowledgedAt: action.createdAt }
  const told = async (incident: Incident): Promise<Outcome> => {
    const words = { ...incidentWords(incident), person: await context.nameOf(action.userId) }
    const over = { fields: await incidentFields(context, incident), buttons: incidentButtons(incident) }
    const details = { incident: String(incident.number), ms: action.createdAt - incident.openedAt }
    const update: Outcome = { ...outcome(phrase('incident.acknowledged', words), over), details }
    return announceIncident(context, update, incident, 'warning')
  }
  if (await context.incidents.change(taken, ['open'], event(context, 'acknowledged'))) return told(taken)
  return already(context, found, told)
}

/** In the channel of its own: it is over, and the channel may go. */
async function tellEnd(context: CommandContext, incident: Incident): Promise<void> {
  const n = String(incident.number)
  const archive = { kind: 'order', command: 'incident.channel', args: { id: n, archive: true } } as const
  const answer: Outcome['answer'] = {
    kind: 'notice',
    title: phrase('incident.resolved', incidentWords(incident)),
    lines: [timesLine(incident)],
    buttons: [{ label: phrase('button.incident.archive'), does: archive }],
  }
  await context.incidents.tellRoom(incident, answer, 'resolved')
}

async function resolve(context: CommandContext, args: Arguments): Promise<Outcome> {
  const found = await find(context, args)
  if (isOutcome(found)) return found
  const resolved: Incident = { ...found, state: 'resolved', resolvedAt: context.action.createdAt, nextUpdateAt: null }
  const told = async (incident: Incident): Promise<Outcome> => {
    const content = await postMortem(context, incident)
    const { ticket } = incident
    const update: Outcome = {
      ...outcome(phrase('incident.resolved', incidentWords(incident)), {
        lines: [timesLine(incident), await suspectLine(context, incident), phrase('incident.postmortem')],
        fields: await incidentFields(context, incident),
        file: { name: `INC-${incident.number}.md`, content, lines: content.split('\n').length },
        buttons: [
          ...(ticket
            ? [
                {
                  label: phrase('button.closeTicket'),
                  does: { kind: 'order', command: 'ticket.close', args: { key: ticket.key } } as const,
                },
              ]
            : []),
          ...postmortemButtons(context.knowledge, incident),
          ...incidentButtons(incident),
        ],
      }),
      details: { incident: String(incident.number), ms: (incident.resolvedAt ?? 0) - incident.openedAt },
      ...(incident.room ? { afterwards: () => tellEnd(context, incident) } : {}),
    }
    return announceIncident(context, update, incident, 'good')
  }
  if (await context.incidents.change(resolved, openIncidentStates, event(context, 'resolved'))) return told(resolved)
  return already(context, found, told)
}

async function note(context: CommandContext, args: Arguments): Promise<Outcome> {
  const found = await find(context, args)
  if (isOutcome(found)) return found
  const words = text(args, 'text')
  await context.incidents.addEvent(found.id, event(context, 'note', words))
  const n = String(found.number)
  const update: Outcome = { ...outcome(phrase('incident.noted', { n, text: words })), details: { incident: n } }
  return announceIncident(context, update, found, 'neutral')
}

async function status(context: CommandContext, args: Arguments): Promise<Outcome> {
  const open = await context.incidents.list({ states: openIncidentStates, limit: mostListed })
  const look = (answer: Outcome['answer']): Outcome => ({ result: 'done', changed: false, answer })
  if (numberOf(args) === undefined && open.length !== 1) {
    const title = phrase(open.length === 0 ? 'incident.which.none' : 'incident.list')
    const lines = open.map((each) =>
      phrase('incident.line', {
        ...incidentWords(each),
        state: phrase(`incident.state.${each.state}`),
        ago: { kind: 'time', at: each.openedAt, as: 'ago' },
      }),
    )
    return look({ kind: 'list', title, lines })
  }
  const found = await find(context, args)
  if (isOutcome(found)) return found
  // Slack lets a thread be read seldom: once for both.
  const told = timelineOf(context, found)
  const timeline = await told
  const shown = timeline.slice(-mostLines)
  const content = await postMortem(context, found, told)
  return look({
    kind: 'list',
    title: phrase(found.state === 'resolved' ? 'incident.resolved' : 'incident.opened', incidentWords(found)),
    lines: [
      await suspectLine(context, found),
      ...(found.resolvedAt === null ? [] : [timesLine(found)]),
      phrase('incident.timeline'),
      ...shown.map(({ at, what }) => phrase('timeline.line', { at: { kind: 'time', at, as: 'date' }, what })),
    ],
    fields: await incidentFields(context, found),
    ...(timeline.length > shown.length
      ? { file: { name: `INC-${found.number}.md`, content, lines: content.split('\n').length } }
      : {}),
    buttons: [...postmortemButtons(context.knowledge, found), ...incidentButtons(found)].filter(
      ({ does }) => does.kind === 'order' && does.command !== 'incident.status',
    ),
  })
}

const command = (words: CommandWords, key: 'ack' | 'resolve' | 'note' | 'status', run: Command['run']): Command => ({
  words,
  theme: 'incidents',
  timeLimitMs: 60_000,
  example: () => (key === 'status' ? {} : null),
  subject: () => ({ environment: null, resources: [] }),
  describe: (args) => phrase(`action.incident.${key}`, { incident: named(args) }),
  run,
})

export const incidentAck = command(incidentAckWords, 'ack', ack)
export const incidentResolve = command(incidentResolveWords, 'resolve', resolve)
export const incidentNote = command(incidentNoteWords, 'note', note)
export const incidentStatus = command(incidentStatusWords, 'status', status)
