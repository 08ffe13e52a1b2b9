import { type Member, type MemberFlag, memberFlags, type Role } from '../domain/member.ts'
import type { TenantKind } from '../domain/tenant.ts'
import type { Zone } from '../domain/zone.ts'
import { zonePresets } from './zone-presets.ts'

type Identity = Pick<Member, 'tenantId' | 'id' | 'slackUserId' | 'name'>

const flagsOf = (open: readonly MemberFlag[] | 'all'): Record<MemberFlag, boolean> => {
  const entries = memberFlags.map((flag) => [flag, open === 'all' || open.includes(flag)] as const)
  return Object.fromEntries(entries) as Record<MemberFlag, boolean>
}

/** What an internal user of a company may use. */
const internal: readonly MemberFlag[] = [
  'canUseSlackBot',
  'canUsePlatform',
  'canRequestDeployments',
  'canViewLogs',
  'canReceiveAlerts',
  'canUseNOX',
]
const guest: readonly MemberFlag[] = ['canUseSlackBot', 'canViewLogs', 'canUseNOX']

/** A new member with the defaults of the tenant's kind and of their role. */
export function defaultMember(kind: TenantKind, role: Role, identity: Identity): Member {
  const base = { ...identity, role, groups: [], projects: [], restrictedResources: [] }
  if (role === 'guest') {
    return { ...base, flags: flagsOf(guest), maxActionsPerDay: 50, allowedActionTypes: ['logs', 'status'] }
  }
  if (role === 'admin' || kind === 'individual') {
    return { ...base, flags: flagsOf('all'), maxActionsPerDay: 100, allowedActionTypes: ['*'] }
  }
  return {
    ...base,
    groups: ['developers'],
    flags: flagsOf(internal),
    maxActionsPerDay: 50,
    allowedActionTypes: ['deploy', 'logs', 'status'],
    restrictedResources: ['prod-db'],
  }
}

/** A member in another role: its limits and access are those that the role begins with; closed resources stay closed. */
export function withRole(member: Member, kind: TenantKind, role: Role, projects: readonly string[]): Member {
  const { tenantId, id, slackUserId, name, groups, restrictedResources } = member
  const fresh = defaultMember(kind, role, { tenantId, id, slackUserId, name })
  const closed = [...new Set([...restrictedResources, ...fresh.restrictedResources])]
  if (role === 'guest') return { ...fresh, projects, restrictedResources: closed }
  return { ...fresh, groups: groups.length > 0 ? groups : fresh.groups, restrictedResources: closed }
}

/** What is left of a member who was removed: nothing is open to them, in no way. */
export const asRemoved = (member: Member, at: number): Member => ({
  ...member,
  role: 'member',
  groups: [],
  projects: [],
  flags: flagsOf([]),
  allowedActionTypes: [],
  removedAt: at,
})

/** A member as they are at this moment: whose time has ended is as good as removed. */
export const memberAt = (member: Member, now: number): Member =>
  member.until !== undefined && member.removedAt === undefined && member.until <= now
    ? asRemoved(member, member.until)
    : member

/** A senior: a developer to whom production, restarts, replicas and backups are open. */
export function asSenior(member: Member): Member {
  return {
    ...member,
    groups: [...new Set([...member.groups, 'seniors'])],
    allowedActionTypes: ['deploy', 'restart', 'scale', 'backup', 'logs', 'status', 'approve', 'audit'],
  }
}

/**
 * What a tenant begins with. A company: every developer deploys to staging and development, only seniors to production;
 * everybody looks. A freelance has no groups: the same zones, open to whoever is no guest.
 */
export function defaultZones(tenantId: string, newId: () => string, kind: TenantKind = 'company'): readonly Zone[] {
  const nothing = { kind: 'nothing' } as const
  const zone = (name: string, rest: Pick<Zone, 'environments' | 'actions' | 'grants'>): Zone => ({
    tenantId,
    id: newId(),
    name,
    resources: ['*'],
    ...rest,
    ...(kind === 'individual' ? { grants: [{ group: '*', requirement: nothing }] } : {}),
  })
  return [
    ...zonePresets.seniors.map(({ name, ...rest }) => zone(name, rest)),
    zone('backups', {
      environments: ['*'],
      actions: ['backup'],
      grants: [{ group: 'seniors', requirement: nothing }],
    }),
    zone('builds, tickets', {
      environments: ['*'],
      actions: ['ci', 'ticket'],
      grants: [{ group: 'developers', requirement: nothing }],
    }),
    zone('schedules, incidents', {
      environments: ['*'],
      actions: ['schedule', 'incident'],
      grants: [{ group: 'developers', requirement: nothing }],
    }),
    zone('look', {
      environments: ['*'],
      actions: ['logs', 'status', 'metrics', 'alerts', 'docs'],
      grants: [{ group: '*', requirement: nothing }],
    }),
  ]
}
