import type { Decision } from '../../actions/decisions.ts'
import type { Actions } from '../../actions/index.ts'
import type { Services } from '../../actions/services.ts'
import { findBackupTarget, findCluster, findService } from '../../commands/find-target.ts'
import { questionOf } from '../../commands/question.ts'
import type { Action } from '../../domain/action.ts'
import type { Answer } from '../../domain/answer.ts'
import type { Language } from '../../domain/command-spec.ts'
import type { Request } from '../../domain/request.ts'
import type { Parser, Reply } from '../../language/index.ts'
import { decide } from '../../permissions/index.ts'
import { phrase } from '../../texts/phrase.ts'
import { chooseArgument } from '../arguments/choose-argument.ts'
import { plainArgument } from '../arguments/fill-schedule.ts'
import type { Writer } from './not-understood.ts'
import { type GoingOn, orderButton, type Reading, type Told, told } from './read-order.ts'
import { aboutOf, carriesOn } from './surroundings.ts'

/** Orders of a thread that are looked through for a question. */
const mostLookedAt = 10

/** What answers a question of NOX is written, and no name or choice: titles and the like. */
const written: ReadonlySet<string> = new Set(['title', 'text', 'query', 'cron', 'group', 'email'])

/** A message in words. */
type Written = Extract<Request['input'], { readonly kind: 'text' }>

/** Events of which it is known that they answered a question: Slack may send one again (events). */
const mostKept = 1_000

/** What became of a message that is no order by itself: `answered` = it was an answer, and what follows is under way. */
export type Replies = (
  request: Request,
  writer: Writer,
  read: Reading | GoingOn,
) => Promise<Reading | 'answered' | null>

/**
 * A message in a thread that is no order by itself → the answer to what NOX asked its writer there: `web`, `staging`,
 * `non`. A yes is given by the button, which says to what. Else it is told what the thread is about; `null` = as it was.
 */
export function createReplies(services: Services, actions: Actions, parser: Parser): Replies {
  const answered = new Set<string>()

  async function answer(request: Request, { snapshot, member }: Writer, asked: Action, value: string): Promise<void> {
    const key = `${request.tenantId} ${request.eventId}`
    answered.add(key)
    if (answered.size > mostKept) answered.delete(answered.values().next().value ?? '')
    const decision = await chooseArgument(services, actions, snapshot, member, asked, value)
    const { tenant } = snapshot.knowledge
    setImmediate(() => {
      follow(services, request, tenant.language, decision).catch((error: unknown) =>
        services.log.error({ err: error, tenant: tenant.id, action: asked.id }, 'an answer in words was interrupted'),
      )
    })
  }

  return async (request, writer, read) => {
    const { input, place, tenantId, userId } = request
    if (read.kind === 'order' || (read.kind === 'told' && read.why !== 'not-an-order')) return null
    if (input.kind !== 'text' || input.isBorrowed || place.threadTs === null) return null
    if (answered.has(`${tenantId} ${request.eventId}`)) return 'answered'
    const orders = await services.storage.ledger.inThread(tenantId, place.conversationId, place.threadTs, mostLookedAt)
    const asked = orders.find((order) => order.state === 'waiting' && order.userId === userId)
    const { language } = read.kind === 'told' ? read : read.parsed
    const said = parser.reply(input.text, input.botUserId)
    const value = asked?.waitingFor === 'argument' ? answerOf(parser, writer, asked, input, said) : null
    if (asked && said.says === 'no') {
      const order = { command: 'cancel', args: { id: String(asked.number) } }
      return { kind: 'order', order, language, origin: {}, confirmed: false, asks: false }
    }
    if (asked && value !== null) {
      await answer(request, writer, asked, value)
      return 'answered'
    }
    if (asked?.waitingFor === 'confirmation' && said.says === 'yes') {
      const title = phrase('question.byButton', { n: String(asked.number) })
      return told('unknown', language, { kind: 'question', title }, 'not-an-order')
    }
    return read.kind === 'told' ? aboutThread(services, writer, orders, read) : null
  }
}

/** What follows a decision; what it says to its maker alone is whispered, as after a press. */
async function follow(services: Services, request: Request, language: Language, { say, afterwards }: Decision) {
  const { tenantId, place, userId } = request
  if (say) {
    const answer = { kind: 'outcome', title: say, ephemeral: true } as const
    await services.messenger.whisper({ tenantId, place, language }, userId, answer)
  }
  await afterwards?.()
}

/** The value that the words give to what was asked for; `null` = none of its values. A question back is none. */
function answerOf(
  parser: Parser,
  { snapshot: { knowledge } }: Writer,
  asked: Action,
  { text, botUserId }: Written,
  { words, name, says }: Reply,
): string | null {
  const argument = plainArgument(asked.waiting?.argument ?? '')
  if (name === '' || says !== null || words.endsWith('?')) return null
  if (written.has(argument)) return words
  if (argument === 'replicas') return /^\d{1,3}$/.test(name) ? name : null
  if (argument === 'key') return /^[a-z][a-z0-9]*-\d{1,9}$/i.test(name) ? name : null
  if (argument === 'service' || argument === 'repository') return findService(knowledge, name)?.name ?? null
  if (argument === 'target') return findBackupTarget(knowledge, name)?.name ?? null
  if (argument === 'cluster') return findCluster(knowledge, name)?.name ?? null
  const given = parser.follow(text, asked.command, { botUserId })?.args[argument]
  return typeof given === 'string' ? given : null
}

/** Looks at what the thread is about, where nothing nearer is offered. */
function aboutThread(
  services: Services,
  { member, snapshot }: Writer,
  orders: readonly Action[],
  read: Told,
): Told | null {
  const { answer, language } = read
  const { key } = answer.title
  if (key !== 'question.notAnOrder' && key !== 'question.polite') return null
  const about = orders
    .filter(({ command }) => carriesOn(services.findCommand(command)))
    .map(({ args }) => aboutOf(args))
    .find(({ service }) => service !== undefined)
  if (!about || !findService(snapshot.knowledge, about.service ?? '')) return null
  const { service = '', environment } = about
  const args = { service, ...(environment === undefined ? {} : { environment }) }
  const buttons = ['status', 'logs', 'events'].flatMap((name) => {
    const command = services.findCommand(name)
    const isOpen =
      command && decide(member, snapshot.zones, questionOf(command, args, snapshot.knowledge)).verdict !== 'no'
    return isOpen ? [orderButton(services, { command: name, args }, language)] : []
  })
  const title = key === 'question.polite' ? phrase('question.polite.thread') : answer.title
  return { ...read, answer: { ...answer, title, buttons: [...buttons, ...helpOf(answer)] } }
}

/** The way to the help, which stands last. */
const helpOf = ({ buttons = [] }: Answer) => buttons.slice(-1)
