import type { Services } from '../actions/services.ts'
import type { Knowledge } from '../commands/command.ts'
import type { Answer, Button } from '../domain/answer.ts'
import type { Arguments, Language, ParsedOrder, ParseResult } from '../domain/command-spec.ts'
import type { Request } from '../domain/request.ts'
import type { Tenant } from '../domain/tenant.ts'
import type { Parser } from '../language/index.ts'
import { phrase } from '../texts/phrase.ts'

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

/** Which integration a family of commands speaks through; a command of another kind does not run here. */
const vendors: Record<string, string> = {
  ticket: 'Jira',
  report: 'Notion',
  alerts: 'Datadog',
  metrics: 'Datadog',
  dashboard: 'Grafana',
  runs: 'GitHub',
  pulls: 'GitHub',
  docs: 'Notion',
}

/** Words → order. Pure and quick: it comes before the acknowledgement. */
export function readOrder(services: Services, parser: Parser, request: Request, knowledge: Knowledge): Reading {
  const { input } = request
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
  return understood(services, parsed)
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

function understood(services: Services, parsed: ParseResult): Reading {
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
  if (command === null) return told('unknown', language, notAnOrder(services, parsed), 'not-an-order')
  if (!services.findCommand(command)) return told(command, language, notHere(command), 'not-connected')
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

const helpButton: Button = { label: phrase('button.help'), does: { kind: 'order', command: 'help', args: {} } }

function notAnOrder(services: Services, parsed: ParseResult): Answer {
  const near = (parsed.suggestions ?? []).filter((name) => services.findCommand(name)).slice(0, 3)
  if (near.length === 0) {
    return { kind: 'notice', title: phrase('question.notAnOrder'), buttons: [helpButton] }
  }
  const buttons = near.map(
    (topic): Button => ({
      label: phrase('action.plain', { command: services.say('help', { topic }, parsed.language) }),
      does: { kind: 'order', command: 'help', args: { topic } satisfies Arguments },
    }),
  )
  return { kind: 'question', title: phrase('question.unknownCommand'), buttons: [...buttons, helpButton] }
}

function notHere(command: string): Answer {
  const vendor = vendors[command.split('.')[0] ?? '']
  const title = vendor
    ? phrase('question.notConnected', { feature: { kind: 'code', text: command }, vendor })
    : phrase('question.notAvailable', { command: { kind: 'code', text: command } })
  return { kind: 'notice', title, buttons: [helpButton] }
}

/** What people of another company are told, in a channel that two share. */
export function refuseOutsider(tenant: Tenant): Reading {
  const answer: Answer = { kind: 'refusal', title: phrase('refused.outside', { tenant: tenant.name }) }
  return told('unknown', tenant.language, answer, 'outsider')
}
