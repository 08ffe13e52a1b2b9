import type { Answer, Button } from '../domain/answer.ts'
import { nearest } from '../language/index.ts'
import type { TextKey } from '../texts/keys.ts'
import { phrase } from '../texts/phrase.ts'
import type { Filled } from './fill-arguments.ts'

/** Buttons up to here, a menu beyond (the message book, frame Q). */
const mostButtons = 4

const questions: Record<string, TextKey> = {
  service: 'question.missing.service',
  environment: 'question.missing.environment',
  target: 'question.missing.target',
  cluster: 'question.missing.cluster',
  replicas: 'question.missing.replicas',
}
const placeholders: Record<string, TextKey> = {
  service: 'menu.service',
  environment: 'menu.environment',
  target: 'menu.target',
  cluster: 'menu.cluster',
}

const choose = (actionId: string, name: string): Button => ({
  label: phrase('action.plain', { command: name }),
  does: { kind: 'press', act: 'choose', actionId, value: name },
})

/** ✋ what is missing, with what this person may choose. */
export function missingAnswer(actionId: string, command: string, filled: Filled & { kind: 'missing' }): Answer {
  const { argument, choices, args } = filled
  const title =
    command === 'deploy' && argument === 'service' && typeof args.environment === 'string'
      ? phrase('question.missing.service.deploy', { env: args.environment })
      : phrase(questions[argument] ?? 'question.missing.other', { argument })
  const write: Button = {
    label: phrase('button.write'),
    does: { kind: 'open', surface: 'write-argument', actionId },
  }
  if (choices.length === 0) {
    return { kind: 'question', title, lines: [phrase('question.nothingToChoose')], buttons: [write] }
  }
  if (argument === 'replicas') return { ...menu(actionId, title, argument, choices), buttons: [write] }
  if (choices.length <= mostButtons) {
    return { kind: 'question', title, buttons: choices.map((name) => choose(actionId, name)) }
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

/** ✋ a name that nobody here knows, with the nearest of those that are known. */
export function unknownNameAnswer(actionId: string, filled: Filled & { kind: 'unknown-name' }): Answer {
  const { typed, choices, argument } = filled
  const near = nearest(typed, choices, mostButtons)
  if (near.length > 0) {
    const title = phrase('question.unknownName', { typed })
    return { kind: 'question', title, buttons: near.map((name) => choose(actionId, name)) }
  }
  const title = phrase('question.unknownName.none', { typed })
  if (choices.length === 0) return { kind: 'question', title }
  return menu(actionId, title, argument, choices)
}
