import type { ColumnKit } from '../columns.ts'

/** Who changed a row that admins edit; its version rises with each change. */
export const editionColumns = ({ text, number }: ColumnKit) => ({
  version: number('version').notNull().default(1),
  changedBy: text('changed_by'),
  changedAt: number('changed_at'),
})
