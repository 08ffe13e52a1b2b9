import type { ColumnKit } from './columns.ts'

/** THE schema, for both databases. A tenant's id comes first in every key of what belongs to one. */
export function defineTables({ table, text, number, flag, primaryKey, index, uniqueIndex }: ColumnKit) {
  return {
    tenants: table('tenants', {
      id: text('id').primaryKey(),
      kind: text('kind').notNull(),
      name: text('name').notNull(),
      plan: text('plan').notNull(),
      language: text('language').notNull(),
      timeZone: text('time_zone').notNull(),
      createdAt: number('created_at').notNull(),
      /** The last number that an action was given. */
      lastNumber: number('last_number').notNull(),
      /** The tenant's data key, wrapped by a master key. */
      dataKey: text('data_key').notNull(),
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
      },
      (t) => [index('installations_tenant').on(t.tenantId)],
    ),
    oauthStates: table('oauth_states', {
      state: text('state').primaryKey(),
      data: text('data').notNull(),
      expiresAt: number('expires_at').notNull(),
    }),
    members: table(
      'members',
      {
        tenantId: text('tenant_id').notNull(),
        id: text('id').notNull(),
        slackUserId: text('slack_user_id').notNull(),
        name: text('name').notNull(),
        role: text('role').notNull(),
        /** The rest of a member, as JSON. */
        rights: text('rights').notNull(),
      },
      (t) => [
        primaryKey({ columns: [t.tenantId, t.id] }),
        uniqueIndex('members_slack_user').on(t.tenantId, t.slackUserId),
      ],
    ),
    zones: table(
      'zones',
      { tenantId: text('tenant_id').notNull(), id: text('id').notNull(), zone: text('zone').notNull() },
      (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
    ),
    clusters: table(
      'clusters',
      {
        tenantId: text('tenant_id').notNull(),
        id: text('id').notNull(),
        cluster: text('cluster').notNull(),
        /** Sealed credentials. */
        access: text('access').notNull(),
      },
      (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
    ),
    services: table(
      'services',
      { tenantId: text('tenant_id').notNull(), id: text('id').notNull(), service: text('service').notNull() },
      (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
    ),
    backupTargets: table(
      'backup_targets',
      { tenantId: text('tenant_id').notNull(), id: text('id').notNull(), target: text('target').notNull() },
      (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
    ),
    channelDefaults: table(
      'channel_defaults',
      {
        tenantId: text('tenant_id').notNull(),
        conversationId: text('conversation_id').notNull(),
        value: text('value').notNull(),
      },
      (t) => [primaryKey({ columns: [t.tenantId, t.conversationId] })],
    ),
    quotas: table(
      'quotas',
      {
        tenantId: text('tenant_id').notNull(),
        /** A member's id for a day, `*` for the tenant's month. */
        subject: text('subject').notNull(),
        period: text('period').notNull(),
        used: number('used').notNull(),
      },
      (t) => [primaryKey({ columns: [t.tenantId, t.subject, t.period] })],
    ),
    actions: table(
      'actions',
      {
        tenantId: text('tenant_id').notNull(),
        id: text('id').notNull(),
        number: number('number').notNull(),
        eventId: text('event_id').notNull(),
        memberId: text('member_id').notNull(),
        userId: text('user_id').notNull(),
        conversationId: text('conversation_id').notNull(),
        threadTs: text('thread_ts'),
        placeKind: text('place_kind').notNull(),
        messageTs: text('message_ts'),
        command: text('command').notNull(),
        args: text('args').notNull(),
        language: text('language').notNull(),
        environment: text('environment'),
        resource: text('resource'),
        plan: text('plan').notNull(),
        state: text('state').notNull(),
        waitingFor: text('waiting_for'),
        waiting: text('waiting'),
        fence: number('fence').notNull(),
        leaseUntil: number('lease_until'),
        expiresAt: number('expires_at'),
        step: text('step'),
        cancelRequestedBy: text('cancel_requested_by'),
        /** Periods of the quotas that were taken, until they are given back. */
        quotaDay: text('quota_day'),
        quotaMonth: text('quota_month'),
        createdAt: number('created_at').notNull(),
        startedAt: number('started_at'),
        finishedAt: number('finished_at'),
      },
      (t) => [
        primaryKey({ columns: [t.tenantId, t.id] }),
        uniqueIndex('actions_event').on(t.tenantId, t.eventId),
        uniqueIndex('actions_number').on(t.tenantId, t.number),
        index('actions_open').on(t.state, t.leaseUntil),
        index('actions_thread').on(t.tenantId, t.conversationId, t.threadTs),
      ],
    ),
    audit: table(
      'audit',
      {
        tenantId: text('tenant_id').notNull(),
        seq: number('seq').notNull(),
        /** The canonical text that is hashed; the columns beside repeat it for queries. */
        text: text('text').notNull(),
        previousHash: text('previous_hash').notNull(),
        hash: text('hash').notNull(),
        at: number('at').notNull(),
        actor: text('actor').notNull(),
        command: text('command').notNull(),
        environment: text('environment'),
        resource: text('resource'),
        result: text('result').notNull(),
      },
      (t) => [primaryKey({ columns: [t.tenantId, t.seq] })],
    ),
  }
}

export type Tables = ReturnType<typeof defineTables>
