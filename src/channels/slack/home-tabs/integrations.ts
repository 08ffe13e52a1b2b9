import type { Cluster } from '../../../domain/catalogue.ts'
import { mayConfigure } from '../../../permissions/index.ts'
import type { TextKey } from '../../../texts/keys.ts'
import { phrase } from '../../../texts/phrase.ts'
import type { SlackChannel } from '../channel.ts'
import { administrationBlocks, type Configured } from '../views/home-administration.ts'
import { vendorBlocks, vendorEntry } from '../views/home-vendors.ts'
import type { Tab } from './tab.ts'

/** Clusters, the service catalogue, backups and vendors; those who may configure have their controls. */
export const integrationsTab: Tab = {
  name: 'integrations',
  mayOpen: (member) => member.role !== 'guest',
  async read({ channel, tenantId, member, snapshot, draw }) {
    const controls = mayConfigure(member)
    const [vendors, clusters] = await Promise.all([
      channel.vendors.list(tenantId),
      channel.storage.catalogue.clusters(tenantId),
    ])
    return [
      ...administrationBlocks(configuredOf({ ...snapshot.knowledge, clusters }), draw, controls),
      ...vendorBlocks(vendors.map(vendorEntry), draw, controls),
    ]
  },
}

type Known = Awaited<ReturnType<SlackChannel['knowledge']['snapshot']>>['knowledge']

function configuredOf(known: Known): Configured {
  const list = (names: readonly string[]) =>
    ({ kind: 'environments', names: names.length > 0 ? names : ['–'] }) as const
  return {
    clusters: known.clusters.map((cluster) => {
      const { id, name, environments, checkedAt, failingSince = checkedAt } = cluster
      const ago = failingSince === null ? '–' : ({ kind: 'time', at: failingSince, as: 'ago' } as const)
      return { id, name, line: phrase(clusterLine(cluster), { name, environments: list(environments), ago }) }
    }),
    services: known.services.map(({ id, name, targets }) => {
      const words = { name, environments: list(targets.map((target) => target.environment)) }
      const isThere = (cluster: { readonly id: string }) => targets.some(({ clusterId }) => clusterId === cluster.id)
      const clusters = known.clusters.filter(isThere).map((cluster) => cluster.name)
      // Of several, as of several clients, one wants to know which.
      const line =
        known.clusters.length < 2 || clusters.length === 0
          ? phrase('home.services.line', words)
          : phrase('home.services.line.on', { ...words, clusters: { kind: 'list', items: clusters } })
      return { id, name, line }
    }),
    backups: known.backupTargets.map(({ id, name, environment, cronJob }) => ({
      id,
      name,
      line: phrase('home.backups.line', { name, env: environment, cronJob }),
    })),
  }
}

/** How a cluster stands, in a sentence. */
function clusterLine({ watchChannel, pausedAt, failingSince, failingFor }: Cluster): TextKey {
  if (pausedAt !== undefined) return 'home.clusters.paused'
  if (failingSince !== undefined)
    return failingFor === undefined ? 'home.clusters.failing' : `home.clusters.failing.${failingFor}`
  return watchChannel === undefined ? 'home.clusters.line' : 'home.clusters.line.watched'
}
