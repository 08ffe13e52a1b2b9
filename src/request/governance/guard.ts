import type { Services } from '../../actions/services.ts'
import type { AuditEntry } from '../../domain/audit-record.ts'
import type { Member } from '../../domain/member.ts'
import type { Tenant } from '../../domain/tenant.ts'
import { memberAt } from '../../permissions/index.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { findMember } from '../people/find-member.ts'

/** The rights of whoever administers, and the records that they leave. */
export interface Guard {
  /** The member that speaks, made on the first word. */
  memberOf(tenantId: string, userId: string): Promise<{ readonly tenant: Tenant; readonly member: Member }>
  /** As `memberOf`, with the rights that stand in the database now. */
  memberNow(tenantId: string, userId: string): Promise<{ readonly tenant: Tenant; readonly member: Member }>
  /** `null` = may, by the rights of now; else who may, and a record of the attempt. */
  refusal(tenantId: string, userId: string, command: string, rule: string, may: May): Promise<Phrase | null>
  /** Records an attempt that was refused; gives the sentence. */
  refuse(tenantId: string, userId: string, attempt: Attempt, say: Phrase): Promise<Phrase>
}

export type May = (member: Member) => boolean

/** What someone tried, and the rule that was in the way. */
export interface Attempt {
  readonly command: string
  readonly rule: string
  readonly resource?: string | null
}

/** What the audit log says of an administration: no action of the ledger stands behind it. */
export function administrationEntry(
  at: number,
  actor: string,
  about: Pick<AuditEntry, 'command' | 'resource' | 'result'> & Partial<Pick<AuditEntry, 'details' | 'environment'>>,
): AuditEntry {
  return { environment: null, details: {}, ...about, at, actor, actionId: null, actionNumber: null }
}

/** Reads the member's row at each question, as rights in memory may be some seconds old. */
export function createGuard(services: Services): Guard {
  const { storage, knowledge } = services

  async function memberOf(tenantId: string, userId: string) {
    const { tenant } = (await knowledge.snapshot(tenantId)).knowledge
    return { tenant, member: await findMember(services, tenant, userId) }
  }

  async function memberNow(tenantId: string, userId: string) {
    const { tenant, member } = await memberOf(tenantId, userId)
    const now = await storage.members.find(tenantId, member.id)
    return { tenant, member: now ? memberAt(now, services.now()) : member }
  }

  async function refuse(tenantId: string, userId: string, attempt: Attempt, say: Phrase) {
    const { command, rule, resource = null } = attempt
    const about = { command, resource, result: 'refused', details: { rule } } as const
    await storage.audit.append(tenantId, administrationEntry(services.now(), userId, about))
    return say
  }

  return {
    memberOf,
    memberNow,
    refuse,
    async refusal(tenantId, userId, command, rule, may) {
      const { member } = await memberNow(tenantId, userId)
      if (may(member)) return null
      const names = (await storage.members.list(tenantId)).filter(may).map((each) => each.name)
      return refuse(
        tenantId,
        userId,
        { command, rule },
        phrase('form.adminsOnly', { people: { kind: 'people', names } }),
      )
    },
  }
}
