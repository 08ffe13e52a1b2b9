import { doneTo } from '../../commands/done-to.ts'
import type { Answer, Button } from '../../domain/answer.ts'
import { isVendor, vendorNames } from '../../domain/integration.ts'
import { type Role, roles } from '../../domain/member.ts'
import { type ReportPeriod, reportPeriods } from '../../domain/report.ts'
import { nearest } from '../../language/nearest.ts'
import { argumentName } from '../../texts/argument-name.ts'
import type { TextKey } from '../../texts/keys.ts'
import { phrase } from '../../texts/phrase.ts'
import { plainArgument } from './fill-schedule.ts'
import type { Filled } from './found.ts'

/** Buttons up to here, a menu beyond (the message book, frame Q). */
const mostButtons = 4

const questions: Record<string, TextKey> = {
  service: 'question.missing.service',
  environment: 'question.missing.environment',
  target: 'question.missing.target',
  cluster: 'question.missing.cluster',
  replicas: 'question.missing.replicas',
  repository: 'question.missing.repository',
  key: 'question.missing.key',
  title: 'question.missing.title',
  text: 'question.missing.text',
  query: 'question.missing.query',
  source: 'question.missing.source',
  cron: 'question.missing.cron',
  period: 'question.missing.period',
  name: 'question.missing.name',
  group: 'question.missing.group',
  role: 'question.missing.role',
  email: 'question.missing.email',
}
const placeholders: Record<string, TextKey> = {
  service: 'menu.service',
  environment: 'menu.environment',
  target: 'menu.target',
  cluster: 'menu.cluster',
  repository: 'menu.repository',
}

const isRole = (argument: string, name: string): name is Role =>
  argument === 'role' && (roles as readonly string[]).includes(name)

/** What a person writes: nothing can be offered. */
const written: ReadonlySet<string> = new Set(['key', 'title', 'text', 'query', 'cron', 'group', 'email'])

const isPeriod = (name: string): name is ReportPeriod => reportPeriods.some((each) => each === name)

const choose = (actionId: string, argument: string, name: string): Button => ({
  label:
    argument === 'environment'
      ? phrase('environment.name', { env: name })
      : argument === 'period' && isPeriod(name)
        ? phrase(`report.choice.${name}`)
        : isRole(argument, name)
          ? phrase(`role.${name}`)
          : phrase('action.plain', { command: isVendor(name) && argument === 'source' ? vendorNames[name] : name }),
  does: { kind: 'press', act: 'choose', actionId, value: name },
})

/** ✋ what is missing, with what this person may choose. */
export function missingAnswer(actionId: string, command: string, filled: Filled & { kind: 'missing' }): Answer {
  const { choices, args } = filled
  const argument = plainArgument(filled.argument)
  const title =
    command === 'deploy' && argument === 'service' && typeof args.environment === 'string'
      ? phrase('question.missing.service.deploy', { env: args.environment })
      : argument === 'environment' && typeof args.service === 'string'
        ? phrase('question.missing.environment.of', { action: doneTo(command, args.service) })
        : phrase(questions[argument] ?? 'question.missing.other', { argument: argumentName(argument) })
  const write: Button = {
    label: phrase('button.write'),
    does: { kind: 'open', surface: 'write-argument', actionId },
  }
  if (written.has(argument)) return { kind: 'question', title, buttons: [write] }
  if (choices.length === 0) {
    return { kind: 'question', title, lines: [phrase('question.nothingToChoose')], buttons: [write] }
  }
  if (argument === 'replicas') return { ...menu(actionId, title, argument, choices), buttons: [write] }
  if (choices.length <= mostButtons) {
    return { kind: 'question', title, buttons: choices.map((name) => choose(actionId, argument, name)) }
  }
  return menu(actionId, title, argument, choices)
}

function menu(actionId: string, title: Answer['title'], argument: string, choices: readonly string[]): Answer {
  return {
    kind: 'question',
    title,
    menu: {
      placeholder: phrase(placeholders[argument] ?? 'menu.other'),
      actionId,
      argument,
      options: choices.map((name) => ({ label: name, value: name })),
    },
  }
}

/** ✋ a name that nobody here knows, with the nearest of those that are known; another can be written. */
export function unknownNameAnswer(actionId: string, filled: Filled & { kind: 'unknown-name' }): Answer {
  const { typed, choices } = filled
  const argument = plainArgument(filled.argument)
  const other: Button = { label: phrase('button.other'), does: { kind: 'open', surface: 'write-argument', actionId } }
  const near = nearest(typed, choices, mostButtons)
  if (near.length > 0) {
    const [only = ''] = near
    const title =
      near.length === 1
        ? phrase('question.unknownName.one', { typed, near: only })
        : phrase('question.unknownName', { typed })
    return { kind: 'question', title, buttons: [...near.map((name) => choose(actionId, argument, name)), other] }
  }
  const title = phrase('question.unknownName.none', { typed })
  if (choices.length === 0) return { kind: 'question', title, buttons: [other] }
  return { ...menu(actionId, title, argument, choices), buttons: [other] }
}
