import { monotonicFactory } from 'ulid'
import type { ActionType } from '../../domain/command-spec.ts'
import type { Vendor } from '../../domain/integration.ts'
import type { Member } from '../../domain/member.ts'
import { asSenior, defaultMember, defaultZones } from '../../permissions/index.ts'
import type { SeededEstate } from '../../sandbox/seed-clusters.ts'
import type { PersonSeed, WorkspaceSeed } from '../../sandbox/workspaces.ts'
import type { Nox } from '../create-nox.ts'

/** Lists are sorted by id: what is made within one millisecond must not change places. */
const ulid = monotonicFactory()

/** A vendor as an admin would have connected it by now. */
export interface SeededVendor {
  readonly vendor: Vendor
  readonly account: string
  readonly owners?: readonly string[]
  readonly settings: Readonly<Record<string, string>>
  readonly secrets: Readonly<Record<string, string>>
}

/** Fills a sandbox tenant: its people with their roles, its clusters, its catalogue. */
export async function seedTenant(
  nox: Nox,
  workspace: WorkspaceSeed,
  estate: SeededEstate,
  urlOf: (cluster: string) => string,
  vendors: readonly SeededVendor[],
  watch: boolean,
): Promise<void> {
  const { storage, services } = nox
  const tenantId = await storage.installations.tenantOf(workspace.id)
  if (tenantId === null) throw new TypeError(`${workspace.name} is not installed`)
  const setUpAt = services.now()
  await storage.tenants.update(tenantId, { kind: workspace.kind, language: 'fr', timeZone: 'Europe/Paris', setUpAt })
  for (const zone of await storage.zones.list(tenantId)) {
    const fitting = defaultZones(tenantId, ulid, workspace.kind).find(({ name }) => name === zone.name)
    await storage.zones.save({ ...zone, grants: fitting?.grants ?? zone.grants })
  }
  for (const person of workspace.people) await seedMember(nox, tenantId, workspace, person)
  const now = services.now()
  for (const { name, environments, namespaces, isDefault, token, watchChannel } of estate.clusters) {
    const watched = watch && watchChannel !== undefined ? { watchChannel } : {}
    const cluster = { tenantId, id: name, name, environments, namespaces, isDefault, checkedAt: now, ...watched }
    await storage.catalogue.saveCluster(cluster, { server: urlOf(name), token })
  }
  for (const { name, aliases, imageTemplate, repository, workflow, targets } of estate.services) {
    await storage.catalogue.saveService({
      tenantId,
      id: ulid(),
      name,
      aliases,
      imageTemplate,
      ...(repository === undefined ? {} : { repository }),
      ...(workflow === undefined ? {} : { workflow }),
      defaultBranch: 'main',
      targets: targets.map(({ environment, cluster, namespace }) => ({
        environment,
        clusterId: cluster,
        namespace,
        deployment: name,
        container: name,
      })),
    })
  }
  for (const { cluster, ...backup } of estate.backups) {
    await storage.catalogue.saveBackupTarget({ tenantId, id: ulid(), clusterId: cluster, ...backup })
  }
  for (const { secrets, ...about } of vendors) {
    const since = { connectedAt: now, checkedAt: now, failingSince: null }
    await storage.integrations.save({ tenantId, ...about, ...since }, secrets)
  }
  services.knowledge.drop(tenantId)
}

async function seedMember(nox: Nox, tenantId: string, workspace: WorkspaceSeed, person: PersonSeed): Promise<void> {
  const { members } = nox.storage
  const known = await members.findBySlackId(tenantId, person.id)
  const identity = { tenantId, id: known?.id ?? ulid(), slackUserId: person.id, name: person.realName }
  const role = person.isAdmin ? 'admin' : person.isGuest ? 'guest' : 'member'
  const plain = defaultMember(workspace.kind, role, identity)
  const base = person.title === 'senior' ? asSenior(plain) : plain
  const member: Member =
    role === 'guest'
      ? { ...base, projects: guestProjects(workspace) }
      : base.allowedActionTypes.includes('*')
        ? base
        : { ...base, allowedActionTypes: [...base.allowedActionTypes, ...openedSince] }
  if (known) await members.update(member)
  else await members.create(member)
}

/** What the sandbox's admin opened to everybody since, with the vendors that were connected. */
const openedSince: readonly ActionType[] = ['ci', 'ticket', 'docs', 'metrics', 'alerts', 'schedule', 'incident']

/** What a guest of the sandbox was invited to. */
const guestProjects = (workspace: WorkspaceSeed): readonly string[] =>
  workspace.kind === 'company' ? ['user-api', 'web'] : ['site-y', 'api-y', 'client-y']
