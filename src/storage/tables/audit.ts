import type { ColumnKit } from '../columns.ts'

/** The audit log, and the signed ends of what was moved out of it. */
export function auditTables({ table, text, number, primaryKey }: ColumnKit) {
  return {
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
  }
}
