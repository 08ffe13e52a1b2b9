import type { Services } from '../../actions/services.ts'
import type { Knowledge } from '../../commands/command.ts'
import type { Answer, Button } from '../../domain/answer.ts'
import type { Language, ParsedOrder, ParseResult } from '../../domain/command-spec.ts'
import type { OrderOrigin } from '../../domain/origin.ts'
import type { Request } from '../../domain/request.ts'
import { fold } from '../../language/fold.ts'
import type { ParseOptions, Parser } from '../../language/index.ts'
import { argumentName } from '../../texts/argument-name.ts'
import { phrase } from '../../texts/phrase.ts'
import { knownOf, listAnswer } from './name-list.ts'
import { withNames } from './names-left-over.ts'
import { leftoverAnswer, notHereAnswer, unknownAnswer, type Writer } from './not-understood.ts'

/** What the words came to: an order, or a sentence that says why there is none. */
export type Reading =
  | {
      readonly kind: 'order'
      readonly order: ParsedOrder
      readonly language: Language
      /** What it took from elsewhere than its own words. */
      readonly origin: OrderOrigin
      /** Who gave the order that it repeats, in a thread where one's own stands too. */
      readonly lender?: string
      /** Opened with words that go on with the thread: `et les logs ?`. */
      readonly goesOn?: boolean
      /** A dialog named what would happen, and the person agreed. */
      readonly confirmed: boolean
      /** Approval is asked for at once where it can lift a refusal. */
      readonly asks: boolean
    }
  | Told

/** A sentence in place of an order. */
export interface Told {
  readonly kind: 'told'
  readonly command: string
  readonly language: Language
  readonly answer: Answer
  /** Why nothing was started, for the audit. */
  readonly why: string
}

/** Words that go on with the last order of their thread, which the ledger knows. */
export interface GoingOn {
  readonly kind: 'follow-up'
  readonly text: string
  readonly parsed: ParseResult
  readonly options: ParseOptions
}

/** Several orders of one message, in their order. */
export interface Several {
  readonly kind: 'several'
  readonly readings: readonly Reading[]
}

/** Orders that one message may give. */
const mostOrders = 10

/** Longer texts are no orders; Slack itself cuts a message here (characters). */
const longestText = 40_000

/**
 * What is shown after one of these runs from right to left: a person may see another order than the one that is read.
 * Marks that only stand for a letter of such a script turn what stands between two of them, and numbers behind one.
 */
const turningMarks = /[\u202b\u202e\u2067]|[\u200f\u061c](?:[^\u200f\u061c]*[\u200f\u061c]|[^\p{L}\u200f\u061c]*\p{N})/u

/** Words → order. Pure and quick: it comes before the acknowledgement. */
export function readOrder(
  services: Services,
  parser: Parser,
  request: Request,
  writer: Writer,
): Reading | GoingOn | Several {
  const { input } = request
  const { knowledge } = writer.snapshot
  const { tenant } = knowledge
  if (input.kind === 'press') throw new TypeError('a press carries no words')
  if (input.kind === 'order') {
    const { order, language, confirmed = false, asks = false } = input
    if (!services.findCommand(order.command)) {
      return told('unknown', language, { kind: 'outcome', title: phrase('error.order') }, 'order')
    }
    return { kind: 'order', order, language, origin: {}, confirmed, asks }
  }
  if (input.text.length > longestText) {
    return told('unknown', tenant.language, { kind: 'outcome', title: phrase('error.tooLong') }, 'too-long')
  }
  const options = {
    defaultLanguage: tenant.language,
    botUserId: input.botUserId,
    environments: ownEnvironments(knowledge),
    aliases: ownAliases(knowledge),
  }
  const parsed = parser.parse(input.text, options)
  if (turningMarks.test(input.text)) {
    const lines = [phrase('error.turned.next')]
    return told('unknown', parsed.language, { kind: 'notice', title: phrase('error.turned'), lines }, 'turned')
  }
  if (parsed.orders) return severalOf(services, writer, parsed.orders, parsed.language)
  const { text } = input
  const goesOn = parsed.followUp === 'repeat' || (parsed.followUp && parsed.command === null)
  if (goesOn) return { kind: 'follow-up', text, parsed, options }
  return parsed.list ? listOf(services, writer, parsed, parsed.list) : understood(services, writer, parsed)
}

const kept = new WeakMap<Knowledge, readonly string[]>()

/** The names of environments that a tenant uses; kept with what is known of it. */
function ownEnvironments(knowledge: Knowledge): readonly string[] {
  const known = kept.get(knowledge)
  if (known) return known
  const ofClusters = knowledge.clusters.flatMap((cluster) => cluster.environments)
  const ofServices = knowledge.services.flatMap((service) => service.targets.map((target) => target.environment))
  const names = [...new Set([...ofClusters, ...ofServices])]
  kept.set(knowledge, names)
  return names
}

