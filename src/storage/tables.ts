import type { ColumnKit } from './columns.ts'
import { orm } from './drizzle.ts'

/** THE schema, for both databases. A tenant's id comes first in every key of what belongs to one. */
export function defineTables({ table, text, number, flag, primaryKey, index, uniqueIndex }: ColumnKit) {
  /** Who changed a row that admins edit; its version rises with each change. */
  const edition = () => ({
    version: number('version').notNull().default(1),
    changedBy: text('changed_by'),
    changedAt: number('changed_at'),
  })
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
      /** The last number that an action was given. */
      lastNumber: number('last_number').notNull(),
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
    oauthStates: table('oauth_states', {
      state: text('state').primaryKey(),
      data: text('data').notNull(),
      expiresAt: number('expires_at').notNull(),
    }),
    /** Who was invited by e-mail and has not come yet. */
    invitations: table(
      'invitations',
      {
        tenantId: text('tenant_id').notNull(),
        id: text('id').notNull(),
        email: text('email').notNull(),
        /** SHA-256 of the token in the link, hex. */
        tokenHash: text('token_hash').notNull(),
        /** What they become, as JSON. */
        member: text('member').notNull(),
        invitedBy: text('invited_by').notNull(),
        createdAt: number('created_at').notNull(),
        expiresAt: number('expires_at').notNull(),
      },
      (t) => [
        primaryKey({ columns: [t.tenantId, t.id] }),
        uniqueIndex('invitations_email').on(t.tenantId, t.email),
        uniqueIndex('invitations_token').on(t.tenantId, t.tokenHash),
        index('invitations_expiry').on(t.expiresAt),
      ],
    ),
    /** Groups whose people are those of a Slack user group. */
    groupLinks: table(
      'group_links',
      {
        tenantId: text('tenant_id').notNull(),
        group: text('group_name').notNull(),
        userGroupId: text('user_group_id').notNull(),
        handle: text('handle').notNull(),
        trouble: text('trouble'),
        linkedBy: text('linked_by').notNull(),
        syncedAt: number('synced_at'),
      },
      (t) => [primaryKey({ columns: [t.tenantId, t.group] })],
    ),
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
        ...edition(),
      },
      (t) => [
        primaryKey({ columns: [t.tenantId, t.id] }),
        uniqueIndex('members_slack_user').on(t.tenantId, t.slackUserId),
      ],
    ),
    zones: table(
      'zones',
      { tenantId: text('tenant_id').notNull(), id: text('id').notNull(), zone: text('zone').notNull(), ...edition() },
      (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
    ),
    clusters: table(
      'clusters',
      {
        tenantId: text('tenant_id').notNull(),
        id: text('id').notNull(),
        cluster: text('cluster').notNull(),
        /** Beside the JSON, for who looks across tenants for what to watch. */
        watched: flag('watched').notNull().default(false),
        /** Sealed credentials. */
        access: text('access').notNull(),
      },
      (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
    ),
    /** What a tenant pays for, as Stripe told it last. */
    subscriptions: table('subscriptions', {
      tenantId: text('tenant_id').primaryKey(),
      customerId: text('customer_id').notNull(),
      /** JSON; `null` = none yet. */
      subscription: text('subscription'),
      /** Rises with each change. */
      version: number('version').notNull(),
    }),
    /** Events of Stripe that were taken: each counts once. */
    billingEvents: table(
      'billing_events',
      {
        tenantId: text('tenant_id').notNull(),
        id: text('id').notNull(),
        type: text('type').notNull(),
        createdAt: number('created_at').notNull(),
      },
      (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
    ),
    /** What admins were told once: `actions.80 2026-11`. */
    notices: table(
      'notices',
      { tenantId: text('tenant_id').notNull(), key: text('key').notNull(), toldAt: number('told_at').notNull() },
      (t) => [primaryKey({ columns: [t.tenantId, t.key] })],
    ),
    /** Units of a month that the meter was told. */
    metered: table(
      'metered',
      {
        tenantId: text('tenant_id').notNull(),
        period: text('period').notNull(),
        reported: number('reported').notNull(),
        /** What is being told: the same again after a crash. */
        pending: number('pending').notNull(),
      },
      (t) => [primaryKey({ columns: [t.tenantId, t.period] })],
    ),
    /** Problems that were told to NOX, one row for all notifications of each. */
    alerts: table(
      'alerts',
      {
        tenantId: text('tenant_id').notNull(),
        source: text('source').notNull(),
        fingerprint: text('fingerprint').notNull(),
        id: text('id').notNull(),
        state: text('state').notNull(),
        severity: text('severity').notNull(),
        service: text('service'),
        lastAt: number('last_at').notNull(),
        mutedUntil: number('muted_until'),
        stormId: text('storm_id'),
        dueAt: number('due_at'),
        revision: number('revision').notNull(),
        /** The whole of it, as JSON; the columns beside repeat it for queries. */
        kept: text('kept').notNull(),
      },
      (t) => [
        primaryKey({ columns: [t.tenantId, t.source, t.fingerprint] }),
        uniqueIndex('alerts_id').on(t.tenantId, t.id),
        index('alerts_due').on(t.dueAt).where(orm.isNotNull(t.dueAt)),
        index('alerts_last').on(t.tenantId, t.lastAt),
        index('alerts_storm').on(t.tenantId, t.stormId),
      ],
    ),
    /** What happened to problems, the newest of each kept for a while. */
    alertEvents: table(
      'alert_events',
      {
        tenantId: text('tenant_id').notNull(),
        id: text('id').notNull(),
        alertId: text('alert_id').notNull(),
        at: number('at').notNull(),
        what: text('what').notNull(),
        by: text('by'),
      },
      (t) => [
        primaryKey({ columns: [t.tenantId, t.id] }),
        index('alert_events_alert').on(t.tenantId, t.alertId, t.at),
        index('alert_events_at').on(t.tenantId, t.at),
      ],
    ),
    /** Collective messages of alerts that came too fast, by whom they are for. */
    alertStorms: table(
      'alert_storms',
      {
        tenantId: text('tenant_id').notNull(),
        audience: text('audience').notNull(),
        /** Messages that may still be posted one by one, at that moment. */
        tokens: text('tokens').notNull(),
        storm: text('storm'),
      },
      (t) => [primaryKey({ columns: [t.tenantId, t.audience] })],
    ),
    /** Addresses that alerts come in at; the secret of one is kept as its hash alone. */
    alertHooks: table(
      'alert_hooks',
      {
        tenantId: text('tenant_id').notNull(),
        source: text('source').notNull(),
        secretHash: text('secret_hash').notNull(),
        createdBy: text('created_by').notNull(),
        createdAt: number('created_at').notNull(),
      },
      (t) => [primaryKey({ columns: [t.tenantId, t.source] })],
    ),
    /** Routes, rotas, quiet hours and subscriptions, edited as one. */
    alertSettings: table('alert_settings', {
      tenantId: text('tenant_id').primaryKey(),
      settings: text('settings').notNull(),
      ...edition(),
    }),
    /** Work that one process does at a time. */
    claims: table('claims', {
      name: text('name').primaryKey(),
      owner: text('owner').notNull(),
      until: number('until').notNull(),
    }),
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
    integrations: table(
      'integrations',
      {
        tenantId: text('tenant_id').notNull(),
        vendor: text('vendor').notNull(),
        integration: text('integration').notNull(),
        /** Sealed. */
        secrets: text('secrets').notNull(),
        ...edition(),
      },
      (t) => [primaryKey({ columns: [t.tenantId, t.vendor] })],
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
    aliases: table(
      'aliases',
      { tenantId: text('tenant_id').notNull(), name: text('name').notNull(), alias: text('alias').notNull() },
      (t) => [primaryKey({ columns: [t.tenantId, t.name] })],
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
        /** Where an order came from that its words alone do not say, as JSON. */
        origin: text('origin'),
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
        // What is looked for every few seconds: the few that have not ended, not the many that have.
        index('actions_open').on(t.state, t.leaseUntil).where(orm.isNull(t.finishedAt)),
        index('actions_thread').on(t.tenantId, t.conversationId, t.threadTs),
      ],
    ),
    schedules: table(
      'schedules',
      {
        tenantId: text('tenant_id').notNull(),
        /** The id of the order that made it. */
        id: text('id').notNull(),
        /** The number of that order, by which people name it. */
        number: number('number').notNull(),
        ownerId: text('owner_id').notNull(),
        command: text('command').notNull(),
        args: text('args').notNull(),
        language: text('language').notNull(),
        cron: text('cron').notNull(),
        timeZone: text('time_zone').notNull(),
        conversationId: text('conversation_id').notNull(),
        threadTs: text('thread_ts'),
        placeKind: text('place_kind').notNull(),
        state: text('state').notNull(),
        /** `null` unless it is active. */
        nextDueAt: number('next_due_at'),
        lastRunAt: number('last_run_at'),
        createdAt: number('created_at').notNull(),
      },
      (t) => [
        primaryKey({ columns: [t.tenantId, t.id] }),
        uniqueIndex('schedules_number').on(t.tenantId, t.number),
        index('schedules_due').on(t.nextDueAt).where(orm.isNotNull(t.nextDueAt)),
      ],
    ),
    /** Each due time that was taken up: its key keeps a second run from it. */
    scheduleRuns: table(
      'schedule_runs',
      {
        tenantId: text('tenant_id').notNull(),
        scheduleId: text('schedule_id').notNull(),
        dueAt: number('due_at').notNull(),
        /** `null` = it was missed, and told. */
        actionId: text('action_id'),
      },
      (t) => [primaryKey({ columns: [t.tenantId, t.scheduleId, t.dueAt] })],
    ),
    incidents: table(
      'incidents',
      {
        tenantId: text('tenant_id').notNull(),
        /** The id of the order that declared it. */
        id: text('id').notNull(),
        number: number('number').notNull(),
        state: text('state').notNull(),
        openedAt: number('opened_at').notNull(),
        /** `null` once it is resolved. */
        nextUpdateAt: number('next_update_at'),
        incident: text('incident').notNull(),
      },
      (t) => [
        primaryKey({ columns: [t.tenantId, t.id] }),
        uniqueIndex('incidents_number').on(t.tenantId, t.number),
        index('incidents_due').on(t.nextUpdateAt).where(orm.isNotNull(t.nextUpdateAt)),
      ],
    ),
    incidentEvents: table(
      'incident_events',
      {
        tenantId: text('tenant_id').notNull(),
        incidentId: text('incident_id').notNull(),
        id: text('id').notNull(),
        at: number('at').notNull(),
        event: text('event').notNull(),
      },
      (t) => [primaryKey({ columns: [t.tenantId, t.incidentId, t.id] })],
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
    /** Signed ends of what was moved from a tenant's audit log into archive files (docs/decisions/0018). */
    auditCheckpoints: table(
      'audit_checkpoints',
      {
        tenantId: text('tenant_id').notNull(),
        /** The last record that was moved. */
        seq: number('seq').notNull(),
        /** What is signed: canonical JSON. */
        text: text('text').notNull(),
        signature: text('signature').notNull(),
      },
      (t) => [primaryKey({ columns: [t.tenantId, t.seq] })],
    ),
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

export type Tables = ReturnType<typeof defineTables>
