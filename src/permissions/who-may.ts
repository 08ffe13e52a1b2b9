import type { Member } from '../domain/member.ts'
import type { Zone } from '../domain/zone.ts'
import { grantsFor } from './ability.ts'
import { decide } from './decide.ts'
import type { Decision, Question } from './question.ts'

/** Who may do this at once (or after a confirmation of their own), and who with an approval, asked for or ordered. */
export function whoMay(
  members: readonly Member[],
  zones: readonly Zone[],
  question: Question,
): { readonly directly: readonly Member[]; readonly withApproval: readonly Member[] } {
  const waysOf = (member: Member) => wayOf(decide(member, zones, question))
  return {
    directly: members.filter((member) => waysOf(member) === 'directly'),
    withApproval: members.filter((member) => waysOf(member) === 'approval'),
  }
}

/** What a decision comes to for the person: a refusal that an approval can lift counts as one that asks for it. */
export function wayOf({ verdict, canAsk }: Decision): 'directly' | 'approval' | 'closed' {
  if (verdict === 'yes' || verdict === 'confirm') return 'directly'
  return verdict === 'ask' || canAsk ? 'approval' : 'closed'
}

/**
 * May this person approve what the requester asked for? Those may who could do it themselves, and the group that a
 * zone names; never the requester, never a guest, never someone to whom it is closed. `group`: whose approval was asked
 * for; a zone may name others for other people's requests.
 */
export function mayApprove(
  member: Member,
  zones: readonly Zone[],
  question: Question,
  requesterUserId: string,
  group?: string,
): boolean {
  if (member.slackUserId === requesterUserId || member.role === 'guest') return false
  const { verdict, rule } = decide(member, zones, question)
  if (verdict === 'yes' || verdict === 'confirm') return true
  if (rule === 'zone.freeze') return false
  if (verdict === 'no' && rule !== 'type' && !rule.startsWith('zone')) return false
  return grantsFor(zones, question).some(
    ({ requirement }) =>
      requirement.kind === 'approval' &&
      (group === undefined || requirement.group === group) &&
      member.groups.includes(requirement.group),
  )
}
