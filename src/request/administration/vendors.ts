import type { Services } from '../../actions/services.ts'
import type { Connection, ConnectionTest, Connector } from '../../capabilities/connectors.ts'
import type { AuditEntry } from '../../domain/audit-record.ts'
import { asWorking, type FailingFor, type Integration, type Vendor, vendorNames } from '../../domain/integration.ts'
import type { VendorForm } from '../../domain/vendor-draft.ts'
import { NoxError } from '../../errors.ts'
import { mayConfigure } from '../../permissions/index.ts'
import type { Edition } from '../../storage/types/edition.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { warnOfPlaces } from '../billing/places.ts'
import { whyNoRoom } from '../billing/plan-refusal.ts'
import { differences } from '../governance/differences.ts'
import { administrationEntry, createGuard } from '../governance/guard.ts'
import { staleNotice } from '../governance/stale-notice.ts'
import { checkVendor, type VendorValues } from './check-vendor.ts'
import { type Checked, type Form, failed } from './form.ts'

export { fieldsOf } from './check-vendor.ts'

/** A vendor that can be connected, and how it stands. */
export interface VendorState {
  readonly connector: Connector
  readonly integration: Integration | null
}

/** A vendor as an admin entered it, not stored yet. */
export interface CheckedVendor extends VendorValues {
  readonly vendor: Vendor
  readonly mode: VendorForm
  /** Of the connection that the form showed; 0 = there was none. */
  readonly version: number
}

/** A form as it was read; `stale` = somebody else changed the connection since it was opened. */
export type VendorCheck =
  | Checked<CheckedVendor>
  | { readonly ok: 'stale'; readonly say: Phrase; readonly now: Edition<Integration> | null }

/** What admins connect. Each call checks the rights of who calls anew, and leaves a record in the audit log. */
export interface VendorAdministration {
  list(tenantId: string): Promise<readonly VendorState[]>
  /** The version that a form is opened on; 0 = not connected. */
  versionOf(tenantId: string, vendor: Vendor): Promise<number>
  check(
    tenantId: string,
    userId: string,
    about: { readonly vendor: Vendor; readonly mode: VendorForm; readonly version: number },
    form: Form,
  ): Promise<VendorCheck>
  /**
   * Asks the vendor for real, and only then stores what was entered.
   * @throws NoxError where it refuses or is silent, or somebody else changed the connection meanwhile
   */
  connect(tenantId: string, userId: string, checked: CheckedVendor): Promise<ConnectionTest>
  /** Asks the vendor for real with what is stored. @throws NoxError where it refuses or is silent */
  test(tenantId: string, userId: string, vendor: Vendor): Promise<ConnectionTest>
  /** Where the vendor may send its webhooks; `null` = it sends none. */
  hookOf(tenantId: string, vendor: Vendor): string | null
  /** `null` = its secrets are erased; else why not. */
  disconnect(tenantId: string, userId: string, vendor: Vendor): Promise<Phrase | null>
}

/** What a vendor gets to answer a test (ms). */
const testLimit = 15_000

/** The sentences of a vendor that does not know what NOX shows it. */
const credentialsRefused = ['error.vendor.credentials', 'datadog.appKey.refused']

/** What a test that failed says of the connection; `undefined` = something else is wrong. */
function failingFor(error: unknown): FailingFor | undefined {
  if (!(error instanceof NoxError)) return undefined
  if (credentialsRefused.some((key) => key === error.forPerson?.key)) return 'credentials'
  return ['unreachable', 'timeout', 'vendor-failed'].includes(error.code) ? 'silent' : undefined
}

/** An integration with what its test told of it. */
const reached = ({ owners: _, ...integration }: Integration, { account, owners }: ConnectionTest): Integration => ({
  ...integration,
  account,
  ...(owners && { owners }),
})

const commandOf = { connect: 'vendor.connect', edit: 'vendor.edit', rotate: 'vendor.rotate' } as const

