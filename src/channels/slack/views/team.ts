import type { ActionType } from '../../../domain/command-spec.ts'
import type { GroupLink } from '../../../domain/group-link.ts'
import type { Invitation } from '../../../domain/invitation.ts'
import type { Member } from '../../../domain/member.ts'
import { type Phrase, phrase, type Value } from '../../../texts/phrase.ts'
import { plainPhrase } from '../../../texts/render.ts'
import { plain, type SlackBlock } from '../blocks/block-kit.ts'
import { limits } from '../blocks/limits.ts'
import type { Drawing } from './drawing.ts'
import { controls, opener, overflow, pageBlocks, pageOf, perPage } from './list.ts'
import { followedBlocks } from './user-groups.ts'

export interface TeamData {
  readonly members: readonly Member[]
  readonly isIndividual: boolean
  /** True for who may change them. */
  readonly manages: boolean
  readonly page: number
  /** One member alone, found by name. */
  readonly only: Member | null
  /** Whom an admin removed, for who manages users, the last one first. */
  readonly removed: readonly Member[]
  /** Open invitations by e-mail, for who manages users. */
  readonly invitations: readonly Invitation[]
  /** Groups that follow Slack user groups, for who may choose them; `null` = may not. */
  readonly followed: readonly GroupLink[] | null
}

/** So many removed people are shown; of more it is said how many. */
const mostRemoved = 5
/** So many open invitations are shown; of more it is said how many. */
const mostInvitations = 10
/** What a member may do, in one line: so many kinds, and how many more. */
const shownTypes = 3

/** Who belongs to the tenant, with their role and groups; for those who manage users also their limits and ⋯. */
export function teamBlocks(data: TeamData, draw: Drawing): SlackBlock[] {
  const { members, manages, only } = data
  const { entries, from } = only ? { entries: [only], from: 0 } : pageOf(members, data.page)
  return [
    draw.header(titleOf(data)),
    ...(members.length > perPage ? [searchBlock(draw, only !== null)] : []),
    ...(members.length < 2 && manages
      ? [draw.section(phrase(data.isIndividual ? 'team.alone.guests' : 'team.alone'))]
      : []),
    ...entries.map((member) =>
      draw.section(memberLine(member, manages), manages ? memberMenu(draw, member, data.isIndividual) : undefined),
    ),
    ...(only ? [] : pageBlocks(draw, members.length, from)),
    ...(manages && !only ? invitationBlocks(draw, data.invitations) : []),
    ...(manages && !only ? removedBlocks(draw, data.removed) : []),
    ...(data.followed && !only ? followedBlocks(draw, data.followed) : []),
    ...(manages
      ? [
          controls([
            opener(draw, 'team.invite', 'button.invite', 'primary'),
            ...(data.followed ? [opener(draw, 'team.follow', 'button.follow')] : []),
          ]),
        ]
      : []),
  ]
}

/** A freelance counts guests, and not oneself. */
function titleOf({ members, isIndividual }: TeamData): Phrase {
  const guests = members.filter(({ role }) => role === 'guest').length
  return isIndividual && guests === members.length - 1
    ? phrase('team.title.guests', { n: guests })
    : phrase('team.title', { n: members.length })
}

function invitationBlocks(draw: Drawing, invitations: readonly Invitation[]): SlackBlock[] {
  if (invitations.length === 0) return []
  const more = invitations.length - mostInvitations
  return [
    draw.header(phrase('invite.open', { n: invitations.length })),
    ...invitations.slice(0, mostInvitations).map(({ id, email, member, expiresAt }) => {
      const until = { kind: 'time', at: expiresAt, as: 'date' } as const
      const line = phrase('invite.line', { email, role: phrase(`role.${member.role}`), until })
      const menu = overflow(draw, `team.invitation.${id}`, [
        ['button.resend', 'resend'],
        ['button.revoke', 'revoke'],
      ])
      return draw.section(line, menu)
    }),
    ...(more > 0 ? [draw.context(phrase('invite.more', { n: more }))] : []),
  ]
}

/** Who was removed, with the way back. */
function removedBlocks(draw: Drawing, removed: readonly Member[]): SlackBlock[] {
  if (removed.length === 0) return []
  const more = removed.length - mostRemoved
  return [
    draw.header(phrase('team.removed', { n: removed.length })),
    ...removed.slice(0, mostRemoved).map(({ id, name, removedAt = 0 }) => {
      const ago = { kind: 'time', at: removedAt, as: 'ago' } as const
      return draw.section(
        phrase('team.removed.line', { name, ago }),
        opener(draw, `team.return.${id}`, 'button.bringBack'),
      )
    }),
    ...(more > 0 ? [draw.context(phrase('team.removed.more', { n: more }))] : []),
  ]
}

function searchBlock(draw: Drawing, isFound: boolean): SlackBlock {
  const placeholder = plain(plainPhrase(phrase('team.find'), draw.language), limits.placeholder)
  const menu = { type: 'external_select', action_id: 'find.member', placeholder, min_query_length: 1 }
  const elements = [menu, ...(isFound ? [opener(draw, 'page.0', 'button.all')] : [])]
  return controls(elements, 'find')
}

/** A freelance has no groups. */
const memberMenu = (draw: Drawing, member: Member, isIndividual: boolean) =>
  overflow(draw, `team.member.${member.id}`, [
    ['button.role', 'role'],
    ...(isIndividual ? [] : [['button.groups', 'groups'] as const]),
    ['button.limits', 'limits'],
    ['button.access', 'access'],
    ['button.remove', 'remove'],
  ])

const groupsIn = (of: readonly string[], isGuest: boolean): Value => {
  if (of.length > 0) return phrase('whoami.groups', { groups: of.join(', ') })
  return isGuest ? phrase('whoami.groups', { groups: phrase('team.noProject') }) : ''
}

/** `*Carol Nguyen* · member · developers, seniors`, and what limits her. */
export function memberLine(member: Member, withLimits: boolean): Phrase {
  const { name, projects, groups } = member
  const of = member.role === 'guest' ? projects : groups
  const who = phrase('whoami.title', {
    name,
    role: phrase(`role.${member.role}`),
    groups: groupsIn(of, member.role === 'guest'),
  })
  if (!withLimits) return who
  const end =
    member.until === undefined ? '' : phrase('team.until', { until: { kind: 'time', at: member.until, as: 'date' } })
  const closed = member.restrictedResources
  return phrase('team.member', {
    who,
    day: phrase('team.perDay', { n: member.maxActionsPerDay }),
    types: typesInWords(member.allowedActionTypes),
    closed: closed.length > 0 ? phrase('team.closed', { closed: { kind: 'list', items: closed } }) : '',
    end,
  })
}

function typesInWords(types: readonly (ActionType | '*')[]): Value {
  if (types.includes('*')) return phrase('team.anyType')
  if (types.length === 0) return phrase('team.noType')
  const names = types.flatMap((type) => (type === '*' ? [] : [phrase(`type.${type}`)]))
  // More than a few are read in the form of limits.
  if (names.length <= shownTypes + 1) return { kind: 'list', items: names }
  const first = { kind: 'list', items: names.slice(0, shownTypes) } as const
  return phrase('team.types', { first, more: phrase('people.more', { n: names.length - shownTypes }) })
}
