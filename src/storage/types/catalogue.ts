import type { ClusterAccess } from '../../capabilities/clusters.ts'
import type { BackupTarget, Cluster, Service } from '../../domain/catalogue.ts'

/** Clusters with their encrypted credentials, services and backup targets. */
export interface Catalogue {
  clusters(tenantId: string): Promise<readonly Cluster[]>
  services(tenantId: string): Promise<readonly Service[]>
  backupTargets(tenantId: string): Promise<readonly BackupTarget[]>
  /** `access` absent = the credentials stay as they are. */
  saveCluster(cluster: Cluster, access?: ClusterAccess): Promise<void>
  /**
   * Changes what NOX itself notes of a cluster, on top of what others change at the same moment; credentials stay.
   * @param change from how it stands; `null` = it stays; may be asked more than once
   * @returns how it stands after a change; `null` = nothing was changed
   */
  noteCluster(tenantId: string, clusterId: string, change: (stands: Cluster) => Cluster | null): Promise<Cluster | null>
  removeCluster(tenantId: string, clusterId: string): Promise<void>
  clusterAccess(tenantId: string, clusterId: string): Promise<ClusterAccess | null>
  /** Clusters of all tenants that NOX watches. */
  watchedClusters(): Promise<readonly { readonly tenantId: string; readonly id: string }[]>
  /** Clusters of all tenants that are noted as silent. */
  silentClusters(): Promise<readonly { readonly tenantId: string; readonly id: string }[]>
  saveService(service: Service): Promise<void>
  removeService(tenantId: string, serviceId: string): Promise<void>
  saveBackupTarget(target: BackupTarget): Promise<void>
  removeBackupTarget(tenantId: string, targetId: string): Promise<void>
}
