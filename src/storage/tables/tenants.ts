import type { ColumnKit } from '../columns.ts'

/** A tenant, the workspaces that it has, and the end of it. */
export function tenantsTables({ table, text, number, flag, primaryKey, index }: ColumnKit) {
  return {
    tenants: table('tenants', {
      id: text('id').primaryKey(),
      kind: text('kind').notNull(),
      name: text('name').notNull(),
      plan: text('plan').notNull(),
      planUntil: number('plan_until'),
      settledPlan: text('settled_plan'),
      /** The name and the icon that NOX posts with, as JSON; null = its own. */
      look: text('look'),
      language: text('language').notNull(),
      timeZone: text('time_zone').notNull(),
      createdAt: number('created_at').notNull(),
      setUpAt: number('set_up_at'),
      /** The tenant's data key, wrapped by a master key. */
      dataKey: text('data_key').notNull(),
      /** True where only admins may make and change aliases. */
      aliasesLocked: flag('aliases_locked').notNull().default(false),
      /** The address that letters about the whole tenant go to: once NOX is uninstalled, Slack carries none. */
      contact: text('contact'),
    }),
    installations: table(
      'installations',
      {
        workspaceId: text('workspace_id').primaryKey(),
        tenantId: text('tenant_id').notNull(),
        isOrgWide: flag('is_org_wide').notNull(),
        appId: text('app_id').notNull(),
        /** Sealed; empty once uninstalled. */
        botToken: text('bot_token').notNull(),
        botUserId: text('bot_user_id').notNull(),
        botId: text('bot_id').notNull(),
        scopes: text('scopes').notNull(),
        installerUserId: text('installer_user_id').notNull(),
        installedAt: number('installed_at').notNull(),
        isInstalled: flag('is_installed').notNull(),
        /** When it joined the tenant of another workspace; null = the tenant began with it. */
        joinedAt: number('joined_at'),
        name: text('name'),
        /** Who has it leave the tenant that it joined, and since when, as JSON; null = nobody. */
        leaving: text('leaving'),
      },
      (t) => [index('installations_tenant').on(t.tenantId)],
    ),
    /** Workspaces that are to join a tenant: a code until it is used, a request until it is decided. */
    workspaceJoins: table(
      'workspace_joins',
      {
        tenantId: text('tenant_id').notNull(),
        id: text('id').notNull(),
        /** SHA-256 of the code, hex; null once it was used. */
        codeHash: text('code_hash'),
        createdBy: text('created_by').notNull(),
        createdAt: number('created_at').notNull(),
        expiresAt: number('expires_at').notNull(),
        /** Who asked, as JSON. */
        asked: text('asked'),
      },
      (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
    ),
    /** A data key of the installation itself: whichever master keys a process has, they must open it. */
    masterKeyProofs: table('master_key_proofs', {
      name: text('name').primaryKey(),
      /** Wrapped by the master key that the database was first used with, or the one of the last rotation. */
      dataKey: text('data_key').notNull(),
    }),
    oauthStates: table('oauth_states', {
      state: text('state').primaryKey(),
      data: text('data').notNull(),
      expiresAt: number('expires_at').notNull(),
    }),
    /** Tenants that uninstalled NOX and whose data goes, or went: all that stays of them. */
    purges: table('purges', {
      /** The tenant's id. */
      id: text('id').primaryKey(),
      dueAt: number('due_at').notNull(),
      /** How often its admins were told; how many letters were taken. */
      announced: number('announced').notNull().default(0),
      startedAt: number('started_at'),
      endedAt: number('ended_at'),
      /** Rows that were deleted. */
      rows: number('rows').notNull().default(0),
    }),
  }
}
