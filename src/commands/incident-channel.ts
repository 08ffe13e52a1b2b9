import type { Arguments } from '../domain/command-spec.ts'
import type { Incident } from '../domain/incident.ts'
import { NoxError } from '../errors.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import type { Command, CommandContext, Outcome } from './command.ts'
import { event, failed, find, isOutcome, named, outcome } from './incident-find.ts'
import { incidentButtons, incidentFields, incidentWords, suspectLine } from './incident-lines.ts'
import { incidentChannelWords } from './words/incident-channel.ts'

/** Why Slack would not; what is no refusal of Slack's goes on as it is. */
function whyOf(error: unknown): Phrase {
  if (error instanceof NoxError && error.forPerson) return error.forPerson
  throw error
}

const roomOf = (id: string) => ({ kind: 'conversation', id }) as const

/** A channel with everybody who has to do with it; where Slack does not let NOX, the incident goes on in its thread. */
async function open(context: CommandContext, incident: Incident): Promise<Outcome> {
  const { incidents, action } = context
  const { n, title, severity } = incidentWords(incident)
  if (incident.state === 'resolved') return failed(phrase('incident.over', { n }))
  if (incident.room) {
    const already = phrase('incident.room.already', { n, room: roomOf(incident.room.id) })
    return { ...outcome(already), changed: false }
  }
  await context.step('step.start')
  const people = [action.userId, incident.openedBy, incident.communication, ...(incident.lead ? [incident.lead] : [])]
  const draft = { name: `INC-${n} ${title}`.slice(0, 60), topic: `INC-${n} · ${severity} · ${title}`, people }
  let opened: Awaited<ReturnType<typeof incidents.openRoom>>
  try {
    opened = await incidents.openRoom(draft)
  } catch (error) {
    const { answer } = failed(phrase('incident.room.refused', { n, why: whyOf(error) }))
    const lines = [phrase('incident.room.thread')]
    return { result: 'failed', changed: false, answer: { ...answer, lines }, details: { incident: n } }
  }
  const { room, missing } = opened
  const now = (await incidents.amend(incident.id, { room }, event(context, 'room', room.name))) ?? { ...incident, room }
  const card: Outcome['answer'] = {
    kind: 'notice',
    title: phrase('incident.opened', incidentWords(now)),
    lines: [await suspectLine(context, now), phrase('incident.how', { n })],
    fields: await incidentFields(context, now),
    buttons: incidentButtons(now),
  }
  await incidents.tellRoom(now, card, 'room')
  const names = await Promise.all(missing.map((userId) => context.nameOf(userId)))
  const lines = names.length > 0 ? [phrase('incident.room.missing', { people: { kind: 'people', names } })] : []
  return {
    ...outcome(phrase('incident.room.made', { n, room: roomOf(room.id) }), { lines }),
    details: { incident: n, channel: room.id },
  }
}

/** When it is over, the channel may be archived: people can still read and find it. */
async function archive(context: CommandContext, incident: Incident): Promise<Outcome> {
  const n = String(incident.number)
  if (!incident.room) return failed(phrase('incident.room.none', { n }))
  if (incident.state !== 'resolved') return failed(phrase('incident.room.open', { n }))
  const { id } = incident.room
  const { incidents } = context
  // What is said in the channel itself must be said before it closes.
  const isHere = context.action.place.conversationId === id
  const done = { ...outcome(phrase('incident.room.archived', { n })), details: { incident: n, channel: id } }
  const kept = (error: unknown) => failed(phrase('incident.room.kept', { n, why: whyOf(error) }))
  if (isHere) {
    const close = () =>
      incidents.archiveRoom(id).catch((error: unknown) => incidents.tellRoom(incident, kept(error).answer, 'kept'))
    return { ...done, afterwards: close }
  }
  try {
    await incidents.archiveRoom(id)
  } catch (error) {
    return kept(error)
  }
  return done
}

async function run(context: CommandContext, args: Arguments): Promise<Outcome> {
  const found = await find(context, args)
  if (isOutcome(found)) return found
  return args.archive === true ? archive(context, found) : open(context, found)
}

export const incidentChannel: Command = {
  words: incidentChannelWords,
  theme: 'incidents',
  timeLimitMs: 60_000,
  example: () => null,
  subject: () => ({ environment: null, resources: [] }),
  describe: (args) =>
    phrase(args.archive === true ? 'action.incident.channel.archive' : 'action.incident.channel', {
      incident: named(args),
    }),
  run,
  // The channel is found again by its name: the run may simply go on.
  probe: async () => 'in-progress',
}
