import type { Services } from '../../actions/services.ts'
import type { AuditEntry } from '../../domain/audit-record.ts'
import { asReachable, type Cluster } from '../../domain/catalogue.ts'
import type { Member } from '../../domain/member.ts'
import type { Tenant } from '../../domain/tenant.ts'
import { NoxError } from '../../errors.ts'
import { mayConfigure } from '../../permissions/index.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { whyNoRoom } from '../billing/plan-refusal.ts'
import { administrationEntry, createGuard } from '../governance/guard.ts'
import { announceWatch } from './announce-watch.ts'
import { type CheckedCluster, checkCluster, type ReadKubeconfig } from './check-cluster.ts'
import { checkBackup, checkService } from './check-service.ts'
import { judgeCluster } from './cluster-health.ts'
import { type Checked, type Form, failed } from './form.ts'

export type { CheckedCluster } from './check-cluster.ts'
export type { Checked, Form, FormErrors, FormQuestion } from './form.ts'

/** What a connected cluster told of itself. */
export interface ClusterTest {
  readonly version: string
  /** What NOX may not do there: `patch deployments (staging)`. */
  readonly forbidden: readonly string[]
}

export type Removable = 'cluster' | 'service' | 'backup'

/** What admins set up. Each call checks the rights of who calls anew, and leaves a record in the audit log. */
export interface Administration {
  /** The member that speaks, made on the first word. */
  memberOf(tenantId: string, userId: string): Promise<{ readonly tenant: Tenant; readonly member: Member }>
  checkCluster(tenantId: string, userId: string, form: Form, clusterId: string | null): Promise<Checked<CheckedCluster>>
  /** Reaches the cluster for real, and only then stores it. @throws NoxError where it can't be reached or refuses */
  connectCluster(userId: string, checked: CheckedCluster): Promise<ClusterTest>
  /** Reaches a connected cluster for real, and notes how it does. @throws NoxError where it can't be reached or refuses */
  testCluster(tenantId: string, userId: string, clusterId: string): Promise<ClusterTest>
  /** @param agreed the question of this form that was agreed to */
  saveService(
    tenantId: string,
    userId: string,
    form: Form,
    serviceId: string | null,
    agreed: string | null,
  ): Promise<Checked<null>>
  saveBackup(tenantId: string, userId: string, form: Form, backupId: string | null): Promise<Checked<null>>
  /** `null` = removed; else why not. */
  remove(tenantId: string, userId: string, what: Removable, id: string): Promise<Phrase | null>
}

/** What a cluster gets to answer a test (ms). */
const testLimit = 10_000

