import type { Services } from '../../actions/services.ts'
import type { Knowledge } from '../../commands/command.ts'
import { findBackupTarget, findService } from '../../commands/find-target.ts'
import type { Answer } from '../../domain/answer.ts'
import type { ParsedOrder } from '../../domain/command-spec.ts'
import type { Member } from '../../domain/member.ts'
import { decide } from '../../permissions/index.ts'
import { phrase } from '../../texts/phrase.ts'
import { helpButton, partButton, type Writer } from './not-understood.ts'

const look = { command: 'status', action: 'status', effect: 'read', environment: null } as const
/** Buttons for the names that are known. */
const mostButtons = 4

/** The name that tells an order of a list (`web et web-b`) from the others. */
const nameIn = ({ args }: ParsedOrder): string => String(args.service ?? args.target ?? '')

/** The orders of a list about things that this person may know of. */
export const knownOf = <T extends ParsedOrder>({ snapshot, member }: Writer, orders: readonly T[]): readonly T[] =>
  orders.filter((order) => {
    // Of environments alone (`status en staging et en prod`) the thread tells, or NOX asks.
    if (nameIn(order) === '') return true
    const resources = resourcesOf(snapshot.knowledge, order)
    return resources.length > 0 && maySee(member, resources)
  })

function resourcesOf(knowledge: Knowledge, { args }: ParsedOrder): readonly string[] {
  const thing =
    args.service === undefined
      ? findBackupTarget(knowledge, String(args.target))
      : findService(knowledge, String(args.service))
  if (!thing) return []
  const places: readonly string[] =
    'targets' in thing ? thing.targets.map(({ clusterId }) => clusterId) : [thing.clusterId]
  return [thing.name, ...knowledge.clusters.filter(({ id }) => places.includes(id)).map(({ name }) => name)]
}

/** Zones open nothing to guests; others are told what is closed to them. */
const maySee = (member: Member, resources: readonly string[]): boolean =>
  member.role !== 'guest' || decide(member, [], { ...look, resources }).verdict !== 'no'

/** ✋ names of a list that fit nothing: the others are offered one by one. */
export function listAnswer(
  services: Services,
  { snapshot }: Writer,
  orders: readonly ParsedOrder[],
  known: readonly ParsedOrder[],
  language: 'fr' | 'en',
): Answer {
  const unknown = [...new Set(orders.filter((order) => !known.includes(order)).map(nameIn))]
  const buttons = known.slice(0, mostButtons).map((order) => {
    const label = phrase('action.plain', { command: services.say(order.command, order.args, language) })
    return partButton(services, snapshot.knowledge, order, { label, verb: phrase('button.go.run') })
  })
  return {
    kind: 'question',
    title: phrase('question.leftover', { word: unknown.join(', ') }),
    ...(buttons.length > 0 ? { lines: [phrase('question.leftover.each')] } : {}),
    buttons: [...buttons, helpButton],
  }
}
