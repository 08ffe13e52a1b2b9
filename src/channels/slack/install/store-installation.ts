import type { Installation as SlackInstallation } from '@slack/oauth'
import type { TenantKnowledge } from '../../../actions/tenant-knowledge.ts'
import type { Language } from '../../../domain/command-spec.ts'
import { idsInOrder, newId } from '../../../domain/new-id.ts'
import { NoxError } from '../../../errors.ts'
import { defaultMember, defaultZones } from '../../../permissions/index.ts'
import type { Storage } from '../../../storage/types/storage.ts'
import type { InstallationCache } from '../installations.ts'

export interface StoreOptions {
  readonly storage: Storage
  readonly installations: InstallationCache
  readonly knowledge: TenantKnowledge
  /** What a new tenant begins with. */
  readonly defaults: {
    readonly language: Language
    readonly timeZone: string
    begins(): { readonly plan: string; readonly planUntil: number | null }
  }
  readonly now: () => number
}

/** An installation as Slack told it, checked. */
function readInstallation(from: SlackInstallation<'v2', boolean>) {
  const { bot, team, enterprise, user } = from
  const isOrgWide = from.isEnterpriseInstall === true
  const workspace = isOrgWide ? enterprise : team
  if (!workspace || !bot?.token || !from.appId)
    throw new NoxError('vendor-failed', 'Slack told too little of an install')
  return {
    workspaceId: workspace.id,
    name: workspace.name ?? workspace.id,
    isOrgWide,
    appId: from.appId,
    botToken: bot.token,
    botUserId: bot.userId,
    botId: bot.id,
    scopes: bot.scopes,
    installerUserId: user.id,
  }
}

/**
 * Stores an install: a new workspace becomes a tenant with its default zones and its installer as admin; a known one
 * gets its new token and keeps everything else. The installation comes last, so that what breaks off leaves nothing
 * that answers.
 */
export async function storeInstallation(
  options: StoreOptions,
  from: SlackInstallation<'v2', boolean>,
): Promise<{ readonly tenantId: string; readonly isNew: boolean }> {
  const { storage, installations, knowledge, defaults, now } = options
  const { name, ...installed } = readInstallation(from)
  const known = await storage.installations.tenantOf(installed.workspaceId)
  const tenantId = known ?? newId()
  if (known === null) {
    const { language, timeZone } = defaults
    const tenant = { id: tenantId, kind: 'company', name, language, timeZone, ...defaults.begins() } as const
    await storage.tenants.create(tenant, now())
    for (const zone of defaultZones(tenantId, idsInOrder())) await storage.zones.save(zone)
  }
  const { installerUserId } = installed
  const installer = await storage.members.findBySlackId(tenantId, installerUserId)
  if (known === null && !installer) {
    const identity = { tenantId, id: newId(), slackUserId: installerUserId, name: installerUserId }
    await storage.members.create(defaultMember('company', 'admin', identity))
  }
  await storage.installations.save({ ...installed, tenantId, installedAt: now() })
  installations.drop(tenantId)
  knowledge.drop(tenantId)
  await storage.audit.append(tenantId, {
    at: now(),
    actor: installerUserId,
    actionId: null,
    actionNumber: null,
    command: 'install',
    environment: null,
    resource: name,
    result: 'changed',
    details: { workspace: installed.workspaceId, again: known !== null },
  })
  return { tenantId, isNew: known === null }
}
