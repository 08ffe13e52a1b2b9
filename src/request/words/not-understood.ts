import { adminsOf } from '../../actions/admins.ts'
import { describeAction } from '../../actions/frames.ts'
import type { Services } from '../../actions/services.ts'
import type { TenantSnapshot } from '../../actions/tenant-knowledge.ts'
import type { Command, Knowledge } from '../../commands/command.ts'
import { type ExampleSource, exampleButton, exampleOf, firstLooks } from '../../commands/examples.ts'
import { featureOf, type Gap, notInVersion } from '../../commands/feature.ts'
import { findBackupTarget, findCluster, findService } from '../../commands/find-target.ts'
import { gapAnswer } from '../../commands/gap-answer.ts'
import type { Answer, Button } from '../../domain/answer.ts'
import type { Language, ParsedOrder, ParseResult } from '../../domain/command-spec.ts'
import type { Member } from '../../domain/member.ts'
import { decide } from '../../permissions/index.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'

/** Who wrote, and what their tenant has. */
export interface Writer {
  readonly member: Member
  readonly snapshot: TenantSnapshot
}

/** Examples beside the help button (the message book, 3.6). */
const mostExamples = 3

/** Leads to the help. */
export const helpButton: Button = { label: phrase('button.help'), does: { kind: 'order', command: 'help', args: {} } }

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
  const [meant] = parsed.suggestions ?? []
  const looks = () =>
    firstLooks(source, mostExamples).map((example) => exampleButton(example, writer.snapshot.knowledge))
  if (parsed.isPolite) {
    return { kind: 'question', title: phrase('question.polite'), buttons: [...looks(), helpButton] }
  }
  if (parsed.isNoOrder) {
    const pages = near.slice(0, mostExamples).map((command) => pageButton(source, command))
    return { kind: 'question', title: phrase('question.notAnOrder'), buttons: [...pages, helpButton] }
  }
  if (near.length === 0) {
    if (meant !== undefined) return notHereAnswer(meant)
    return { kind: 'question', title: phrase('question.notAnOrder'), buttons: [...looks(), helpButton] }
  }
  if (parsed.without && services.findCommand(parsed.without.command) && isAboutKnown(writer, parsed.without)) {
    return leftoverAnswer(services, writer.snapshot.knowledge, parsed.without, parsed.leftover ?? [])
  }
  const buttons = nearButtons(source, near, writer)
  return { kind: 'question', title: phrase('question.unknownCommand'), buttons: [...buttons, helpButton] }
}

/** What is about nothing that is known here was not understood. A guest is not told what there is. */
function isAboutKnown(
  { member, snapshot: { knowledge } }: Writer,
  { args: { service, target } }: ParsedOrder,
): boolean {
  if (member.role === 'guest') return true
  if (typeof target === 'string' && target !== 'all' && !findBackupTarget(knowledge, target)) return false
  return typeof service !== 'string' || [findService, findCluster].some((find) => find(knowledge, service))
}

/** ✋ a word that fits nothing: the order goes on without it where the person says so. */
export function leftoverAnswer(
  services: Services,
  knowledge: Knowledge,
  order: ParsedOrder,
  leftover: readonly string[],
): Answer {
  const action = describeAction(services, knowledge, order)
  const verb = phrase('button.without')
  return {
    kind: 'question',
    title: phrase('question.leftover', { word: leftover.join(' ') }),
    lines: [phrase('question.leftover.rest', { action })],
    buttons: [partButton(services, knowledge, order, { label: verb, verb }), helpButton],
  }
}

/** Gives an order that is only a part of what was written; a write is said in full first. @param verb agrees to it */
export function partButton(
  services: Services,
  knowledge: Knowledge,
  { command, args }: ParsedOrder,
  { label, verb }: { readonly label: Phrase; readonly verb: Phrase },
): Button {
  const text = phrase('dialog.example.text', { action: describeAction(services, knowledge, { command, args }) })
  const confirm = { title: phrase('dialog.example.title'), text, verb }
  const isWrite = services.findCommand(command)?.words.effect !== 'read'
  return { label, does: { kind: 'order', command, args }, ...(isWrite ? { confirm } : {}) }
}

/** The nearest commands, each by an example; one that is closed to this person by its page of the help. */
function nearButtons(source: ExampleSource, near: readonly Command[], { snapshot }: Writer): readonly Button[] {
  const buttons = near.slice(0, mostExamples).map((command): Button => {
    const example = exampleOf(source, command)
    if (example) return exampleButton(example, snapshot.knowledge)
    return pageButton(source, command)
  })
  const others = firstLooks(source, mostExamples)
    .filter((example) => !near.includes(example.command))
    .map((example) => exampleButton(example, snapshot.knowledge))
  return [...buttons, ...others].slice(0, mostExamples)
}

/** Leads to the page of the help about a command. */
function pageButton(source: ExampleSource, command: Command): Button {
  const args = { topic: command.words.name }
  return {
    label: phrase('action.plain', { command: source.say('help', args) }),
    does: { kind: 'order', command: 'help', args },
  }
}

/** A command that does not run in this version, or in Home alone. */
export const notHereAnswer = (command: string): Answer => ({
  kind: 'question',
  title: notInVersion(command),
  buttons: [helpButton],
})

/** An order for which the tenant lacks something that an admin sets up. */
export async function gapRefusal(
  services: Services,
  { member, snapshot }: Writer,
  command: Command,
  gap: Gap,
  actionId: string,
): Promise<Answer> {
  const admins = async () => (await adminsOf(services, member.tenantId)).map((each) => each.name)
  const feature = featureOf(command.words.name)
  const { lines, buttons } = await gapAnswer(
    { member, admins, action: { id: actionId }, knowledge: snapshot.knowledge },
    gap,
    feature,
  )
  const [title = feature, ...rest] = lines
  return { kind: 'question', title, lines: rest, buttons: [...buttons, helpButton] }
}
