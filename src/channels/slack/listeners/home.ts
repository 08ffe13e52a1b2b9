import { afterwards, languageOf, type SlackChannel } from '../channel.ts'
import { readHome } from '../read-home.ts'
import { buildHome } from '../views/home.ts'
import { slackCode } from '../web-api/error.ts'
import type { EventTable } from './events.ts'

/** The Home tab is drawn anew each time that someone opens it. */
export function listenToHome(events: EventTable, channel: SlackChannel): void {
  events.on('app_home_opened', async ({ event, context }) => {
    if (event.tab !== 'home') return
    const tenantId = String(context.tenantId)
    afterwards(channel, 'the Home tab', () => showHome(channel, tenantId, event.user))
  })
}

/** Draws a person's Home tab. */
export async function showHome(channel: SlackChannel, tenantId: string, userId: string): Promise<void> {
  const installation = await channel.installations.ofTenant(tenantId)
  if (!installation) return
  const language = await languageOf(channel, tenantId, userId)
  const { data, timeZone } = await readHome(channel, tenantId, userId)
  const app = { teamId: installation.workspaceId, appId: installation.appId }
  const view = buildHome(data, { language, timeZone, app })
  try {
    await channel.api.call(installation.botToken, 'views.publish', { user_id: userId, view }, { repeat: 'always' })
  } catch (error) {
    channel.log.warn({ err: error, tenant: tenantId, code: slackCode(error) }, 'a Home tab could not be drawn')
  }
}
