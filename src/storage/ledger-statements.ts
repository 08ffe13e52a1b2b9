import { builtOnce, placeholders } from './built-once.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'

// What every order needs, built once for a connection.

/** The last number that was given: actions stay for as long as their tenant does. */
export const lastNumberStatement = builtOnce(['number'], (tx, { tables: { actions, tenants } }) => {
  const { number, tenantId } = actions
  const last = orm.sql<number>`(select ${number} from ${actions} where ${tenantId} = ${tenants.id} order by ${number} desc limit 1)`
  return tx
    .select({ number: orm.sql<number>`coalesce(${last}, 0)` })
    .from(tenants)
    .where(orm.eq(tenants.id, orm.sql.placeholder('tenantId')))
    .prepare('last_number')
})

/** The lease of the row is how long it lasts (ms): its end is told by the database. */
export const insertStatement = builtOnce(['id'], (tx, { tables: { actions }, moment }) =>
  tx
    .insert(actions)
    .values({ ...placeholders(actions), leaseUntil: orm.sql`${moment} + ${orm.sql.placeholder('leaseUntil')}` })
    .onConflictDoNothing({ target: [actions.tenantId, actions.eventId] })
    .returning({ id: actions.id })
    .prepare('insert_action'),
)

const value = (name: string) => orm.sql`${orm.sql.placeholder(name)}`

/** An action that runs under a fence, as placeholders. */
const heldBy = ({ tables: { actions } }: Database) =>
  orm.and(
    orm.eq(actions.tenantId, orm.sql.placeholder('tenantId')),
    orm.eq(actions.id, orm.sql.placeholder('id')),
    orm.eq(actions.fence, orm.sql.placeholder('fence')),
    orm.eq(actions.state, 'running'),
  )

export const messageStatement = builtOnce(['id'], (tx, database) =>
  tx
    .update(database.tables.actions)
    .set({ messageTs: value('messageTs') })
    .where(heldBy(database))
    .returning({ id: database.tables.actions.id })
    .prepare('set_message'),
)

export const finishStatement = builtOnce(['id', 'memberId', 'quotaDay', 'quotaMonth'], (tx, database) => {
  const { actions } = database.tables
  const { id, memberId, quotaDay, quotaMonth } = actions
  return tx
    .update(actions)
    .set({
      state: value('state'),
      finishedAt: value('now'),
      messageTs: orm.sql`coalesce(${orm.sql.placeholder('messageTs')}, ${actions.messageTs})`,
      leaseUntil: null,
      waitingFor: null,
    })
    .where(heldBy(database))
    .returning({ id, memberId, quotaDay, quotaMonth })
    .prepare('finish_action')
})