/** What is saved is dropped from the tenant's knowledge at once: the next order sees it. */
export function createAdministration(services: Services, readKubeconfig: ReadKubeconfig): Administration {
  const { storage, knowledge } = services
  const guard = createGuard(services)
  const { memberOf } = guard
  const refusal = (tenantId: string, userId: string, command: string) =>
    guard.refusal(tenantId, userId, command, 'flag.canConfigureIntegrations', mayConfigure)

  async function record(
    tenantId: string,
    userId: string,
    command: string,
    resource: string | null,
    result: AuditEntry['result'],
    details: AuditEntry['details'] = {},
  ): Promise<void> {
    const about = { command, resource, result, details }
    await storage.audit.append(tenantId, administrationEntry(services.now(), userId, about))
  }

  async function save<T extends { readonly name: string }>(
    tenantId: string,
    userId: string,
    command: string,
    check: (known: Awaited<ReturnType<typeof knowledge.snapshot>>['knowledge']) => Checked<T>,
    store: (value: T) => Promise<void>,
  ): Promise<Checked<null>> {
    const refused = await refusal(tenantId, userId, command)
    if (refused) return failed({ name: refused })
    const checked = check((await knowledge.snapshot(tenantId)).knowledge)
    if (!checked.ok) return checked
    await store(checked.value)
    knowledge.drop(tenantId)
    await record(tenantId, userId, command, checked.value.name, 'changed')
    return { ok: true, value: null }
  }

  return {
    memberOf,
    async checkCluster(tenantId, userId, form, clusterId) {
      const refused = await refusal(tenantId, userId, 'cluster.connect')
      if (refused) return failed({ name: refused })
      const { knowledge: known } = await knowledge.snapshot(tenantId)
      const noRoom = await whyNoRoom(services, known.tenant, 'kubernetes')
      if (noRoom) {
        const attempt = { command: 'cluster.connect', rule: 'plan.integrations', resource: 'Kubernetes' }
        return failed({ name: await guard.refuse(tenantId, userId, attempt, noRoom) })
      }
      const edited = clusterId === null ? null : known.clusters.find((cluster) => cluster.id === clusterId)
      if (edited === undefined) return failed({ name: phrase('form.gone') })
      return checkCluster(form, known, edited, services.newId(), readKubeconfig)
    },
    async connectCluster(userId, { cluster, access: given }) {
      const { tenantId } = cluster
      const access = given ?? (await storage.catalogue.clusterAccess(tenantId, cluster.id))
      if (!access) throw gone()
      try {
        const test = await services.clusters.test({ cluster, access }, { signal: AbortSignal.timeout(testLimit) })
        await announceWatch(services, cluster)
        await storage.catalogue.saveCluster({ ...cluster, checkedAt: services.now() }, given)
        knowledge.drop(tenantId)
        await record(tenantId, userId, 'cluster.connect', cluster.name, 'changed', { version: test.version })
        return test
      } catch (error) {
        await record(tenantId, userId, 'cluster.connect', cluster.name, 'failed', { code: codeOf(error) })
        throw error
      }
    },
    async testCluster(tenantId, userId, clusterId) {
      const refused = await refusal(tenantId, userId, 'cluster.test')
      if (refused) throw new NoxError('forbidden', 'admins only', { forPerson: refused })
      const cluster = (await storage.catalogue.clusters(tenantId)).find(({ id }) => id === clusterId)
      const access = cluster && (await storage.catalogue.clusterAccess(tenantId, clusterId))
      if (!access) throw gone()
      const now = services.now()
      const keep = async (change: (stands: Cluster) => Cluster) => {
        await storage.catalogue.noteCluster(tenantId, clusterId, change)
        knowledge.drop(tenantId)
      }
      try {
        const test = await services.clusters.test({ cluster, access }, { signal: AbortSignal.timeout(testLimit) })
        await keep((stands) => ({ ...asReachable(stands), checkedAt: now }))
        await record(tenantId, userId, 'cluster.test', cluster.name, 'done')
        return test
      } catch (error) {
        const why = error instanceof NoxError ? judgeCluster(error) : undefined
        await keep((stands) => ({
          ...stands,
          failingSince: stands.failingSince ?? now,
          ...(why && { failingFor: why }),
        }))
        await record(tenantId, userId, 'cluster.test', cluster.name, 'failed', { code: codeOf(error) })
        throw error
      }
    },
    saveService: (tenantId, userId, form, serviceId, agreed) =>
      save(
        tenantId,
        userId,
        'service.save',
        (known) => checkService(form, known, find(known.services, serviceId), services.newId(), agreed),
        (service) => storage.catalogue.saveService(service),
      ),
    saveBackup: (tenantId, userId, form, backupId) =>
      save(
        tenantId,
        userId,
        'backup.save',
        (known) => checkBackup(form, known, find(known.backupTargets, backupId), services.newId()),
        (target) => storage.catalogue.saveBackupTarget(target),
      ),
    async remove(tenantId, userId, what, id) {
      const refused = await refusal(tenantId, userId, `${what}.remove`)
      if (refused) return refused
      const { clusters, services: known, backupTargets } = (await knowledge.snapshot(tenantId)).knowledge
      const found = find<{ id: string; name: string }>(
        { cluster: clusters, service: known, backup: backupTargets }[what],
        id,
      )
      if (!found) return phrase('form.gone')
      const users =
        what === 'cluster'
          ? [...known.filter((each) => runsOn(each.targets, id)), ...backupTargets.filter((each) => runsOn([each], id))]
          : []
      if (users.length > 0) {
        return phrase('form.inUse', {
          name: found.name,
          users: { kind: 'people', names: users.map((each) => each.name) },
        })
      }
      const { catalogue } = storage
      if (what === 'cluster') await catalogue.removeCluster(tenantId, id)
      else if (what === 'service') await catalogue.removeService(tenantId, id)
      else await catalogue.removeBackupTarget(tenantId, id)
      knowledge.drop(tenantId)
      await record(tenantId, userId, `${what}.remove`, found.name, 'changed')
      return null
    },
  }
}

const gone = () => new NoxError('not-found', 'the cluster is gone', { forPerson: phrase('form.gone') })
const codeOf = (error: unknown) => (error instanceof NoxError ? error.code : 'internal')

const runsOn = (targets: readonly { readonly clusterId: string }[], clusterId: string): boolean =>
  targets.some((target) => target.clusterId === clusterId)

const find = <T extends { readonly id: string }>(things: readonly T[], id: string | null): T | null =>
  things.find((thing) => thing.id === id) ?? null
