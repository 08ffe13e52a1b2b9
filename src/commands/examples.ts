import type { Button } from '../domain/answer.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { phrase } from '../texts/phrase.ts'
import { optionalText } from './arguments.ts'
import type { Command, CommandContext, Knowledge } from './command.ts'
import { questionOf } from './question.ts'

/** What examples are made from: the tenant's names, the person's rights, their language. */
export type ExampleSource = Pick<CommandContext, 'knowledge' | 'may' | 'allCommands' | 'say'>

/** An order that makes sense here and that this person may give. */
export interface Example {
  readonly command: Command
  readonly args: Arguments
  /** As it is written: `status cluster prod-1`. */
  readonly said: string
  readonly verdict: 'yes' | 'confirm' | 'ask'
}

/** A change is shown where it hurts least, a look where it matters most. */
const order = {
  write: ['staging', 'development', 'recette', 'test'],
  read: ['production', 'staging'],
} as const
/** Services and targets that are tried: a person to whom nothing is open must not cost more. */
const mostTried = 400

/** The tenant as if it had but one service in one environment, one after the other: examples are made from each. */
function* singles(knowledge: Knowledge, effect: 'read' | 'write'): Generator<Knowledge> {
  const rank = (environment: string) => {
    const at = (order[effect] as readonly string[]).indexOf(environment)
    return at === -1 ? order[effect].length : at
  }
  for (const service of knowledge.services) {
    const targets = [...service.targets].sort((a, b) => rank(a.environment) - rank(b.environment))
    for (const target of targets) yield { ...knowledge, services: [{ ...service, targets: [target] }] }
  }
}

function* candidates(command: Command, knowledge: Knowledge): Generator<Arguments> {
  const takes = (name: string) => command.words.arguments.some((each) => each.name === name)
  const whole = command.example(knowledge)
  const isBare = whole !== null && Object.keys(whole).length === 0
  if (isBare && takes('cluster')) {
    const clusters = [...knowledge.clusters].sort((a, b) => Number(b.isDefault) - Number(a.isDefault))
    for (const cluster of clusters) yield { cluster: cluster.name }
  } else if (whole && whole.service === undefined && !takes('target')) {
    yield whole
  }
  for (const backupTarget of takes('target') ? knowledge.backupTargets : []) {
    const args = command.example({ ...knowledge, backupTargets: [backupTarget] })
    if (args && args.target === backupTarget.name) yield args
  }
  if (!takes('service') || command.theme === 'me') return
  for (const single of singles(knowledge, command.words.effect)) {
    const [service] = single.services
    const environment = service?.targets[0]?.environment
    if (!service || environment === undefined) continue
    const args = command.example(single)
    if (args) yield { ...args, service: service.name, ...(takes('environment') ? { environment } : {}) }
  }
}

/** The first order of a command that this person may give, those that need nobody's approval first. */
export function exampleOf(source: ExampleSource, command: Command): Example | null {
  let asked: Example | null = null
  let tried = 0
  for (const args of candidates(command, source.knowledge)) {
    tried += 1
    if (tried > mostTried) break
    const { verdict } = source.may(questionOf(command, args, source.knowledge))
    if (verdict === 'no' || (verdict === 'ask' && asked)) continue
    const example: Example = { command, args, verdict, said: source.say(command.words.name, args) }
    if (verdict !== 'ask') return example
    asked = example
  }
  return asked
}

/** Further orders of the same command that this person may give: other services, other environments. */
export function examplesOf(source: ExampleSource, command: Command, most: number): readonly Example[] {
  const found: Example[] = []
  let tried = 0
  for (const args of candidates(command, source.knowledge)) {
    tried += 1
    if (found.length >= most || tried > mostTried) break
    const name = optionalText(args, 'service')
    if (found.some((each) => optionalText(each.args, 'service') === name && name !== undefined)) continue
    const { verdict } = source.may(questionOf(command, args, source.knowledge))
    if (verdict !== 'no') found.push({ command, args, verdict, said: source.say(command.words.name, args) })
  }
  return found
}

/** An order as it is typed: in a channel it begins with a mention, in a direct message it need not. */
export const written = (context: Pick<CommandContext, 'action'>, said: string): string =>
  context.action.place.kind === 'channel' ? `@NOX ${said}` : said

/** A button that gives the order of an example; one that changes something asks once more. */
export function exampleButton(example: Example, knowledge: Knowledge): Button {
  const { command, args, said } = example
  const label = phrase('action.plain', { command: said })
  const does = { kind: 'order', command: command.words.name, args } as const
  if (command.words.effect === 'read') return { label, does }
  return {
    label,
    does,
    confirm: {
      title: phrase('dialog.example.title'),
      text: phrase('dialog.example.text', { action: command.describe(args, knowledge) }),
      verb: phrase('button.go.run'),
    },
  }
}

/** Looks that anybody can take, to begin with: at most so many buttons. */
export function firstLooks(source: ExampleSource, most: number): readonly Example[] {
  const looks = ['status', 'logs', 'whoami', 'usage']
  return looks
    .flatMap((name) => source.allCommands.filter((command) => command.words.name === name))
    .map((command) => exampleOf(source, command))
    .filter((example) => example !== null)
    .slice(0, most)
}
