import type { Arguments } from '../domain/command-spec.ts'
import { type Incident, type IncidentSeverity, severities, updateEvery } from '../domain/incident.ts'
import { NoxError } from '../errors.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { plainPhrase } from '../texts/render.ts'
import { announceIncident } from './announce-incident.ts'
import { optionalText, text } from './arguments.ts'
import type { Command, CommandContext, Outcome } from './command.ts'
import { findService } from './find-target.ts'
import { incidentButtons, incidentFields, incidentWords, rhythmLine, suspectLine } from './incident-lines.ts'
import { incidentOpenWords } from './words/incident-open.ts'

/** A severity that nobody named. */
const usual: IncidentSeverity = 'sev3'
const priorities = { sev1: 'highest', sev2: 'high', sev3: 'medium', sev4: 'low' } as const

const serviceOf = (context: CommandContext, args: Arguments): string | null => {
  const named = optionalText(args, 'service')
  const known = named === undefined ? undefined : findService(context.knowledge, named)
  if (known) return known.name
  return named ?? context.channel.about?.service ?? null
}

/** A ticket for it, where tickets are connected and this person may create them. */
async function ticketFor(
  context: CommandContext,
  incident: Incident,
): Promise<{ ticket: Incident['ticket']; line: Phrase | null }> {
  const hasTickets = context.knowledge.integrations.some(({ vendor }) => vendor === 'jira')
  if (!hasTickets) return { ticket: null, line: null }
  const question = { command: 'ticket.create', action: 'ticket', effect: 'write', environment: null } as const
  if (context.may({ ...question, resources: [] }).verdict !== 'yes') {
    return { ticket: null, line: phrase('incident.noTicket.right') }
  }
  try {
    const call = { signal: context.signal }
    const tickets = await context.provider('tickets')
    const known = context.resumed ? await tickets.findCreated(context.action.id, call) : null
    const [person, url] = await Promise.all([context.nameOf(incident.openedBy), context.permalink()])
    const words = { person, n: String(incident.number) }
    const said = (key: 'ticket.description' | 'ticket.source') =>
      plainPhrase(phrase(key, words), context.tenant.language)
    const created =
      known ??
      (await tickets.create(
        {
          type: 'incident',
          title: `INC-${incident.number} ${incident.title}`,
          priority: priorities[incident.severity],
          description: said('ticket.description'),
          actionId: context.action.id,
          ...(url ? { source: { url, title: said('ticket.source') } } : {}),
        },
        call,
      ))
    return { ticket: { key: created.key, url: created.url }, line: null }
  } catch (error) {
    context.signal.throwIfAborted()
    // An incident without a ticket is better than none.
    const why = (error instanceof NoxError && error.forPerson) || phrase('incident.noTicket.failed')
    return { ticket: null, line: phrase('incident.noTicket', { why }) }
  }
}

async function open(context: CommandContext, args: Arguments): Promise<Outcome> {
  const { action, incidents } = context
  const named = optionalText(args, 'severity')
  const severity = severities.find((each) => each === named) ?? usual
  const service = serviceOf(context, args)
  const now = action.createdAt
  const draft: Incident = {
    tenantId: context.tenant.id,
    id: action.id,
    number: action.number,
    title: text(args, 'title'),
    severity,
    service,
    state: 'open',
    openedBy: action.userId,
    openedAt: now,
    lead: null,
    communication: action.userId,
    acknowledgedAt: null,
    resolvedAt: null,
    place: action.place,
    language: action.language,
    ticket: null,
    suspect: await incidents.suspectOf(service, now),
    nextUpdateAt: now + updateEvery[severity],
  }
  await context.step('step.start')
  await incidents.create(draft, { id: action.id, at: now, by: action.userId, kind: 'opened' })
  const { ticket, line } = await ticketFor(context, draft)
  const incident = (await incidents.amend(draft.id, { ticket })) ?? { ...draft, ticket }
  const { n } = incidentWords(incident)
  const opened: Outcome = {
    result: 'done',
    changed: true,
    answer: {
      kind: 'outcome',
      title: phrase('incident.opened', incidentWords(incident)),
      lines: [await suspectLine(context, incident), ...(line ? [line] : []), rhythmLine(incident)],
      fields: await incidentFields(context, incident),
      next: phrase('incident.how', { n }),
      buttons: incidentButtons(incident),
    },
    details: { incident: n, severity, ticket: ticket?.key ?? null, suspect: incident.suspect?.number ?? null },
  }
  return announceIncident(context, opened, incident, 'bad')
}

export const incidentOpen: Command = {
  words: incidentOpenWords,
  theme: 'incidents',
  timeLimitMs: 60_000,
  example: () => null,
  subject: (args) => {
    const service = optionalText(args, 'service')
    return { environment: null, resources: service === undefined ? [] : [service] }
  },
  describe: (args) => phrase('action.incident.open', { title: optionalText(args, 'title') ?? '' }),
  run: open,
  // Its row and its ticket are each made once: the run may simply go on.
  probe: async () => 'in-progress',
}