function severalOf(
  services: Services,
  writer: Writer,
  orders: readonly ParseResult[],
  language: Language,
): Several | Told {
  if (orders.length > mostOrders) {
    const title = phrase('sequence.tooMany', { n: mostOrders })
    return told('unknown', language, { kind: 'notice', title }, 'too-many-orders')
  }
  return { kind: 'several', readings: orders.map((order) => understood(services, writer, order)) }
}

/** One order for each name of a list, where all of them are known: nothing is begun where one is not. */
function listOf(
  services: Services,
  writer: Writer,
  { language }: ParseResult,
  list: readonly ParseResult[],
): Several | Told {
  const orders = list.flatMap(({ command, args }) => (command === null ? [] : [{ command, args }]))
  const known = knownOf(writer, orders)
  if (known.length === list.length) return severalOf(services, writer, list, language)
  return told('unknown', language, listAnswer(services, writer, orders, known, language), 'leftover')
}

const keptAliases = new WeakMap<Knowledge, ReadonlyMap<string, string>>()

/** The tenant's own words, kept in the same way. */
function ownAliases(knowledge: Knowledge): ReadonlyMap<string, string> {
  const known = keptAliases.get(knowledge)
  if (known) return known
  const texts = new Map(knowledge.aliases.map(({ name, text }) => [fold(name), text]))
  keptAliases.set(knowledge, texts)
  return texts
}

/** What is made of a message by itself. */
export function understood(services: Services, writer: Writer, said: ParseResult): Reading {
  const parsed = withNames(services, writer.snapshot.knowledge, said)
  const { language, command, args } = parsed
  if (parsed.problem) {
    const { argument, min, max } = parsed.problem
    const title = phrase('error.range', { argument: argumentName(argument), min, max })
    return told(command ?? 'unknown', language, { kind: 'outcome', title }, 'range')
  }
  if (parsed.readings && parsed.readings.length > 1) {
    const buttons = parsed.readings.slice(0, 5).map((order) => orderButton(services, order, language))
    const title = phrase('question.ambiguous')
    return told(command ?? 'unknown', language, { kind: 'question', title, buttons }, 'ambiguous')
  }
  if (command === null) return told('unknown', language, unknownAnswer(services, writer, parsed), 'not-an-order')
  if (!services.findCommand(command)) return told(command, language, notHereAnswer(command), 'not-available')
  if (command === 'schedule' && typeof args.run === 'object') {
    const unclear = unclearInside(args.run as ParseResult, language)
    if (unclear) return unclear
  }
  if (parsed.leftover && parsed.leftover.length > 0) {
    const answer = leftoverAnswer(services, writer.snapshot.knowledge, { command, args }, parsed.leftover)
    return told(command, language, answer, 'leftover')
  }
  const corrected = correctedOf(parsed)
  const { alias } = parsed
  const origin = { ...(corrected ? { corrected } : {}), ...(alias ? { alias } : {}) }
  const goesOn = parsed.followUp === 'change'
  return { kind: 'order', order: { command, args }, language, origin, goesOn, confirmed: false, asks: false }
}

/** What is unclear in the order that a schedule would repeat: nothing is scheduled then. */
function unclearInside(inner: ParseResult, language: Language): Told | null {
  if (inner.problem) {
    const { argument, min, max } = inner.problem
    const title = phrase('error.range', { argument: argumentName(argument), min, max })
    return told('schedule', language, { kind: 'outcome', title }, 'range')
  }
  if ((inner.readings?.length ?? 0) > 1) {
    return told('schedule', language, { kind: 'question', title: phrase('schedule.ambiguous') }, 'ambiguous')
  }
  const word = inner.leftover?.join(' ') ?? ''
  if (word === '') return null
  return told('schedule', language, { kind: 'question', title: phrase('schedule.unclear', { word }) }, 'leftover')
}

/** Every word that was read for another, as one. */
function correctedOf({ corrections }: ParseResult): { from: string; to: string } | null {
  if (corrections.length === 0) return null
  const all = (which: 'from' | 'to') => corrections.map((each) => each[which]).join(' ')
  return { from: all('from'), to: all('to') }
}

/** A sentence in place of an order. @param why the rule that the audit record names */
export const told = (command: string, language: Language, answer: Answer, why: string): Told => ({
  kind: 'told',
  command,
  language,
  answer,
  why,
})

/** A button that gives a whole order, in words. */
export function orderButton(services: Services, order: ParsedOrder, language: Language): Button {
  return {
    label: phrase('action.plain', { command: services.say(order.command, order.args, language) }),
    does: { kind: 'order', command: order.command, args: order.args },
  }
}
