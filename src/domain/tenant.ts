import type { Language } from './command-spec.ts'

/** Who a tenant is: a company with its people, or one freelance with clients. */
export type TenantKind = 'company' | 'individual'

/** One customer of NOX; nothing ever crosses from one to another. */
export interface Tenant {
  readonly id: string
  readonly kind: TenantKind
  readonly name: string
  readonly plan: string
  /** The language where a message does not tell. */
  readonly language: Language
  /** An IANA zone: days of quota and cron times are counted in it. */
  readonly timeZone: string
  readonly createdAt: number
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
}
