import type { Logger } from 'pino'
import type { TenantKnowledge, TenantSnapshot } from '../../actions/tenant-knowledge.ts'
import type { Action } from '../../domain/action.ts'
import type { Language } from '../../domain/command-spec.ts'
import type { Look } from '../../domain/look.ts'
import type { Member } from '../../domain/member.ts'
import type { Road } from '../../domain/road.ts'
import type { Administration } from '../../request/administration/index.ts'
import type { VendorAdministration } from '../../request/administration/vendors.ts'
import type { AlertAdministration } from '../../request/alerts/administer-alerts.ts'
import type { BillingDesk } from '../../request/billing/index.ts'
import type { LookDesk } from '../../request/billing/look.ts'
import type { Governance } from '../../request/governance/index.ts'
import type { Prompt } from '../../request/words/suggest-prompts.ts'
import type { Storage } from '../../storage/types/storage.ts'
import type { Phrase } from '../../texts/phrase.ts'
import type { InstallationCache } from './installations.ts'
import type { SlackMessenger } from './messenger.ts'
import type { SlackPeople } from './people.ts'
import type { Pictures } from './pictures.ts'
import type { WebApi } from './web-api/client.ts'

/** What the listeners of Slack work with, wired once at the start. */
export interface SlackChannel {
  readonly road: Road
  readonly storage: Storage
  readonly knowledge: TenantKnowledge
  readonly api: WebApi
  readonly installations: InstallationCache
  readonly messenger: SlackMessenger
  readonly pictures: Pictures
  readonly people: SlackPeople
  readonly administration: Administration
  readonly vendors: VendorAdministration
  readonly governance: Governance
  /** Loaded when someone first changes something of alerts. */
  alerts(): Promise<AlertAdministration>
  readonly billing: BillingDesk
  /** The name and the icon of NOX; loaded when someone opens them. */
  look(): Promise<LookDesk>
  /** What NOX posts with in a tenant; `null` = its own name and icon. */
  lookOf(tenantId: string): Promise<Look | null>
  /** Where an admin lets NOX post with another name; `null` = the app is not installed by OAuth here. */
  readonly lookUrl: string | null
  /** Requests that this member may decide now, newest first. */
  toDecide(tenantId: string, member: Member, limit: number): Promise<readonly Action[]>
  /** Actions that count, of this member's day. */
  usageOf(tenantId: string, member: Member): Promise<{ readonly used: number; readonly limit: number }>
  /** What a person may ask first, in their language. */
  suggestPrompts(tenantId: string, userId: string, language: Language): Promise<readonly Prompt[]>
  /** An action as a sentence: `déployer user-api v2 en production`. */
  describe(snapshot: TenantSnapshot, action: Pick<Action, 'command' | 'args'>): Phrase
  readonly log: Logger
  readonly now: () => number
}

/** The language of a person's surfaces: that of their Slack, else the tenant's. */
export async function languageOf(channel: SlackChannel, tenantId: string, userId: string): Promise<Language> {
  const profile = await channel.people.profileOf(tenantId, userId).catch(() => null)
  if (profile?.locale) return profile.locale.toLowerCase().startsWith('fr') ? 'fr' : 'en'
  return (await channel.knowledge.snapshot(tenantId)).knowledge.tenant.language
}

/** Work that follows an acknowledgement; nobody waits for it, so its failure is only logged. */
export function afterwards(channel: SlackChannel, what: string, work: () => Promise<void>): void {
  setImmediate(() => {
    work().catch((error: unknown) => channel.log.error({ err: error }, `${what} failed`))
  })
}
