import type { Services } from '../../actions/services.ts'
import { exampleOf } from '../../commands/examples.ts'
import type { Action } from '../../domain/action.ts'
import type { Answer } from '../../domain/answer.ts'
import type { Arguments, CommandWords } from '../../domain/command-spec.ts'
import type { Request } from '../../domain/request.ts'
import type { Parser } from '../../language/index.ts'
import { phrase } from '../../texts/phrase.ts'
import { exampleSource, unknownAnswer, type Writer } from './not-understood.ts'
import { type GoingOn, orderButton, type Reading, told, understood } from './read-order.ts'
import { threadOrders } from './surroundings.ts'

/**
 * Words that go on with a thread (`et en prod ?`, `relance`, `same for billing`) → a whole order: the last one of this
 * thread, with what the words change. Only the thread of this tenant and conversation is looked at.
 */
export async function goOn(
  services: Services,
  parser: Parser,
  request: Request,
  writer: Writer,
  { text, parsed, options }: GoingOn,
): Promise<Reading> {
  const byItself = () => understood(services, writer, parsed)
  const orders = await threadOrders(services, request)
  if (orders.length === 0) {
    if (parsed.command !== null || parsed.followUp === 'bare') return byItself()
    return told('unknown', parsed.language, nothingHere(services, writer, parsed.language), 'nothing-to-follow')
  }
  const found = firstThatFits(parser, orders, text, options)
  const command = found && services.findCommand(found.last.command)
  if (!command) {
    if (parsed.command !== null) return byItself()
    return told('unknown', parsed.language, unknownAnswer(services, writer, parsed), 'not-an-order')
  }
  const { last, change } = found
  const language = change.language ?? parsed.language
  const other = parsed.command === null ? undefined : services.findCommand(parsed.command)
  if (other && other !== command && last.args.service !== undefined) {
    const orders = [last, { command: other.words.name, args: onlyPlace(last) }]
    const buttons = orders.map((order) => orderButton(services, order, language))
    return told(last.command, language, { kind: 'question', title: phrase('question.ambiguous'), buttons }, 'ambiguous')
  }
  const args = changeArguments(command.words, last.args, change.args)
  const isPlainRepeat = change.kind === 'repeat' && Object.keys(change.args).length === 0 && !change.isQuestion
  const origin = { follows: last.number, ...(isPlainRepeat ? {} : { isGuess: true }) }
  const order = { command: last.command, args }
  const isSinceOwn = orders.some(({ userId }) => userId === request.userId)
  const lender = isSinceOwn ? { lender: last.userId } : {}
  return { kind: 'order', order, language, origin, ...lender, confirmed: false, asks: false }
}

/** The newest order that the words fit: `et en prod ?` is not about a `whoami` that came between. */
function firstThatFits(parser: Parser, orders: readonly Action[], text: string, options: GoingOn['options']) {
  for (const last of orders) {
    const change = parser.follow(text, last.command, options)
    if (change) return { last, change }
  }
  return null
}

/** Where an order took place, for another one there. */
function onlyPlace({ args }: Action): Arguments {
  const names = ['service', 'environment', 'cluster']
  return Object.fromEntries(Object.entries(args).filter(([name]) => names.includes(name)))
}

/** Arguments of which an order has one: where another is given, those that it had before go. */
const alternatives = [
  ['branch', 'tag', 'sha'],
  ['tag', 'revision'],
] as const
/** What stands for itself in a read: a service, a cluster, or all there is. */
const things = ['service', 'cluster', 'target'] as const

/** An order's arguments with some changed; what would contradict the change is left out. */
export function changeArguments(words: CommandWords, before: Arguments, change: Arguments): Arguments {
  const gone = new Set<string>()
  for (const group of alternatives)
    if (group.some((name) => change[name] !== undefined)) for (const name of group) gone.add(name)
  const requires = (name: string) => words.arguments.some((each) => each.name === name && each.required)
  const isOther = (name: string) => change[name] !== undefined && change[name] !== before[name]
  if (!requires('service') && things.some(isOther)) for (const name of things) gone.add(name)
  // A cluster or a target belongs to its environment.
  if (isOther('service') || isOther('environment')) gone.add('cluster')
  if (isOther('target') || isOther('cluster')) gone.add('environment')
  const kept = Object.entries(before).filter(([name]) => !gone.has(name))
  return { ...Object.fromEntries(kept), ...change }
}

/** There is no order in this thread to go on with: how one is given. */
function nothingHere(services: Services, writer: Writer, language: Reading['language']): Answer {
  const source = exampleSource(services, writer, language)
  const deploy = services.findCommand('deploy')
  const logs = services.findCommand('logs')
  const example = (deploy && exampleOf(source, deploy)) ?? (logs && exampleOf(source, logs)) ?? null
  return {
    kind: 'question',
    title: phrase('question.nothingToFollow'),
    lines: [phrase('question.nothingToFollow.how')],
    ...(example ? { next: phrase('question.nothingToFollow.example', { example: example.said }) } : {}),
    buttons: [{ label: phrase('button.help'), does: { kind: 'order', command: 'help', args: {} } }],
  }
}
