import type { Found } from '../capabilities/clusters.ts'
import type { NewTicket, Ticket, TicketPriority, TicketType } from '../capabilities/tickets.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { phrase } from '../texts/phrase.ts'
import { plainPhrase } from '../texts/render.ts'
import { optionalText, text } from './arguments.ts'
import type { Command, CommandContext, Outcome } from './command.ts'
import { keyOf, noTicket, ticketLink, ticketSubject } from './tickets.ts'
import { ticketCloseWords } from './words/ticket-close.ts'
import { ticketCommentWords } from './words/ticket-comment.ts'
import { ticketCreateWords } from './words/ticket-create.ts'

/** A search finds what was made some seconds later: before that, its silence proves nothing (ms). */
const searchLag = 60_000
const searchAgain = 1_500
const mostSearches = 3

const created = (ticket: Ticket): Outcome => ({
  result: 'done',
  changed: true,
  answer: {
    kind: 'outcome',
    title: phrase('ticket.created', {
      ticket: ticketLink(ticket),
      facts: [ticket.type, ticket.priority ?? '', ticket.project].filter((each) => each !== '').join(' · '),
    }),
  },
  details: { ticket: ticket.key },
})

async function newTicket(context: CommandContext, args: Arguments): Promise<NewTicket> {
  const { action } = context
  const [person, url] = await Promise.all([context.nameOf(action.userId), context.permalink()])
  const priority = optionalText(args, 'priority') as TicketPriority | undefined
  const project = optionalText(args, 'project')
  const words = { person, n: String(action.number) }
  return {
    type: (optionalText(args, 'type') ?? 'task') as TicketType,
    title: text(args, 'title'),
    description: plainPhrase(phrase('ticket.description', words), context.tenant.language),
    actionId: action.id,
    ...(priority === undefined ? {} : { priority }),
    ...(project === undefined ? {} : { project }),
    ...(url === null
      ? {}
      : { source: { url, title: plainPhrase(phrase('ticket.source', words), context.tenant.language) } }),
  }
}

async function create(context: CommandContext, args: Arguments): Promise<Outcome> {
  const call = { signal: context.signal }
  const tickets = await context.provider('tickets')
  const known = context.resumed ? await tickets.findCreated(context.action.id, call) : null
  if (known) return created(known)
  const ticket = await newTicket(context, args)
  await context.step('step.start')
  return created(await tickets.create(ticket, call))
}

async function probeCreated(context: CommandContext): Promise<Found> {
  const tickets = await context.provider('tickets')
  for (let count = 1; ; count += 1) {
    if (await tickets.findCreated(context.action.id, { signal: context.signal })) return 'done'
    if (count >= mostSearches) break
    await new Promise((resolve) => setTimeout(resolve, searchAgain))
  }
  const since = context.now() - (context.action.startedAt ?? context.action.createdAt)
  return since > searchLag ? 'not-started' : 'unknown'
}

export const ticketCreate: Command = {
  words: ticketCreateWords,
  theme: 'tickets',
  capability: 'tickets',
  timeLimitMs: 60_000,
  example: () => null,
  subject: ticketSubject,
  describe: (args) => phrase('action.ticket.create', { title: optionalText(args, 'title') ?? '' }),
  run: create,
  probe: probeCreated,
}

/** Who a comment is from: the account at the vendor is NOX's. */
const signatureOf = async (context: CommandContext): Promise<string> =>
  `${await context.nameOf(context.action.userId)} · NOX #${context.action.number}`

async function comment(context: CommandContext, args: Arguments): Promise<Outcome> {
  const call = { signal: context.signal }
  const key = keyOf(args)
  const tickets = await context.provider('tickets')
  const ticket = await tickets.show(key, call)
  if (!ticket) return noTicket(key)
  const signature = await signatureOf(context)
  if (!(context.resumed && (await tickets.hasComment(key, signature, call)))) {
    await context.step('step.start')
    await tickets.comment(key, text(args, 'text'), signature, call)
  }
  const title = phrase('ticket.commented', { ticket: ticketLink(ticket) })
  return { result: 'done', changed: true, answer: { kind: 'outcome', title }, details: { ticket: key } }
}

export const ticketComment: Command = {
  words: ticketCommentWords,
  theme: 'tickets',
  capability: 'tickets',
  timeLimitMs: 60_000,
  example: () => null,
  subject: ticketSubject,
  describe: (args) => phrase('action.ticket.comment', { key: optionalText(args, 'key')?.toUpperCase() ?? '' }),
  run: comment,
  async probe(context, args) {
    const tickets = await context.provider('tickets')
    const isThere = await tickets.hasComment(keyOf(args), await signatureOf(context), { signal: context.signal })
    return isThere ? 'done' : 'not-started'
  },
}

async function close(context: CommandContext, args: Arguments): Promise<Outcome> {
  const call = { signal: context.signal }
  const key = keyOf(args)
  const tickets = await context.provider('tickets')
  const ticket = await tickets.show(key, call)
  if (!ticket) return noTicket(key)
  const words = (closed: Ticket) => ({ ticket: ticketLink(closed), status: closed.status })
  if (ticket.isDone && !context.resumed) {
    const title = phrase('ticket.closed.already', words(ticket))
    return { result: 'done', changed: false, answer: { kind: 'outcome', title } }
  }
  let closed = ticket
  if (!ticket.isDone) {
    await context.step('step.start')
    closed = await tickets.close(key, call)
  }
  const title = phrase('ticket.closed', words(closed))
  return { result: 'done', changed: true, answer: { kind: 'outcome', title }, details: { ticket: key } }
}

export const ticketClose: Command = {
  words: ticketCloseWords,
  theme: 'tickets',
  capability: 'tickets',
  timeLimitMs: 60_000,
  example: () => null,
  subject: ticketSubject,
  describe: (args) => phrase('action.ticket.close', { key: optionalText(args, 'key')?.toUpperCase() ?? '' }),
  run: close,
  async probe(context, args) {
    const ticket = await (await context.provider('tickets')).show(keyOf(args), { signal: context.signal })
    return ticket?.isDone ? 'done' : 'not-started'
  },
}
