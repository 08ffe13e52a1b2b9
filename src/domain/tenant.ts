import type { Language } from './command-spec.ts'
import type { Look } from './look.ts'

/** Who a tenant is: a company with its people, or one freelance with clients. */
export type TenantKind = 'company' | 'individual'

/** One customer of NOX; nothing ever crosses from one to another. */
export interface Tenant {
  readonly id: string
  readonly kind: TenantKind
  readonly name: string
  /** One of `planIds`, or `trial`; `planAt` tells what holds now. */
  readonly plan: string
  /** When the plan ends by itself (ms since 1970): a trial, or the grace of an unpaid invoice. */
  readonly planUntil?: number | null
  /** The plan that people and integrations were last fitted to. */
  readonly settledPlan?: string | null
  /** The language where a message does not tell. */
  readonly language: Language
  /** An IANA zone: days of quota and cron times are counted in it. */
  readonly timeZone: string
  /** Only admins may make and change aliases. */
  readonly aliasesLocked?: boolean
  /** What NOX posts with where the plan has white-label; `null` = its own name and icon. */
  readonly look?: Look | null
  /** The address that letters about the whole tenant go to; `null` = none was given. */
  readonly contact?: string | null
  readonly createdAt: number
  /** When an admin said who it is for; `null` = nobody has yet. */
  readonly setUpAt?: number | null
}

/** A Slack workspace (or Enterprise Grid org) that installed NOX. Tokens stand encrypted in storage. */
export interface Installation {
  readonly tenantId: string
  /** The enterprise id for an org-wide install, else the team id. */
  readonly workspaceId: string
  readonly isOrgWide: boolean
  readonly appId: string
  readonly botToken: string
  readonly botUserId: string
  readonly botId: string
  readonly scopes: readonly string[]
  readonly installerUserId: string
  readonly installedAt: number
  /** When it joined the tenant of another workspace (ms since 1970); `null` = the tenant began with it. */
  readonly joinedAt?: number | null
  /** Its name when it joined; `null` = that of the tenant. */
  readonly name?: string | null
}

/** A workspace that is to have a tenant of its own again: noted, and not done yet. */
export interface WorkspaceLeaving {
  readonly tenantId: string
  readonly workspaceId: string
  /** Who decided it, as the tenant that is left knows them. */
  readonly by: string
  readonly at: number
}

/** A workspace that asks to belong to a tenant which another workspace began: agreed on by an admin of both. */
export interface WorkspaceJoin {
  /** The tenant that is joined. */
  readonly tenantId: string
  readonly id: string
  /** Who made the code. */
  readonly createdBy: string
  readonly createdAt: number
  /** The code and the request end then (ms since 1970). */
  readonly expiresAt: number
  /** Who asked, once the code was used there; `null` = nobody has yet. */
  readonly asked: {
    readonly workspaceId: string
    readonly workspaceName: string
    readonly userId: string
    readonly userName: string
    /** The tenant that the workspace would leave. */
    readonly fromTenantId: string
  } | null
}

/** The workspaces of a tenant, as an admin sees them. */
export interface WorkspaceList {
  readonly workspaces: readonly Pick<Installation, 'workspaceId' | 'name' | 'joinedAt'>[]
  readonly requests: readonly (WorkspaceJoin & { readonly asked: NonNullable<WorkspaceJoin['asked']> })[]
}
