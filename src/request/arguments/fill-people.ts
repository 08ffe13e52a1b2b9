import type { Services } from '../../actions/services.ts'
import { optionalText } from '../../commands/arguments.ts'
import type { Command, Knowledge } from '../../commands/command.ts'
import type { Arguments } from '../../domain/command-spec.ts'
import { type Member, roles } from '../../domain/member.ts'
import { phrase } from '../../texts/phrase.ts'
import { type Found, missing, unknownName } from './found.ts'

/** Names offered where somebody is missing. */
const mostOffered = 100

const fold = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase()

/**
 * Who is called so, by the whole name or by the first; never by likeness. People choose their names themselves: whoever
 * is called `Bob` and nothing else is not meant more than Bob Dupont is.
 */
function called(members: readonly Member[], typed: string): readonly Member[] {
  const wanted = fold(typed.replace(/^@/, ''))
  const all = members.filter(({ name }) => fold(name) === wanted || fold(name).split(/\s+/)[0] === wanted)
  const here = all.filter(({ removedAt }) => removedAt === undefined)
  return here.length > 0 ? here : all
}

/** Finds who an order about people means, and gives it their id and whole name. Of two of one name it asks. */
export async function fillPeople(
  services: Services,
  { words }: Command,
  given: Arguments,
  { tenant }: Knowledge,
): Promise<Found> {
  let args = given
  const takes = (argument: string) => words.arguments.some((each) => each.name === argument)
  // `ajoute @bob au groupe seniors`: the one name that is left is the group's.
  if (takes('group') && args.person !== undefined && args.group === undefined && args.name !== undefined) {
    const { name, ...rest } = args
    args = { ...rest, group: name }
  }
  const open = words.arguments.find(
    ({ name, required, unless = [] }) =>
      required && name !== 'person' && args[name] === undefined && !unless.some((each) => args[each] !== undefined),
  )
  if (words.name === 'invite') {
    const invited = optionalText(args, 'person')
    if (invited === undefined) return open ? missing(args, open.name, []) : { kind: 'complete', args }
    const id = invited === 'me' ? '' : invited
    return { kind: 'complete', args: { ...args, name: await services.people.nameOf(tenant.id, id) } }
  }
  const members = await services.storage.members.list(tenant.id)
  const offered = members.slice(0, mostOffered).map(({ name }) => name)
  const id = optionalText(args, 'person')
  const typed = optionalText(args, 'name')
  const found =
    id !== undefined
      ? members.filter(({ slackUserId }) => slackUserId === id)
      : typed === undefined
        ? []
        : called(members, typed)
  const [member, ...others] = found
  if (!member && id !== undefined) return { kind: 'told', args, phrase: phrase('people.unknown') }
  if (!member && typed === undefined) return missing(args, 'name', offered)
  if (!member) return unknownName(args, 'name', typed ?? '', offered)
  if (others.length > 0) return { kind: 'told', args, phrase: phrase('people.several', { name: typed ?? '' }) }
  args = { ...args, person: member.slackUserId, name: member.name }
  if (open) return missing(args, open.name, open.name === 'role' ? roles : [])
  return { kind: 'complete', args }
}
