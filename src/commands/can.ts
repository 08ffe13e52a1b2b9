import type { Answer, Button } from '../domain/answer.ts'
import type { ActionType, Arguments } from '../domain/command-spec.ts'
import { effectOf, sayVerdict } from '../domain/say-verdict.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { optionalText, text } from './arguments.ts'
import type { Command, CommandContext, Knowledge, Question, Verdict } from './command.ts'
import { doneTo } from './done-to.ts'
import { findService } from './find-target.ts'
import { canWords } from './words/can.ts'

function actionPhrase({ action, environment, resources }: Question): Phrase {
  const [service] = resources
  const actionType = service === undefined ? phrase(`type.${action ?? 'status'}`) : doneTo(action ?? 'status', service)
  return environment === null
    ? phrase('action.type.anywhere', { actionType })
    : phrase('action.type', { actionType, env: environment })
}

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
    effect: effectOf(action),
    environment,
    resources: service === undefined ? [] : [service],
  }
}

const needsApproval = ({ verdict, canAsk }: Verdict): boolean => verdict === 'ask' || canAsk

/** Gives the order in question and asks for its approval; what it needs besides is asked for first. */
function askButton(context: CommandContext, { action, environment, resources }: Question): Button | null {
  const command = context.allCommands.find(({ words }) => words.name === action && words.effect === 'write')
  if (!command || environment === null) return null
  const takes = (name: string) => command.words.arguments.some((each) => each.name === name)
  const [service] = resources
  const args = {
    ...(service !== undefined && takes('service') ? { service } : {}),
    ...(takes('service') ? { environment } : {}),
  }
  const does = { kind: 'order', command: command.words.name, args, asks: true } as const
  return { label: phrase('button.ask'), does, style: 'primary' }
}

async function whoLine(context: CommandContext, question: Question): Promise<Phrase> {
  const who = await context.whoMay(question)
  const people = (names: readonly string[]) =>
    names.length === 0 ? phrase('value.nobody') : ({ kind: 'people', names } as const)
  return phrase('can.who', {
    action: actionPhrase(question),
    people: people(who.directly),
    others: people(who.withApproval),
  })
}

async function answerFor(context: CommandContext, args: Arguments): Promise<Answer> {
  const actor = optionalText(args, 'actor') ?? 'me'
  const questions = environments(context.knowledge, args).map((each) => questionFor(context, args, each))
  const buttons: Button[] = [{ label: phrase('button.rights'), does: { kind: 'order', command: 'whoami', args: {} } }]
  let lines: Phrase[]
  if (actor === 'anyone') {
    lines = await Promise.all(questions.map((question) => whoLine(context, question)))
  } else {
    const member = actor === 'me' ? context.member : await context.findMember(actor)
    if (!member) return { kind: 'list', title: phrase('can.unknownPerson') }
    lines = questions.map((question) => sayVerdict(actionPhrase(question), context.may(question, member)))
    const [asked, ...more] = questions.filter((question) => needsApproval(context.may(question, member)))
    const ask = asked && more.length === 0 && askButton(context, asked)
    if (ask) buttons.unshift(ask)
  }
  const [title = phrase('value.nobody'), ...others] = lines
  return { kind: 'list', title, lines: others, ...(actor === 'me' ? { buttons } : {}) }
}

export const can: Command = {
  words: canWords,
  theme: 'me',
  timeLimitMs: 30_000,
  example(knowledge) {
    const known = environments(knowledge, {})
    const environment = known.find((each) => each === 'production') ?? known[0]
    return environment ? { action: 'deploy', environment, actor: 'anyone' } : null
  },
  subject: () => ({ environment: null, resources: [] }),
  describe: () => phrase('action.can'),
  run: async (context, args) => ({ result: 'done', changed: false, answer: await answerFor(context, args) }),
}
