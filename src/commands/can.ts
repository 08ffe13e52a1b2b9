import type { Answer } from '../domain/answer.ts'
import type { ActionType, Arguments } from '../domain/command-spec.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { optionalText, text } from './arguments.ts'
import type { Command, CommandContext, Knowledge, Question } from './command.ts'
import { findService } from './find-target.ts'
import { canWords } from './words/can.ts'

const reading: readonly string[] = ['logs', 'status', 'metrics', 'docs', 'audit', 'alerts']

const actionPhrase = (action: ActionType, environment: string | null): Phrase =>
  environment === null
    ? phrase('action.type.anywhere', { actionType: phrase(`type.${action}`) })
    : phrase('action.type', { actionType: phrase(`type.${action}`), env: environment })

/** The environments that the question is about: the named one, else each that the tenant has. */
function environments(knowledge: Knowledge, args: Arguments): readonly (string | null)[] {
  const named = optionalText(args, 'environment')
  if (named !== undefined) return [named]
  const service = optionalText(args, 'service')
  const services =
    service === undefined ? knowledge.services : knowledge.services.filter((each) => each.name === service)
  const known = [...new Set(services.flatMap((each) => each.targets.map((target) => target.environment)))]
  return known.length > 0 ? known : [null]
}

function questionFor(context: CommandContext, args: Arguments, environment: string | null): Question {
  const action = text(args, 'action') as ActionType
  const typed = optionalText(args, 'service')
  const service = typed === undefined ? undefined : (findService(context.knowledge, typed)?.name ?? typed)
  return {
    command: action,
    action,
    effect: reading.includes(action) ? 'read' : 'write',
    environment,
    resources: service === undefined ? [] : [service],
  }
}

function verdictLine(question: Question, answer: ReturnType<CommandContext['may']>): Phrase {
  const action = actionPhrase(question.action ?? 'status', question.environment)
  switch (answer.verdict) {
    case 'yes':
      return phrase('can.yes', { action })
    case 'confirm':
      return phrase('can.confirm', { action })
    case 'ask':
      return phrase('can.ask', { action, group: answer.group ?? '' })
    case 'no':
      return phrase('can.no', { action, reason: answer.reason ?? '' })
  }
}

async function whoLine(context: CommandContext, question: Question): Promise<Phrase> {
  const who = await context.whoMay(question)
  const people = (names: readonly string[]) =>
    names.length === 0 ? phrase('value.nobody') : ({ kind: 'people', names } as const)
  return phrase('can.who', {
    action: actionPhrase(question.action ?? 'status', question.environment),
    people: people(who.directly),
    others: people(who.withApproval),
  })
}

async function answerFor(context: CommandContext, args: Arguments): Promise<Answer> {
  const actor = optionalText(args, 'actor') ?? 'me'
  const questions = environments(context.knowledge, args).map((each) => questionFor(context, args, each))
  const buttons = [{ label: phrase('button.rights'), does: { kind: 'order', command: 'whoami', args: {} } }] as const
  let lines: Phrase[]
  if (actor === 'anyone') {
    lines = await Promise.all(questions.map((question) => whoLine(context, question)))
  } else {
    const member = actor === 'me' ? context.member : await context.findMember(actor)
    if (!member) return { kind: 'list', title: phrase('can.unknownPerson') }
    lines = questions.map((question) => verdictLine(question, context.may(question, member)))
  }
  const [title = phrase('value.nobody'), ...others] = lines
  return { kind: 'list', title, lines: others, ...(actor === 'me' ? { buttons } : {}) }
}

export const can: Command = {
  words: canWords,
  theme: 'me',
  timeLimitMs: 30_000,
  example: () => ({ action: 'deploy', environment: 'production', actor: 'anyone' }),
  subject: () => ({ environment: null, resources: [] }),
  describe: () => phrase('action.can'),
  run: async (context, args) => ({ result: 'done', changed: false, answer: await answerFor(context, args) }),
}
