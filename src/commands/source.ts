import type { Arguments } from '../domain/command-spec.ts'
import {
  type Capability,
  isVendor,
  providersAmong,
  usualProvider,
  type Vendor,
  vendorNames,
} from '../domain/integration.ts'
import { NoxError } from '../errors.ts'
import { phrase } from '../texts/phrase.ts'
import { optionalText } from './arguments.ts'
import type { Knowledge } from './command.ts'

/**
 * The vendor that an order names; `undefined` = none, so the usual one is asked.
 * @throws NoxError `not-found` where NOX knows no such vendor
 */
export function sourceOf(args: Arguments): Vendor | undefined {
  const source = optionalText(args, 'source')?.toLowerCase()
  if (source === undefined || isVendor(source)) return source
  const vendor = source.charAt(0).toUpperCase() + source.slice(1)
  throw new NoxError('not-found', `${vendor} is no source`, {
    forPerson: phrase('error.vendor.notConnected', { vendor }),
  })
}

/** The vendors among which a person must choose; empty = none is open to doubt. */
export function openSources(knowledge: Knowledge, capability: Capability, args: Arguments): readonly Vendor[] {
  if (args.source !== undefined || usualProvider(knowledge.integrations, capability) !== 'several') return []
  return providersAmong(knowledge.integrations, capability).map(({ vendor }) => vendor)
}

/** The one that answers, as people write it. */
export function sourceName(knowledge: Knowledge, capability: Capability, args: Arguments): string {
  const usual = usualProvider(knowledge.integrations, capability)
  const vendor = sourceOf(args) ?? (usual === 'several' ? undefined : usual?.vendor)
  return vendor === undefined ? '–' : vendorNames[vendor]
}

/** Can a tenant ask for it without naming a vendor? What examples may show. */
export const hasUsualSource = (knowledge: Knowledge, capability: Capability): boolean =>
  ![null, 'several'].includes(usualProvider(knowledge.integrations, capability) as string | null)
