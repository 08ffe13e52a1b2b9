import type { Member } from '../domain/member.ts'
import type { Zone } from '../domain/zone.ts'
import { grantsFor } from './ability.ts'
import { decide } from './decide.ts'
import type { Question } from './question.ts'

/** Who may do this at once (or after a confirmation of their own), and who with an approval. */
export function whoMay(
  members: readonly Member[],
  zones: readonly Zone[],
  question: Question,
): { readonly directly: readonly Member[]; readonly withApproval: readonly Member[] } {
  const verdictOf = (member: Member) => decide(member, zones, question).verdict
  return {
    directly: members.filter((member) => verdictOf(member) === 'yes' || verdictOf(member) === 'confirm'),
    withApproval: members.filter((member) => verdictOf(member) === 'ask'),
  }
}

/**
 * May this person approve what the requester asked for? Those may who could do it themselves, and the group that a
 * zone names; never the requester, never a guest, never someone to whom it is closed.
 */
export function mayApprove(
  member: Member,
  zones: readonly Zone[],
  question: Question,
  requesterUserId: string,
): boolean {
  if (member.slackUserId === requesterUserId || member.role === 'guest') return false
  const { verdict, rule } = decide(member, zones, question)
  if (verdict === 'yes' || verdict === 'confirm') return true
  if (verdict === 'no' && rule !== 'type' && !rule.startsWith('zone')) return false
  return grantsFor(zones, question).some(
    ({ requirement }) => requirement.kind === 'approval' && member.groups.includes(requirement.group),
  )
}
