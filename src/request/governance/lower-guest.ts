import { adminsOf } from '../../actions/admins.ts'
import type { Services } from '../../actions/services.ts'
import { withRole } from '../../permissions/index.ts'
import { phrase } from '../../texts/phrase.ts'
import { differences } from './differences.ts'
import { administrationEntry } from './guard.ts'

/** What gives a person a role by somebody's own decision. */
const decisions = ['member.role', 'member.invite', 'invitation.accept'] as const
/** Records of each that are looked through. */
const mostRecords = 500
const mostAdmins = 3

/**
 * Who is a guest in Slack is one here: a member who was stored before that was known becomes one, with a record, and
 * admins are told. Whom somebody of the tenant made a member themselves stays one.
 */
export async function lowerGuest(services: Services, tenantId: string, userId: string): Promise<void> {
  const { storage, knowledge, messenger, log } = services
  const known = await knowledge.member(tenantId, userId)
  if (known?.role !== 'member' || known.removedAt !== undefined) return
  if (await isDecided(services, tenantId, userId)) return
  const edition = await storage.members.edition(tenantId, known.id)
  if (edition?.value.role !== 'member' || edition.value.removedAt !== undefined) return
  const { tenant } = (await knowledge.snapshot(tenantId)).knowledge
  const after = withRole(edition.value, tenant.kind, 'guest', [])
  const details = { member: userId, ...differences(edition.value, after), rule: 'guest.slack' }
  const about = { command: 'member.role', resource: after.name, result: 'changed', details } as const
  const entry = administrationEntry(services.now(), 'nox', about)
  if ((await storage.members.change(after, edition.version, entry)) !== 'changed') return
  knowledge.drop(tenantId)
  const person = await services.people.nameOf(tenantId, userId)
  const tell = (to: string, answer: Parameters<typeof messenger.direct>[3]) =>
    messenger
      .direct(tenantId, to, tenant.language, answer)
      .catch((error: unknown) => log.warn({ err: error, tenant: tenantId }, 'a guest who was lowered went untold'))
  const lines = [phrase('team.lowered.next', { tab: phrase(tenant.kind === 'individual' ? 'tab.guests' : 'tab.team') })]
  for (const admin of (await adminsOf(services, tenantId)).slice(0, mostAdmins)) {
    await tell(admin.slackUserId, { kind: 'notice', title: phrase('team.lowered', { person }), lines })
  }
  await tell(userId, { kind: 'notice', title: phrase('team.told.lowered', { tenant: tenant.name }) })
}

async function isDecided({ storage }: Services, tenantId: string, userId: string): Promise<boolean> {
  for (const command of decisions) {
    const records = await storage.audit.list(tenantId, { command, result: 'changed', limit: mostRecords })
    if (records.some(({ actor, details }) => actor !== 'nox' && details.member === userId)) return true
  }
  return false
}
