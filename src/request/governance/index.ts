import type { Services } from '../../actions/services.ts'
import type { UserGroups } from '../../domain/user-groups.ts'
import { type AnalyticsReader, createAnalytics } from './analytics.ts'
import { type AuditBrowser, createAuditBrowser } from './audit-browser.ts'
import { createGroupFollower, type GroupFollower } from './follow-groups.ts'
import { createGuard, type Guard } from './guard.ts'
import { createInvitations, type Invitations } from './invite.ts'
import { createMailInvitations, type MailInvitations } from './invite-by-mail.ts'
import { createGroupLinking, type GroupLinking } from './link-groups.ts'
import { createSetup, type Setup } from './setup.ts'
import { createTeam, type Team } from './team.ts'
import { createWorkspaceDesk, type WorkspaceDesk } from './workspaces.ts'
import { createZoneEditor, type ZoneEditor } from './zones.ts'

export {
  type Analytics,
  type AnalyticsPeriod,
  analyticsPeriods,
  maySeeAnalytics,
  shownTallies,
} from './analytics.ts'
export { type AuditBrowser, type AuditSearch, auditPeriods, auditResults } from './audit-browser.ts'
export type { ExportFormat } from './audit-export.ts'
export { type MemberPart, memberParts } from './check-member.ts'
export type { Joined, MailInvitations, Visitor } from './invite-by-mail.ts'
export { mayLinkGroups } from './link-groups.ts'
export { isAdmin, type Moved } from './moved.ts'
export { maySetUp, type Setup, setupKey } from './setup.ts'
export type { EditedRow, Saved, Team } from './team.ts'
export type { WorkspaceDesk } from './workspaces.ts'
export { mayManageZones, newRow, type Previewed, type ZoneEditor, type ZonePart, zoneParts } from './zones.ts'

/** What a tenant's people administer in App Home. Each call checks rights anew and leaves its records. */
export interface Governance {
  readonly guard: Guard
  readonly team: Team
  readonly linking: GroupLinking
  readonly follower: GroupFollower
  readonly invitations: Invitations
  /** Absent = nobody can sign in here to follow an invitation. */
  readonly byMail?: MailInvitations
  readonly zones: ZoneEditor
  readonly audit: AuditBrowser
  readonly setup: Setup
  readonly analytics: AnalyticsReader
  readonly workspaces: WorkspaceDesk
}

/** @param invitationLink the address of an invitation's page; absent = there are none by e-mail */
export function createGovernance(
  services: Services,
  userGroups: UserGroups,
  invitationLink?: (tenantId: string, token: string) => string,
): Governance {
  const guard = createGuard(services)
  const follower = createGroupFollower(services, userGroups)
  const byMail = invitationLink && createMailInvitations(services, guard, invitationLink)
  return {
    guard,
    follower,
    linking: createGroupLinking(services, guard, userGroups, follower),
    team: createTeam(services, guard),
    invitations: createInvitations(services, guard, byMail),
    ...(byMail ? { byMail } : {}),
    zones: createZoneEditor(services, guard),
    audit: createAuditBrowser(services, guard),
    setup: createSetup(services, guard),
    analytics: createAnalytics(services, guard),
    workspaces: createWorkspaceDesk(services, guard),
  }
}
