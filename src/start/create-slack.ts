import type { Logger } from 'pino'
import type { TenantKnowledge } from '../actions/tenant-knowledge.ts'
import { historyPath, roomsPath } from '../channels/slack/install/index.ts'
import { createInstallationCache, type InstallationCache } from '../channels/slack/installations.ts'
import { createSlackMessenger, type SlackMessenger } from '../channels/slack/messenger.ts'
import { createPeople, type SlackPeople } from '../channels/slack/people.ts'
import { createPictures, type Pictures } from '../channels/slack/pictures.ts'
import { createUserGroups } from '../channels/slack/user-groups.ts'
import { createWebApi, type WebApi } from '../channels/slack/web-api/client.ts'
import type { Look } from '../domain/look.ts'
import type { Plan } from '../domain/plans.ts'
import type { Tenant } from '../domain/tenant.ts'
import type { UserGroups } from '../domain/user-groups.ts'
import { hasLook } from '../request/billing/may-look.ts'
import type { Foundation } from './foundation.ts'
import type { NoxConfig } from './nox-config.ts'

/** What NOX says to Slack and asks of it. */
export interface SlackSide {
  readonly apiUrl: string
  readonly api: WebApi
  readonly installations: InstallationCache
  readonly people: SlackPeople
  readonly pictures: Pictures
  readonly messenger: SlackMessenger
  readonly userGroups: UserGroups
  /** What NOX posts with in a tenant; `null` = its own name and icon. */
  lookOf(tenantId: string): Promise<Look | null>
}

/** @param planOf the plan that holds for a tenant now */
export function createSlack(
  config: NoxConfig,
  { storage, metrics }: Foundation,
  knowledge: TenantKnowledge,
  planOf: (tenant: Tenant) => Plan,
  log: Logger,
  now: () => number,
): SlackSide {
  const apiUrl = config.socket?.apiUrl ?? config.slack?.apiUrl ?? 'https://slack.com/api/'
  const api = createWebApi({ apiUrl, onCall: (...call) => metrics.callMade(...call) })
  const installations = createInstallationCache(storage)
  const people = createPeople(api, installations, now)
  const pictures = createPictures(api, log)
  const tenantOf = async (tenantId: string) => (await knowledge.snapshot(tenantId)).knowledge.tenant
  const lookOf = async (tenantId: string) => {
    const tenant = await tenantOf(tenantId)
    return tenant.look && hasLook(planOf(tenant)) ? tenant.look : null
  }
  const messenger = createSlackMessenger({
    api,
    installations,
    pictures,
    ...(config.pace?.showEvery && { updateInterval: config.pace.showEvery }),
    lookOf,
    nameOf: people.nameOf,
    historyUrl: config.slack?.clientId ? `${config.publicUrl}${historyPath}` : null,
    roomsUrl: config.slack?.clientId ? `${config.publicUrl}${roomsPath}` : null,
    timeZoneOf: async (tenantId) => (await tenantOf(tenantId)).timeZone,
    log,
  })
  const userGroups = createUserGroups(api, installations, people)
  return { apiUrl, api, installations, people, pictures, messenger, userGroups, lookOf }
}
