import type { Services } from '../../actions/services.ts'
import type { AlertIntake } from '../../capabilities/alert-intake.ts'
import type { ClusterTrouble, TroubleKind } from '../../capabilities/cluster-trouble.ts'
import type { Knowledge } from '../../commands/command.ts'
import type { Alert, AlertRoute, KeptAlert, Severity } from '../../domain/alert.ts'
import type { Cluster } from '../../domain/catalogue.ts'
import { phrase } from '../../texts/phrase.ts'
import { plainPhrase } from '../../texts/render.ts'
import type { TroubleSink } from '../watch/watch-clusters.ts'

const source = 'kubernetes'
/** The label by which the alerts of one cluster are known. */
const clusterLabel = 'cluster_id'

/** What may pass by itself is a warning; what no longer serves, or can't be seen, is more. */
const severities: Readonly<Record<TroubleKind, Severity>> = {
  crash: 'error',
  memory: 'error',
  image: 'error',
  start: 'error',
  pending: 'warning',
  rollout: 'warning',
  node: 'error',
  blind: 'error',
}

/** Hands the troubles of clusters to those who tell alerts. */
export function createTroubleSink(services: Services, intake: AlertIntake): TroubleSink {
  const { storage, knowledge, now } = services
  const { alerts } = storage
  const isOf = ({ alert }: KeptAlert, { id }: Cluster) => alert.labels[clusterLabel] === id

  const resolve = async (cluster: Cluster, over: readonly KeptAlert[]) => {
    if (over.length === 0) return
    await intake.receive(
      cluster.tenantId,
      over.map(({ alert }): Alert => ({ ...alert, state: 'resolved', at: now() })),
    )
  }
  const open = async (cluster: Cluster) =>
    (await alerts.firingOf(cluster.tenantId, source)).filter((kept) => isOf(kept, cluster))

  return {
    async began(cluster, trouble) {
      const alert = alertOf(cluster, trouble, (await knowledge.snapshot(cluster.tenantId)).knowledge)
      const known = await alerts.ofFingerprint(cluster.tenantId, source, alert.fingerprint)
      // A watch that begins anew tells again what it sees.
      if (known?.alert.state === 'firing') return
      // What was over is new now, whatever the cluster's clock says.
      await intake.receive(cluster.tenantId, [known ? { ...alert, at: now() } : alert])
    },
    async ended(cluster, key) {
      const known = await alerts.ofFingerprint(cluster.tenantId, source, fingerprintOf(cluster, key))
      if (known?.alert.state === 'firing') await resolve(cluster, [known])
    },
    async synced(cluster, keys) {
      const still = new Set(keys.map((key) => fingerprintOf(cluster, key)))
      await resolve(
        cluster,
        (await open(cluster)).filter(({ alert }) => !still.has(alert.fingerprint)),
      )
    },
    dropped: async (cluster) => resolve(cluster, await open(cluster)),
  }
}

/** The channels that admins chose for the troubles of clusters, as routes of alerts. */
export function watchRoutes(clusters: readonly Cluster[]): readonly AlertRoute[] {
  return clusters.flatMap(({ id, name, watchChannel }) => {
    if (watchChannel === undefined) return []
    const open = { severities: [], services: [], environments: [], hours: null, people: [], rota: null }
    const labels = { [clusterLabel]: id }
    return [{ ...open, id: `cluster ${id}`, name, labels, channel: watchChannel, escalateAfter: null, escalateTo: [] }]
  })
}

const fingerprintOf = ({ id }: Cluster, key: string): string => `${id} ${key}`

function alertOf(cluster: Cluster, trouble: ClusterTrouble, { tenant, services }: Knowledge): Alert {
  const { object, pod, clusterWord, kind } = trouble
  const what = object.namespace === null ? object.name : `${object.namespace}/${object.name}`
  const placed = services.flatMap(({ name, targets }) =>
    targets
      .filter(
        (target) =>
          object.kind === 'Deployment' &&
          target.clusterId === cluster.id &&
          target.namespace === object.namespace &&
          target.deployment === object.name,
      )
      .map(({ environment }) => ({ service: name, environment })),
  )[0]
  const only = cluster.environments.length === 1 ? cluster.environments[0] : undefined
  return {
    source,
    fingerprint: fingerprintOf(cluster, trouble.key),
    title: plainPhrase(phrase('trouble.title', { word: clusterWord, what, cluster: cluster.name }), tenant.language),
    summary: plainPhrase(trouble.sentence, tenant.language),
    severity: severities[kind],
    service: placed?.service ?? null,
    environment: placed?.environment ?? only ?? null,
    labels: {
      [clusterLabel]: cluster.id,
      cluster: cluster.name,
      kind: object.kind,
      name: object.name,
      reason: clusterWord,
      ...(object.namespace === null ? {} : { namespace: object.namespace }),
      ...(pod === null ? {} : { pod }),
    },
    links: [],
    state: 'firing',
    at: trouble.since,
  }
}
