import type { Services } from '../../actions/services.ts'
import type { Member } from '../../domain/member.ts'
import type { Places } from '../../storage/types/members.ts'

/**
 * Who left the tenant with their workspace is a member of it again, as that workspace is: on record, and paused where the
 * plan has no place left. Whom an admin removed by name stays removed.
 */
export async function comeBack({ storage, now }: Services, member: Member, places: Places): Promise<Member> {
  const { tenantId, slackUserId } = member
  const audit = {
    at: now(),
    actor: slackUserId,
    actionId: null,
    actionNumber: null,
    command: 'member.return',
    environment: null,
    resource: member.name,
    result: 'changed',
    details: { member: slackUserId, role: member.role },
  } as const
  const admitted = await storage.members.admit(member, audit, places)
  if (admitted === 'full') {
    const paused = await storage.members.admit({ ...member, pausedAt: now() }, audit)
    if (paused !== null && paused !== 'full') return paused
  } else if (admitted !== null) return admitted
  return (await storage.members.findBySlackId(tenantId, slackUserId)) ?? member
}
