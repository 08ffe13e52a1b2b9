import type { Member } from '../../../domain/member.ts'
import type { Installation } from '../../../domain/tenant.ts'
import { suffixOf } from '../../../domain/workspace-address.ts'
import { UntoldPersonError } from '../../../request/people/find-member.ts'
import { phrase } from '../../../texts/phrase.ts'
import { plainPhrase } from '../../../texts/render.ts'
import { afterwards, languageOf, type SlackChannel } from '../channel.ts'
import { homeTab } from '../home-tabs/home.ts'
import { tabs } from '../home-tabs/index.ts'
import { sendWithPictures } from '../pictures.ts'
import { createDrawing } from '../views/drawing.ts'
import { buildHome } from '../views/home-frame.ts'
import type { HomeState } from '../views/home-state.ts'
import { slackCode } from '../web-api/error.ts'
import type { EventTable } from './events.ts'

/** The Home tab is drawn anew each time that someone opens it; a direct message begins with what one may ask. */
export function listenToHome(events: EventTable, channel: SlackChannel): void {
  events.on('app_home_opened', async ({ event, context }) => {
    const tenantId = String(context.tenantId)
    if (event.tab === 'messages') {
      afterwards(channel, 'suggested prompts', () => showPrompts(channel, tenantId, event.user, event.channel))
      return
    }
    afterwards(channel, 'the Home tab', () => showHome(channel, tenantId, event.user))
  })
}

/** The newest drawing of each person's Home that is under way: an older one must not come after it. */
const newest = new Map<string, symbol>()

/** Draws a person's Home, at one of its tabs. */
export async function showHome(
  channel: SlackChannel,
  tenantId: string,
  userId: string,
  state: HomeState = { tab: 'home' },
): Promise<void> {
  const key = `${tenantId} ${userId}`
  const mine = Symbol(key)
  newest.set(key, mine)
  try {
    const reached = await channel.installations.reach(tenantId, userId)
    if (!reached) return
    const { installation, id } = reached
    const view = await readView(channel, installation, userId, state)
    if (newest.get(key) !== mine) return
    await sendWithPictures(view.blocks, (blocks) => {
      if (newest.get(key) !== mine) return Promise.resolve({})
      const args = { user_id: id, view: { ...view, blocks } }
      return channel.api.call(installation.botToken, 'views.publish', args, { repeat: 'always' })
    })
  } catch (error) {
    channel.log.warn({ err: error, tenant: tenantId, code: slackCode(error) }, 'a Home tab could not be drawn')
  } finally {
    if (newest.get(key) === mine) newest.delete(key)
  }
}

async function readView(channel: SlackChannel, installation: Installation, userId: string, wanted: HomeState) {
  const { tenantId } = installation
  const [language, member, snapshot] = await Promise.all([
    languageOf(channel, tenantId, userId),
    memberNow(channel, tenantId, userId),
    channel.knowledge.snapshot(tenantId),
  ])
  const { tenant } = snapshot.knowledge
  const { workspaceId, appId } = installation
  const app = { teamId: workspaceId, appId, suffix: suffixOf(installation) }
  const reader = { language, timeZone: tenant.timeZone, app }
  const draw = createDrawing(reader)
  const isIndividual = tenant.kind === 'individual'
  if (member === null || member.removedAt !== undefined) {
    const frame = { state: { tab: 'home' }, tabs: [], isIndividual, now: channel.now() } as const
    const lines = member === null ? (['refused.untold', 'home.untold'] as const) : (['refused.removed'] as const)
    return buildHome(
      frame,
      lines.map((line) => draw.section(phrase(line))),
      draw,
    )
  }
  const open = tabs.filter((each) => each.mayOpen(member, tenant))
  const tab = open.find((each) => each.name === wanted.tab) ?? homeTab
  const state = tab.name === wanted.tab ? wanted : { tab: tab.name }
  const content = await tab
    .read({ channel, tenantId, userId, member, snapshot, state, draw, reader })
    .catch((error: unknown) => {
      channel.log.error({ err: error, tenant: tenantId, tab: tab.name }, 'a part of Home could not be read')
      return [draw.section(phrase('home.broken'))]
    })
  return buildHome({ state, tabs: open.map(({ name }) => name), isIndividual, now: channel.now() }, content, draw)
}

/** With the rights of now; `null` = Slack does not tell who this is. */
async function memberNow(channel: SlackChannel, tenantId: string, userId: string): Promise<Member | null> {
  try {
    return (await channel.governance.guard.memberNow(tenantId, userId)).member
  } catch (error) {
    if (error instanceof UntoldPersonError) return null
    throw error
  }
}

/** Words to begin with, above the field of a direct message. */
async function showPrompts(channel: SlackChannel, tenantId: string, userId: string, conversationId: string) {
  const reached = await channel.installations.reach(tenantId, conversationId)
  if (!reached) return
  const { installation, id } = reached
  const language = await languageOf(channel, tenantId, userId)
  const prompts = await channel.suggestPrompts(tenantId, userId, language)
  const args = {
    channel_id: id,
    title: plainPhrase(phrase('prompt.title'), language),
    prompts: prompts.map(({ title, message }) => ({ title: plainPhrase(title, language), message })),
  }
  try {
    await channel.api.call(installation.botToken, 'assistant.threads.setSuggestedPrompts', args, { repeat: 'always' })
  } catch (error) {
    channel.log.warn({ err: error, tenant: tenantId, code: slackCode(error) }, 'prompts could not be suggested')
  }
}
