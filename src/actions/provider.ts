import type { Ports } from '../capabilities/connectors.ts'
import {
  type Capability,
  isVendor,
  providersAmong,
  providersOf,
  usualProvider,
  type Vendor,
  vendorNames,
} from '../domain/integration.ts'
import { NoxError } from '../errors.ts'
import { phrase } from '../texts/phrase.ts'
import type { Services } from './services.ts'
import type { TenantSnapshot } from './tenant-knowledge.ts'

/**
 * What a vendor of the tenant gives of a kind. @param vendor the one that was named; absent = the usual one
 * @throws NoxError with a sentence where none is connected, or where several are and none is the usual one
 */
export async function providerOf<C extends Capability>(
  services: Services,
  { knowledge }: TenantSnapshot,
  capability: C,
  vendor?: Vendor,
): Promise<Ports[C]> {
  const named = knowledge.integrations.find((each) => each.vendor === vendor)
  const integration = vendor === undefined ? usualProvider(knowledge.integrations, capability) : named
  if (integration === 'several') {
    throw severalProviders(
      capability,
      providersAmong(knowledge.integrations, capability).map((each) => each.vendor),
    )
  }
  const secrets = integration && (await services.storage.integrations.secrets(integration.tenantId, integration.vendor))
  const connected = integration && secrets && (await services.connectors.open({ integration, secrets }))
  const port = connected?.[capability] as Ports[C] | undefined
  if (port) return port
  const name = vendorNames[vendor ?? providersOf[capability][0] ?? 'github']
  throw new NoxError('not-found', `${name} is not connected`, {
    forPerson: phrase('error.vendor.notConnected', { vendor: name }),
  })
}

/** Several vendors give a capability, and none was named. */
const severalProviders = (capability: Capability, vendors: readonly Vendor[]): NoxError =>
  new NoxError('bad-input', `several give ${capability}`, {
    forPerson: phrase('error.vendor.several', {
      vendors: { kind: 'list', items: vendors.map((each) => vendorNames[each]) },
    }),
    facts: { among: vendors.join(',') },
  })

/** Among which vendors a person must choose, where that is what an order failed for; empty = it is not. */
export function vendorsToChoose(error: NoxError): readonly Vendor[] {
  if (error.forPerson?.key !== 'error.vendor.several') return []
  return String(error.facts.among ?? '')
    .split(',')
    .filter(isVendor)
}
