import type { Incident, IncidentEvent } from '../domain/incident.ts'
import { clampLimit, cleanRow } from './clean.ts'
import type { Database, Tx } from './database.ts'
import { orm } from './drizzle.ts'
import type { Tables } from './tables.ts'
import type { Incidents } from './types/incidents.ts'

type Row = Tables['incidents']['$inferSelect']

const toIncident = ({ incident, ...row }: Row): Incident => ({
  ...(JSON.parse(incident) as Incident),
  tenantId: row.tenantId,
  id: row.id,
  state: row.state as Incident['state'],
  nextUpdateAt: row.nextUpdateAt,
})

const toRow = (incident: Incident): Row => {
  const { tenantId, id, number, state, openedAt, nextUpdateAt } = incident
  return cleanRow({ tenantId, id, number, state, openedAt, nextUpdateAt, incident: JSON.stringify(incident) })
}

/** One row of JSON an incident, and one an event of its timeline, which counts once by its id. */
export function createIncidents(database: Database): Incidents {
  const { incidents, incidentEvents } = database.tables
  const { and, asc, desc, eq, gte, inArray, isNotNull, lte } = orm
  const mine = (tenantId: string, id: string) => and(eq(incidents.tenantId, tenantId), eq(incidents.id, id))
  const one = async (tenantId: string, where: ReturnType<typeof eq>) => {
    const own = and(eq(incidents.tenantId, tenantId), where)
    const [row] = await database.read(tenantId, async (tx) => tx.select().from(incidents).where(own))
    return row ? toIncident(row) : null
  }
  const add = (tx: Tx, tenantId: string, incidentId: string, event: IncidentEvent) =>
    tx
      .insert(incidentEvents)
      .values(cleanRow({ tenantId, incidentId, id: event.id, at: event.at, event: JSON.stringify(event) }))
      .onConflictDoNothing({ target: [incidentEvents.tenantId, incidentEvents.incidentId, incidentEvents.id] })

  return {
    async create(incident, event) {
      await database.write(incident.tenantId, async (tx) => {
        const target = [incidents.tenantId, incidents.id]
        await tx.insert(incidents).values(toRow(incident)).onConflictDoNothing({ target })
        await add(tx, incident.tenantId, incident.id, event)
      })
    },
    find: (tenantId, id) => one(tenantId, eq(incidents.id, id)),
    findByNumber: (tenantId, number) => one(tenantId, eq(incidents.number, number)),
    async list(tenantId, { states, since, limit }) {
      const rows = await database.read(tenantId, async (tx) =>
        tx
          .select()
          .from(incidents)
          .where(
            and(
              eq(incidents.tenantId, tenantId),
              inArray(incidents.state, [...states]),
              since === undefined ? undefined : gte(incidents.openedAt, since),
            ),
          )
          .orderBy(desc(incidents.number))
          .limit(clampLimit(limit)),
      )
      return rows.map(toIncident)
    },
    change: (incident, from, event) =>
      database.write(incident.tenantId, async (tx) => {
        const { tenantId, id } = incident
        await database.lockTenant(tx, tenantId)
        const changed = await tx
          .update(incidents)
          .set(toRow(incident))
          .where(and(mine(tenantId, id), inArray(incidents.state, [...from])))
          .returning({ id: incidents.id })
        if (changed.length === 0) return false
        await add(tx, tenantId, id, event)
        return true
      }),
    amend: (tenantId, id, change, event) =>
      database.write(tenantId, async (tx) => {
        await database.lockTenant(tx, tenantId)
        const [row] = await tx.select().from(incidents).where(mine(tenantId, id))
        if (!row) return null
        const incident = { ...toIncident(row), ...change }
        await tx.update(incidents).set(toRow(incident)).where(mine(tenantId, id))
        if (event) await add(tx, tenantId, id, event)
        return incident
      }),
    async addEvent(tenantId, id, event) {
      await database.write(tenantId, async (tx) => add(tx, tenantId, id, event))
    },
    async events(tenantId, id, limit) {
      const rows = await database.read(tenantId, async (tx) =>
        tx
          .select()
          .from(incidentEvents)
          .where(and(eq(incidentEvents.tenantId, tenantId), eq(incidentEvents.incidentId, id)))
          .orderBy(asc(incidentEvents.at), asc(incidentEvents.id))
          .limit(clampLimit(limit)),
      )
      return rows.map(({ event }) => JSON.parse(event) as IncidentEvent)
    },
    async listDue(now, limit) {
      const seen = await database.read(null, async (tx) =>
        tx
          .select({ tenantId: incidents.tenantId, id: incidents.id, dueAt: incidents.nextUpdateAt })
          .from(incidents)
          .where(and(isNotNull(incidents.nextUpdateAt), lte(incidents.nextUpdateAt, now)))
          .orderBy(asc(incidents.nextUpdateAt))
          .limit(clampLimit(limit)),
      )
      return seen.map((each) => ({ ...each, dueAt: each.dueAt ?? now }))
    },
    async moveUpdate(tenantId, id, from, to) {
      const stands = and(mine(tenantId, id), eq(incidents.nextUpdateAt, from))
      const moved = await database.write(tenantId, async (tx) =>
        tx.update(incidents).set({ nextUpdateAt: to }).where(stands).returning({ id: incidents.id }),
      )
      return moved.length === 1
    },
  }
}
