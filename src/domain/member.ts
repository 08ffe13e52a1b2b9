import type { ActionType } from './command-spec.ts'

export const roles = ['admin', 'member', 'guest'] as const
export type Role = (typeof roles)[number]

/** What setting NOX itself up takes: to belong to the team, to manage users, the right to configure, or to be an admin. */
export type Need = 'member' | 'people' | 'configure' | 'admin'

/** The flags that a member carries, each set by an admin. */
export const memberFlags = [
  'canManageUsers',
  'canConfigureIntegrations',
  'canManageBilling',
  'canManageActionZones',
  'canManageAgents',
  'canViewAnalytics',
  'canUseAllAgents',
  'canUseSlackBot',
  'canUseTeamsBot',
  'canUsePlatform',
  'canRequestDeployments',
  'canViewLogs',
  'canReceiveAlerts',
  'canUseNOX',
  'canUseATLAS',
  'canUseCIRRUS',
] as const

export type MemberFlag = (typeof memberFlags)[number]

/** A person of a tenant. */
export interface Member {
  readonly tenantId: string
  readonly id: string
  readonly slackUserId: string
  readonly name: string
  readonly role: Role
  /** Group names: `developers`, `seniors`. */
  readonly groups: readonly string[]
  readonly flags: Readonly<Record<MemberFlag, boolean>>
  /** Actions that count, a day of the tenant's time zone; at least 1. */
  readonly maxActionsPerDay: number
  readonly allowedActionTypes: readonly (ActionType | '*')[]
  /** Resource patterns that are closed to this person: `prod-db`, `*-db`. */
  readonly restrictedResources: readonly string[]
  /** For guests: the projects (service or cluster patterns) that they may look at. */
  readonly projects: readonly string[]
  /** When their access ends by itself (ms since 1970); absent = never. */
  readonly until?: number
  /** When an admin removed them (ms since 1970): nothing is open to them any more. */
  readonly removedAt?: number
  /** The workspace that they left the tenant with: once it is back, so are they, with their first word. */
  readonly leftWith?: string
  /** Since when the plan has no place for them (ms since 1970): they may look at what is theirs, and order nothing. */
  readonly pausedAt?: number
}
