import type { ActionType } from './command-spec.ts'

export type Role = 'admin' | 'member' | 'guest'

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
}
