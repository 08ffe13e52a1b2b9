import type { ClusterAccess } from '../capabilities/clusters.ts'
import type { BackupTarget, Cluster, Service } from '../domain/catalogue.ts'
import { NoxError } from '../errors.ts'
import { cleanRow } from './clean.ts'
import { compareAndSet } from './compare-and-set.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import type { Secrets } from './secrets.ts'
import { backupTargetsStatement, clustersStatement, servicesStatement } from './tenant-statements.ts'
import type { Catalogue } from './types/catalogue.ts'

const byName = new Intl.Collator('en', { numeric: true })
/** By name, as a person looks for them; ids made in one millisecond have no order that lasts. */
export const sorted = <T extends { readonly name: string; readonly id: string }>(named: readonly T[]): readonly T[] =>
  named.toSorted((a, b) => byName.compare(a.name, b.name) || (a.id < b.id ? -1 : 1))

const field = (clusterId: string) => `cluster:${clusterId}`

/** Each thing is a row of JSON; a cluster's credentials stand beside it, sealed for its tenant. */
export function createCatalogue(database: Database, secrets: Secrets): Catalogue {
  const { clusters, services, backupTargets } = database.tables
  const { and, eq } = orm

  return {
    async clusters(tenantId) {
      const rows = await database.read(tenantId, async (tx) => clustersStatement(tx, database).execute({ tenantId }))
      return sorted(rows.map((row) => ({ ...(JSON.parse(row.cluster) as Cluster), tenantId, id: row.id })))
    },
    async services(tenantId) {
      const rows = await database.read(tenantId, async (tx) => servicesStatement(tx, database).execute({ tenantId }))
      return sorted(rows.map((row) => ({ ...(JSON.parse(row.service) as Service), tenantId, id: row.id })))
    },
    async backupTargets(tenantId) {
      const rows = await database.read(tenantId, async (tx) =>
        backupTargetsStatement(tx, database).execute({ tenantId }),
      )
      return sorted(rows.map((row) => ({ ...(JSON.parse(row.target) as BackupTarget), tenantId, id: row.id })))
    },
    async saveCluster(cluster, access) {
      const { tenantId, id } = cluster
      const sealed = access && (await secrets.seal(tenantId, field(id), JSON.stringify(access)))
      const row = cleanRow({
        tenantId,
        id,
        cluster: JSON.stringify(cluster),
        watched: cluster.watchChannel !== undefined,
      })
      await database.write(tenantId, async (tx) => {
        if (sealed !== undefined) {
          await tx
            .insert(clusters)
            .values({ ...row, access: sealed })
            .onConflictDoUpdate({
              target: [clusters.tenantId, clusters.id],
              set: { cluster: row.cluster, watched: row.watched, access: sealed },
            })
          return
        }
        const where = and(eq(clusters.tenantId, tenantId), eq(clusters.id, id))
        const changed = await tx
          .update(clusters)
          .set({ cluster: row.cluster, watched: row.watched })
          .where(where)
          .returning({ id: clusters.id })
        if (changed.length === 0) throw new NoxError('not-found', 'a new cluster needs its credentials')
      })
    },
    async noteCluster(tenantId, clusterId, change) {
      const row = and(eq(clusters.tenantId, tenantId), eq(clusters.id, clusterId))
      return database.write(tenantId, (tx) =>
        compareAndSet(
          {
            read: async () => (await tx.select({ text: clusters.cluster }).from(clusters).where(row))[0]?.text,
            async write(before, next) {
              const updated = await tx
                .update(clusters)
                .set(cleanRow({ cluster: next }))
                .where(and(row, eq(clusters.cluster, before)))
                .returning({ id: clusters.id })
              return updated.length > 0
            },
          },
          (text) => change({ ...(JSON.parse(text) as Cluster), tenantId, id: clusterId }),
        ),
      )
    },
    async removeCluster(tenantId, clusterId) {
      const where = and(eq(clusters.tenantId, tenantId), eq(clusters.id, clusterId))
      await database.write(tenantId, async (tx) => tx.delete(clusters).where(where))
    },
    async clusterAccess(tenantId, clusterId) {
      const where = and(eq(clusters.tenantId, tenantId), eq(clusters.id, clusterId))
      const [row] = await database.read(tenantId, async (tx) =>
        tx.select({ access: clusters.access }).from(clusters).where(where),
      )
      return row ? (JSON.parse(await secrets.open(tenantId, field(clusterId), row.access)) as ClusterAccess) : null
    },
    watchedClusters: () =>
      database.read(null, async (tx) =>
        tx.select({ tenantId: clusters.tenantId, id: clusters.id }).from(clusters).where(eq(clusters.watched, true)),
      ),
    async saveService(service) {
      const row = cleanRow({ tenantId: service.tenantId, id: service.id, service: JSON.stringify(service) })
      const target = [services.tenantId, services.id]
      await database.write(service.tenantId, async (tx) =>
        tx
          .insert(services)
          .values(row)
          .onConflictDoUpdate({ target, set: { service: row.service } }),
      )
    },
    async removeService(tenantId, serviceId) {
      const where = and(eq(services.tenantId, tenantId), eq(services.id, serviceId))
      await database.write(tenantId, async (tx) => tx.delete(services).where(where))
    },
    async saveBackupTarget(backup) {
      const row = cleanRow({ tenantId: backup.tenantId, id: backup.id, target: JSON.stringify(backup) })
      const target = [backupTargets.tenantId, backupTargets.id]
      await database.write(backup.tenantId, async (tx) =>
        tx
          .insert(backupTargets)
          .values(row)
          .onConflictDoUpdate({ target, set: { target: row.target } }),
      )
    },
    async removeBackupTarget(tenantId, targetId) {
      const where = and(eq(backupTargets.tenantId, tenantId), eq(backupTargets.id, targetId))
      await database.write(tenantId, async (tx) => tx.delete(backupTargets).where(where))
    },
  }
}
