import type { App, BlockAction } from '@slack/bolt'
import { phrase } from '../../../texts/phrase.ts'
import { plainPhrase } from '../../../texts/render.ts'
import { renderOptions } from '../blocks/render-buttons.ts'
import { afterwards, languageOf, type SlackChannel } from '../channel.ts'
import { decodeState, type HomeState } from '../views/home-state.ts'
import { showHome } from './home.ts'

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** The bar of Home, the pages of its lists, and its search. */
export function listenToTabs(app: App, channel: SlackChannel): void {
  app.action<BlockAction>(/^(tab|page|cursor|find|set)\./, async ({ body, action, context, ack }) => {
    await ack()
    const tenantId = String(context.tenantId)
    const state = nextState(stateOf(body), action)
    afterwards(channel, 'the Home tab', () => showHome(channel, tenantId, body.user.id, state))
  })
  app.options(/^(find|set)\./, async ({ payload, body, context, ack }) => {
    const tenantId = String(context.tenantId)
    const { member } = await channel.governance.guard.memberOf(tenantId, body.user.id)
    const isInside = member.role !== 'guest' && member.removedAt === undefined
    const offered =
      payload.action_id === 'set.command'
        ? await commandsFor(channel, tenantId, body.user.id)
        : isInside
          ? await offeredBy(channel, tenantId, body.user.id, payload.action_id)
          : []
    const typed = fold(payload.value)
    const found = offered.filter(({ label }) => fold(label).includes(typed))
    await ack({ options: renderOptions(found) })
  })
}

/** People and services are searched: there may be hundreds. */
async function offeredBy(channel: SlackChannel, tenantId: string, userId: string, actionId: string) {
  if (actionId === 'set.service') {
    const { services } = (await channel.knowledge.snapshot(tenantId)).knowledge
    return services.map(({ name }) => ({ label: name, value: name }))
  }
  if (actionId === 'set.environment') {
    const environments = await channel.governance.zones.environments(tenantId)
    const language = await languageOf(channel, tenantId, userId)
    return environments.map((name) => ({
      label: plainPhrase(phrase('environment.name', { env: name }), language),
      value: name,
    }))
  }
  const members = await channel.storage.members.list(tenantId)
  return members.map(({ id, name }) => ({ label: name, value: id }))
}

/** What records are searched for, in the person's language. */
async function commandsFor(channel: SlackChannel, tenantId: string, userId: string) {
  const language = await languageOf(channel, tenantId, userId)
  return channel.governance.audit.commands().map(({ value, name }) => ({ label: plainPhrase(name, language), value }))
}

/** What Home shows where a control of it was used, with what its menus say that were not answered yet. */
export function stateOf(body: BlockAction): HomeState {
  const state = decodeState(body.view?.private_metadata)
  const set: Record<string, string> = { ...state.set }
  for (const row of Object.values(body.view?.state?.values ?? {})) {
    for (const [name, { selected_option: chosen }] of Object.entries(row)) {
      if (name.startsWith('set.') && chosen) set[name.slice('set.'.length)] = chosen.value
    }
  }
  return decodeState({ ...state, set })
}

function nextState(now: HomeState, action: BlockAction['actions'][number]): HomeState {
  const [kind = '', name = ''] = action.action_id.split('.')
  if (kind === 'tab') return decodeState({ tab: name })
  if (kind === 'page' || kind === 'cursor') {
    const { only: _, ...rest } = now
    return decodeState({ ...rest, page: Number(name) })
  }
  const chosen = 'selected_option' in action ? (action.selected_option?.value ?? '') : ''
  if (kind === 'find') return { ...now, only: chosen }
  const { page: _, ...rest } = now
  return { ...rest, set: { ...now.set, [name]: chosen } }
}
