import { adminsOf } from '../actions/admins.ts'
import type { Services } from '../actions/services.ts'
import type { TenantSnapshot } from '../actions/tenant-knowledge.ts'
import type { Command } from '../commands/command.ts'
import { type ExampleSource, exampleButton, exampleOf, firstLooks } from '../commands/examples.ts'
import { featureOf, type Gap, notInVersion } from '../commands/feature.ts'
import { gapAnswer } from '../commands/gap-answer.ts'
import type { Answer, Button } from '../domain/answer.ts'
import type { Language, ParseResult } from '../domain/command-spec.ts'
import type { Member } from '../domain/member.ts'
import { decide } from '../permissions/index.ts'
import { phrase } from '../texts/phrase.ts'

/** Who wrote, and what their tenant has. */
export interface Writer {
  readonly member: Member
  readonly snapshot: TenantSnapshot
}

/** Examples beside the help button (the message book, 3.6). */
const mostExamples = 3

const helpButton: Button = { label: phrase('button.help'), does: { kind: 'order', command: 'help', args: {} } }

/** What examples for this person are made from. */
export const exampleSource = (services: Services, { member, snapshot }: Writer, language: Language): ExampleSource => ({
  knowledge: snapshot.knowledge,
  may: (question) => decide(member, snapshot.zones, question),
  allCommands: services.commands,
  say: (command, args) => services.say(command, args, language),
})

/** Nothing was understood: the nearest orders that this person may give, with names of their own. */
export function unknownAnswer(services: Services, writer: Writer, parsed: ParseResult): Answer {
  const source = exampleSource(services, writer, parsed.language)
  const near = (parsed.suggestions ?? [])
    .map((name) => services.findCommand(name))
    .filter((command) => command !== undefined)
  if (near.length === 0) {
    return { kind: 'question', title: phrase('question.notAnOrder'), buttons: [helpButton] }
  }
  const [word] = parsed.leftover ?? []
  const buttons = nearButtons(source, near, writer)
  return {
    kind: 'question',
    title: phrase('question.unknownCommand'),
    ...(word === undefined
      ? {}
      : { lines: [phrase('question.leftover', { word: (parsed.leftover ?? []).join(' ') })] }),
    buttons: [...buttons, helpButton],
  }
}

/** The nearest commands, each by an example; one that is closed to this person by its page of the help. */
function nearButtons(source: ExampleSource, near: readonly Command[], { snapshot }: Writer): readonly Button[] {
  const buttons = near.slice(0, mostExamples).map((command): Button => {
    const example = exampleOf(source, command)
    if (example) return exampleButton(example, snapshot.knowledge)
    const args = { topic: command.words.name }
    return {
      label: phrase('action.plain', { command: source.say('help', args) }),
      does: { kind: 'order', command: 'help', args },
    }
  })
  const others = firstLooks(source, mostExamples)
    .filter((example) => !near.includes(example.command))
    .map((example) => exampleButton(example, snapshot.knowledge))
  return [...buttons, ...others].slice(0, mostExamples)
}

/** A command that does not run in this version. */
export const notHereAnswer = (command: string): Answer => ({
  kind: 'question',
  title: notInVersion(command),
  buttons: [helpButton],
})

/** An order for which the tenant lacks something that an admin sets up. */
export async function gapRefusal(
  services: Services,
  { member }: Writer,
  command: Command,
  gap: Gap,
  actionId: string,
): Promise<Answer> {
  const admins = async () => (await adminsOf(services, member.tenantId)).map((each) => each.name)
  const feature = featureOf(command.words.name)
  const { lines, buttons } = await gapAnswer({ member, admins, action: { id: actionId } }, gap, feature)
  const [title = feature, ...rest] = lines
  return { kind: 'question', title, lines: rest, buttons: [...buttons, helpButton] }
}
