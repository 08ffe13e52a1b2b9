import type { Services } from '../actions/services.ts'
import type { Knowledge } from '../commands/command.ts'
import type { Answer, Button } from '../domain/answer.ts'
import type { Language, ParsedOrder, ParseResult } from '../domain/command-spec.ts'
import type { Request } from '../domain/request.ts'
import type { Tenant } from '../domain/tenant.ts'
import type { Parser } from '../language/index.ts'
import { phrase } from '../texts/phrase.ts'
import { notHereAnswer, unknownAnswer, type Writer } from './not-understood.ts'

/** What the words came to: an order, or a sentence that says why there is none. */
export type Reading =
  | {
      readonly kind: 'order'
      readonly order: ParsedOrder
      readonly language: Language
      /** A keyword that was read for another: confirmed before anything changes. */
      readonly corrected: { readonly from: string; readonly to: string } | null
      /** A dialog named what would happen, and the person agreed. */
      readonly confirmed: boolean
    }
  | {
      readonly kind: 'told'
      readonly command: string
      readonly language: Language
      readonly answer: Answer
      /** Why nothing was started, for the audit. */
      readonly why: string
    }

/** Longer texts are no orders; Slack itself cuts a message here (characters). */
const longestText = 40_000

/** Words → order. Pure and quick: it comes before the acknowledgement. */
export function readOrder(services: Services, parser: Parser, request: Request, writer: Writer): Reading {
  const { input } = request
  const { knowledge } = writer.snapshot
  const { tenant } = knowledge
  if (input.kind === 'press') throw new TypeError('a press carries no words')
  if (input.kind === 'order') {
    const { order, language, confirmed = false } = input
    if (!services.findCommand(order.command)) {
      return told('unknown', language, { kind: 'notice', title: phrase('error.order') }, 'order')
    }
    return { kind: 'order', order, language, corrected: null, confirmed }
  }
  if (input.text.length > longestText) {
    return told('unknown', tenant.language, { kind: 'notice', title: phrase('error.tooLong') }, 'too-long')
  }
  const options = {
    defaultLanguage: tenant.language,
    botUserId: input.botUserId,
    environments: ownEnvironments(knowledge),
  }
  const parsed = parser.parse(input.text, options)
  return understood(services, writer, parsed)
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

function understood(services: Services, writer: Writer, parsed: ParseResult): Reading {
  const { language, command, args } = parsed
  if (parsed.problem) {
    const { argument, min, max } = parsed.problem
    const title = phrase('error.range', { argument, min, max })
    return told(command ?? 'unknown', language, { kind: 'notice', title }, 'range')
  }
  if (parsed.readings && parsed.readings.length > 1) {
    const buttons = parsed.readings.slice(0, 5).map((order) => orderButton(services, order, language))
    const title = phrase('question.ambiguous')
    return told(command ?? 'unknown', language, { kind: 'question', title, buttons }, 'ambiguous')
  }
  if (command === null) return told('unknown', language, unknownAnswer(services, writer, parsed), 'not-an-order')
  if (!services.findCommand(command)) return told(command, language, notHereAnswer(command), 'not-available')
  if (parsed.leftover && parsed.leftover.length > 0) {
    const without: Button = {
      label: phrase('button.without'),
      does: { kind: 'order', command, args },
    }
    const title = phrase('question.leftover', { word: parsed.leftover.join(' ') })
    return told(command, language, { kind: 'question', title, buttons: [without] }, 'leftover')
  }
  const corrected = parsed.corrections[0] ?? null
  return { kind: 'order', order: { command, args }, language, corrected, confirmed: false }
}

const told = (command: string, language: Language, answer: Answer, why: string): Reading => ({
  kind: 'told',
  command,
  language,
  answer,
  why,
})

function orderButton(services: Services, order: ParsedOrder, language: Language): Button {
  return {
    label: phrase('action.plain', { command: services.say(order.command, order.args, language) }),
    does: { kind: 'order', command: order.command, args: order.args },
  }
}

/** What people of another company are told, in a channel that two share. */
export function refuseOutsider(tenant: Tenant): Reading {
  const answer: Answer = { kind: 'refusal', title: phrase('refused.outside', { tenant: tenant.name }) }
  return told('unknown', tenant.language, answer, 'outsider')
}
