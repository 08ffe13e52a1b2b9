import type { Ports } from '../capabilities/connectors.ts'
import {
  type Capability,
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
    const names = providersAmong(knowledge.integrations, capability).map((each) => vendorNames[each.vendor])
    throw new NoxError('bad-input', `several give ${capability}`, {
      forPerson: phrase('error.vendor.several', { vendors: { kind: 'list', items: names } }),
    })
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
