import type { ColumnKit } from '../columns.ts'
import { editionColumns } from './edition-columns.ts'

/** Who belongs to a tenant and what they may. */
export function peopleTables(kit: ColumnKit) {
  const { table, text, number, primaryKey, index, uniqueIndex } = kit
  return {
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
        ...editionColumns(kit),
      },
      (t) => [
        primaryKey({ columns: [t.tenantId, t.id] }),
        uniqueIndex('members_slack_user').on(t.tenantId, t.slackUserId),
      ],
    ),
    zones: table(
      'zones',
      {
        tenantId: text('tenant_id').notNull(),
        id: text('id').notNull(),
        zone: text('zone').notNull(),
        ...editionColumns(kit),
      },
      (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
    ),
  }
}