/** @param hookUrl the address of a tenant's webhooks of a vendor */
export function createVendorAdministration(
  services: Services,
  hookUrl: (vendor: Vendor, tenantId: string) => string,
): VendorAdministration {
  const { storage, knowledge, connectors } = services
  const guard = createGuard(services)
  const refusal = (tenantId: string, userId: string, command: string) =>
    guard.refusal(tenantId, userId, command, 'flag.canConfigureIntegrations', mayConfigure)

  async function record(
    tenantId: string,
    userId: string,
    command: string,
    resource: string,
    result: AuditEntry['result'],
    details: AuditEntry['details'] = {},
  ): Promise<void> {
    const entry = administrationEntry(services.now(), userId, { command, resource, result, details })
    await storage.audit.append(tenantId, entry)
  }

  const knownOf = async (tenantId: string, vendor: Vendor): Promise<Connection | null> => {
    const integration = (await storage.integrations.list(tenantId)).find((each) => each.vendor === vendor)
    const secrets = integration && (await storage.integrations.secrets(tenantId, vendor))
    return integration && secrets ? { integration, secrets } : null
  }

  async function ask(connection: Connection): Promise<ConnectionTest> {
    const connected = await connectors.open(connection)
    return connected.test({ signal: AbortSignal.timeout(testLimit) })
  }

  const staleOf = (tenantId: string, now: Edition<Integration> | null): Promise<Phrase> | Phrase =>
    now ? staleNotice(services, tenantId, now) : phrase('form.gone')
  const gone = () => new NoxError('not-found', 'the integration is gone', { forPerson: phrase('form.gone') })
  const codeOf = (error: unknown) => (error instanceof NoxError ? error.code : 'internal')

  return {
    async list(tenantId) {
      const integrations = await storage.integrations.list(tenantId)
      return connectors.all.map((connector) => ({
        connector,
        integration: integrations.find((each) => each.vendor === connector.vendor) ?? null,
      }))
    },
    async versionOf(tenantId, vendor) {
      return (await storage.integrations.edition(tenantId, vendor))?.version ?? 0
    },
    async check(tenantId, userId, { vendor, mode, version }, form) {
      const connector = connectors.find(vendor)
      const field = connector?.settings[0]?.name ?? 'name'
      const refused = await refusal(tenantId, userId, commandOf[mode])
      if (refused) return failed({ [field]: refused })
      const { tenant } = (await knowledge.snapshot(tenantId)).knowledge
      const noRoom = await whyNoRoom(services, tenant, vendor)
      if (noRoom) {
        const attempt = { command: commandOf[mode], rule: 'plan.integrations', resource: vendorNames[vendor] }
        return failed({ [field]: await guard.refuse(tenantId, userId, attempt, noRoom) })
      }
      const now = await storage.integrations.edition(tenantId, vendor)
      if ((now?.version ?? 0) !== version) return { ok: 'stale', say: await staleOf(tenantId, now), now }
      const known = await knownOf(tenantId, vendor)
      if (!connector || (mode !== 'connect' && !known)) return failed({ [field]: phrase('form.gone') })
      const checked = checkVendor(connector, form, mode, mode === 'connect' ? null : known)
      return checked.ok ? { ok: true, value: { vendor, mode, version, ...checked.value } } : checked
    },
    async connect(tenantId, userId, { vendor, mode, version, settings, secrets }) {
      const now = services.now()
      const known = await knownOf(tenantId, vendor)
      if (mode !== 'connect' && !known) throw gone()
      const integration: Integration = {
        tenantId,
        vendor,
        settings,
        account: '',
        connectedAt: known?.integration.connectedAt ?? now,
        checkedAt: now,
        failingSince: null,
      }
      try {
        const test = await ask({ integration, secrets })
        const details = { account: test.account, ...differences(known?.integration.settings ?? {}, settings) }
        const about = { command: commandOf[mode], resource: vendorNames[vendor], result: 'changed', details } as const
        const entry = administrationEntry(services.now(), userId, about)
        if (!(await storage.integrations.change(reached(integration, test), secrets, version, entry))) {
          const say = await staleOf(tenantId, await storage.integrations.edition(tenantId, vendor))
          throw new NoxError('conflict', 'somebody else changed the connection meanwhile', { forPerson: say })
        }
        knowledge.drop(tenantId)
        await warnOfPlaces(services, (await knowledge.snapshot(tenantId)).knowledge.tenant)
        return test
      } catch (error) {
        await record(tenantId, userId, commandOf[mode], vendorNames[vendor], 'failed', { code: codeOf(error) })
        throw error
      }
    },
    async test(tenantId, userId, vendor) {
      const refused = await refusal(tenantId, userId, 'vendor.test')
      if (refused) throw new NoxError('forbidden', 'admins only', { forPerson: refused })
      const known = await knownOf(tenantId, vendor)
      if (!known) throw gone()
      const now = services.now()
      const keep = async (change: (stands: Integration) => Integration) => {
        await storage.integrations.note(tenantId, vendor, change)
        knowledge.drop(tenantId)
      }
      try {
        const test = await ask(known)
        await keep((stands) => reached({ ...asWorking(stands), checkedAt: now }, test))
        await record(tenantId, userId, 'vendor.test', vendorNames[vendor], 'done')
        return test
      } catch (error) {
        const why = failingFor(error)
        await keep((stands) => ({
          ...stands,
          failingSince: stands.failingSince ?? now,
          ...(why && { failingFor: why }),
        }))
        await record(tenantId, userId, 'vendor.test', vendorNames[vendor], 'failed', { code: codeOf(error) })
        throw error
      }
    },
    hookOf: (tenantId, vendor) => (connectors.find(vendor)?.readHook ? hookUrl(vendor, tenantId) : null),
    async disconnect(tenantId, userId, vendor) {
      const refused = await refusal(tenantId, userId, 'vendor.disconnect')
      if (refused) return refused
      if (!(await knownOf(tenantId, vendor))) return phrase('form.gone')
      await storage.integrations.remove(tenantId, vendor)
      knowledge.drop(tenantId)
      await record(tenantId, userId, 'vendor.disconnect', vendorNames[vendor], 'changed')
      return null
    },
  }
}
