import { ulid } from 'ulid'
import type { Member } from '../domain/member.ts'
import { asSenior, defaultMember } from '../permissions/index.ts'
import type { SeededEstate } from '../sandbox/seed-clusters.ts'
import type { PersonSeed, WorkspaceSeed } from '../sandbox/workspaces.ts'
import type { Nox } from './create-nox.ts'

/** Fills a sandbox tenant: its people with their roles, its clusters, its catalogue. */
export async function seedTenant(
  nox: Nox,
  workspace: WorkspaceSeed,
  estate: SeededEstate,
  urlOf: (cluster: string) => string,
): Promise<void> {
  const { storage, services } = nox
  const tenantId = await storage.installations.tenantOf(workspace.id)
  if (tenantId === null) throw new TypeError(`${workspace.name} is not installed`)
  await storage.tenants.update(tenantId, { kind: workspace.kind, language: 'fr', timeZone: 'Europe/Paris' })
  for (const person of workspace.people) await seedMember(nox, tenantId, workspace, person)
  const now = services.now()
  for (const { name, environments, namespaces, isDefault, token } of estate.clusters) {
    const cluster = { tenantId, id: name, name, environments, namespaces, isDefault, checkedAt: now }
    await storage.catalogue.saveCluster(cluster, { server: urlOf(name), token })
  }
  for (const { name, aliases, imageTemplate, targets } of estate.services) {
    await storage.catalogue.saveService({
      tenantId,
      id: ulid(),
      name,
      aliases,
      imageTemplate,
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
  services.knowledge.drop(tenantId)
}

async function seedMember(nox: Nox, tenantId: string, workspace: WorkspaceSeed, person: PersonSeed): Promise<void> {
  const { members } = nox.storage
  const known = await members.findBySlackId(tenantId, person.id)
  const identity = { tenantId, id: known?.id ?? ulid(), slackUserId: person.id, name: person.realName }
  const role = person.isAdmin ? 'admin' : person.isGuest ? 'guest' : 'member'
  const plain = defaultMember(workspace.kind, role, identity)
  const member: Member =
    person.title === 'senior'
      ? asSenior(plain)
      : role === 'guest'
        ? { ...plain, projects: guestProjects(workspace) }
        : plain
  if (known) await members.update(member)
  else await members.create(member)
}

/** What a guest of the sandbox was invited to. */
const guestProjects = (workspace: WorkspaceSeed): readonly string[] =>
  workspace.kind === 'company' ? ['user-api', 'web'] : ['site-y', 'api-y', 'client-y']
