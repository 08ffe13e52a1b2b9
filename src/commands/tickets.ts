import type { Ticket } from '../capabilities/tickets.ts'
import type { Button } from '../domain/answer.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { type Phrase, phrase, type Value } from '../texts/phrase.ts'
import { optionalText, text } from './arguments.ts'
import type { Command, CommandContext, Knowledge, Outcome, Subject } from './command.ts'
import { ticketListWords } from './words/ticket-list.ts'
import { ticketShowWords } from './words/ticket-show.ts'

/** Lines of one message (the message book, "Length"). */
const shownTickets = 8
/** Tickets that a list is asked for; more are counted as "at least". */
const mostRead = 50
const longestTitle = 80

/** `OPS-12 Le titre`, leading there. */
export const ticketLink = ({ key, title, url }: Ticket): Value => ({
  kind: 'link',
  url,
  label: `${key} ${title.length <= longestTitle ? title : `${title.slice(0, longestTitle - 1)}…`}`,
})

/** The project of a key: `OPS-12` → `OPS`. */
const projectOf = (key: string): string => key.replace(/-\d+$/, '').toUpperCase()

/** What permission is asked for: the ticket's project, and the ticket. */
export function ticketSubject(args: Arguments, knowledge: Knowledge): Subject {
  const key = optionalText(args, 'key')
  if (key !== undefined) return { environment: null, resources: [projectOf(key), key.toUpperCase()] }
  const known = knowledge.integrations.find(({ vendor }) => vendor === 'jira')?.settings.project
  const project = optionalText(args, 'project')?.toUpperCase() ?? known
  return { environment: null, resources: project === undefined ? [] : [project] }
}

/** The ticket's key as Jira writes it: `ops-12` is `OPS-12`. */
export const keyOf = (args: Arguments): string => text(args, 'key').toUpperCase()

/** A ticket that Jira does not know, or does not show. */
export const noTicket = (key: string): Outcome => ({
  result: 'done',
  changed: false,
  answer: { kind: 'list', title: phrase('error.vendor.notFound', { vendor: 'Jira', what: key }) },
})

const closeButton = (ticket: Ticket): readonly Button[] =>
  ticket.isDone
    ? []
    : [
        {
          label: phrase('button.closeTicket'),
          does: { kind: 'order', command: 'ticket.close', args: { key: ticket.key } },
          confirm: {
            title: phrase('dialog.closeTicket.title', { key: ticket.key }),
            text: phrase('action.plain', { command: ticket.title || ticket.key }),
            verb: phrase('button.closeTicket'),
          },
        },
      ]

async function show(context: CommandContext, args: Arguments): Promise<Outcome> {
  const key = keyOf(args)
  const ticket = await (await context.provider('tickets')).show(key, { signal: context.signal })
  if (!ticket) return noTicket(key)
  const fields = [
    { label: phrase('field.ticket.status'), value: ticket.status },
    { label: phrase('field.ticket.type'), value: ticket.type },
    { label: phrase('field.ticket.priority'), value: ticket.priority ?? '–' },
    { label: phrase('field.ticket.assignee'), value: ticket.assignee ?? phrase('value.nobody') },
    { label: phrase('field.ticket.updated'), value: { kind: 'time', at: ticket.updatedAt, as: 'ago' } },
  ] as const
  const title = phrase(ticket.isDone ? 'ticket.show.done' : 'ticket.show', { ticket: ticketLink(ticket) })
  return { result: 'done', changed: false, answer: { kind: 'list', title, fields, buttons: closeButton(ticket) } }
}

const line = (ticket: Ticket): Phrase =>
  phrase('ticket.line', {
    ticket: ticketLink(ticket),
    status: ticket.status,
    assignee: ticket.assignee ?? '–',
    ago: { kind: 'time', at: ticket.updatedAt, as: 'ago' },
  })

async function list(context: CommandContext, args: Arguments): Promise<Outcome> {
  const call = { signal: context.signal }
  const tickets = await context.provider('tickets')
  const state = (optionalText(args, 'state') ?? 'open') as 'open' | 'closed' | 'all'
  const project = optionalText(args, 'project')?.toUpperCase()
  const assignee = args.mine === true ? await tickets.findPerson(context.member.name, call) : undefined
  if (assignee === null) return unknownPerson(context)
  const found = await tickets.list(
    {
      state,
      limit: mostRead,
      ...(project === undefined ? {} : { project }),
      ...(assignee === undefined ? {} : { assignee }),
    },
    call,
  )
  const words = { n: found.length, project: project ?? tickets.defaultProject }
  if (found.length === 0) {
    return { result: 'done', changed: false, answer: { kind: 'list', title: phrase('ticket.none', words) } }
  }
  const shown = found.slice(0, shownTickets)
  return {
    result: 'done',
    changed: false,
    answer: {
      kind: 'list',
      title: phrase(args.mine === true ? `ticket.list.mine.${state}` : `ticket.list.${state}`, words),
      lines: shown.map(line),
      ...(found.length > shown.length
        ? { context: [phrase('list.shown', { shown: shown.length, total: found.length })] }
        : {}),
    },
  }
}

async function unknownPerson(context: CommandContext): Promise<Outcome> {
  const names = await context.admins()
  const lines = names.length > 0 ? [phrase('ticket.noPerson.next', { people: { kind: 'people', names } })] : []
  return { result: 'done', changed: false, answer: { kind: 'list', title: phrase('ticket.noPerson'), lines } }
}

/** Where Jira is connected, orders about tickets make sense. */
const isConnected = (knowledge: Knowledge) => knowledge.integrations.some(({ vendor }) => vendor === 'jira')

export const ticketShow: Command = {
  words: ticketShowWords,
  theme: 'tickets',
  capability: 'tickets',
  timeLimitMs: 60_000,
  example: () => null,
  subject: ticketSubject,
  describe: (args) => phrase('action.ticket.show', { key: optionalText(args, 'key')?.toUpperCase() ?? '' }),
  run: show,
}

export const ticketList: Command = {
  words: ticketListWords,
  theme: 'tickets',
  capability: 'tickets',
  timeLimitMs: 60_000,
  example: (knowledge) => (isConnected(knowledge) ? {} : null),
  subject: ticketSubject,
  describe: (args) => phrase(args.mine === true ? 'action.ticket.list.mine' : 'action.ticket.list'),
  run: list,
}
