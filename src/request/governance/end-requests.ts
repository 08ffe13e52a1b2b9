import { auditEntry, describeAction } from '../../actions/frames.ts'
import type { Services } from '../../actions/services.ts'
import { tellEnd } from '../../actions/tell-end.ts'
import type { Member } from '../../domain/member.ts'
import { phrase } from '../../texts/phrase.ts'

/** Requests that one person may have open: as many as a list gives. */
const atOnce = 1_000

/** What a removed member asked for and still waits ends: told in its thread, audited, nothing started. */
export async function endRequests(services: Services, member: Member, byUserId: string): Promise<void> {
  const { tenantId, slackUserId: userId } = member
  const { ledger } = services.storage
  const { knowledge } = await services.knowledge.snapshot(tenantId)
  const person = await services.people.nameOf(tenantId, byUserId)
  for (const action of await ledger.list(tenantId, { userId, states: ['waiting'], limit: atOnce })) {
    const now = services.now()
    const audit = auditEntry(action, 'cancelled', now, { rule: 'member.removed' }, byUserId)
    const ending = { state: 'cancelled', audit, giveBack: true, now } as const
    if (!(await ledger.settle(tenantId, action.id, ending))) continue
    const words = { action: describeAction(services, knowledge, action), person }
    const title = phrase('team.ended', { ...words, requester: member.name })
    await tellEnd(services, action, { kind: 'outcome', title }).catch((error: unknown) =>
      services.log.warn({ err: error, tenant: tenantId, action: action.id }, 'an ended request could not be told'),
    )
  }
}
