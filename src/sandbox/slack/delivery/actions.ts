import type { ActionPress } from '../../client-api.ts'
import { elementsOf } from '../blocks/blocks.ts'
import { isRecord } from '../blocks/check.ts'
import type { Core } from '../core.ts'
import { SlackError } from '../errors.ts'
import type { Message, View } from '../model.ts'
import { apiMessage, apiView } from '../present-api.ts'
import { inputState, stateField } from './input-state.ts'
import { type Actor, actorIn, channelName, interactionBase, memberChannel, responseUrl } from './payloads.ts'

type Json = Record<string, unknown>

/** The surface of an act: what its payload says of it, and its blocks. */
interface Surface {
  readonly blocks: readonly unknown[]
  readonly payload: Json
  readonly viewId: string | null
  /** The person, in the workspace of the app that the surface is of. */
  readonly who: Actor
}

/** A modal on top of the person's stack, or the person's Home tab. @throws SlackError `view_not_found` */
export function visibleView(core: Core, { user }: Actor, id: string): View {
  const view = core.views.get(id)
  const shown = view && (view.type === 'home' ? view.userId === user.id : core.views.stack(user.id).at(-1) === view)
  if (!view || !shown) throw new SlackError('view_not_found')
  return view
}

function surface(core: Core, who: Actor, press: Pick<ActionPress, 'source' | 'values'>): Surface {
  const { source } = press
  if (source.kind === 'view') {
    const view = visibleView(core, who, source.view_id)
    const blocks = view.json.blocks as unknown[]
    const state = { values: inputState(blocks, press.values) }
    const container = { type: 'view', view_id: view.id }
    return {
      blocks,
      who: actorIn(core, who, view.teamId),
      viewId: view.id,
      payload: { container, view: apiView(core, view, state) },
    }
  }
  const channel = memberChannel(core, who, source.channel)
  const message = core.messages.get(channel.id, source.ts)
  if (!message || (message.onlyFor && message.onlyFor !== who.user.id)) throw new SlackError('message_not_found')
  const host = hostOf(core, who, message)
  return {
    blocks: message.blocks,
    who: host,
    viewId: null,
    payload: {
      container: {
        type: 'message',
        message_ts: message.ts,
        channel_id: channel.id,
        is_ephemeral: message.onlyFor !== null,
        ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
      },
      channel: { id: channel.id, name: channelName(channel) },
      // Slack keeps no copy of an ephemeral message, so its payload brings none.
      ...(message.onlyFor ? {} : { message: apiMessage(core, message) }),
      state: { values: inputState(message.blocks, press.values) },
      response_url: responseUrl(core, host, channel.id, message.ts),
    },
  }
}

/** In a shared channel, a press goes to the workspace whose app wrote the message. */
function hostOf(core: Core, who: Actor, message: Message): Actor {
  const channel = core.world.channels.get(message.channel)
  const teams = channel ? core.world.teamsIn(channel) : []
  return actorIn(core, who, teams.find((id) => core.world.teams.get(id)?.botUserId === message.user) ?? who.team.id)
}

function findElement(blocks: readonly unknown[], blockId: string, actionId: string): Json {
  const block = blocks.filter(isRecord).find((each) => each.block_id === blockId)
  const element = block && elementsOf(block).find((each) => each.action_id === actionId)
  if (!element) throw new SlackError('action_not_found')
  return element
}

/** The payload `block_actions` of a press. @throws SlackError when the person sees no such element or option */
export function blockActions(core: Core, who: Actor, press: ActionPress): Json {
  const place = surface(core, who, press)
  const element = findElement(place.blocks, press.block_id, press.action_id)
  return {
    ...interactionBase(core, place.who, 'block_actions'),
    ...place.payload,
    trigger_id: core.triggers.issue({ teamId: place.who.team.id, userId: who.user.id, viewId: place.viewId }),
    actions: [
      {
        type: element.type,
        action_id: press.action_id,
        block_id: press.block_id,
        ...chosen(element, press.element),
        action_ts: core.timestamps.next(),
      },
    ],
  }
}

/** The payload `block_suggestion` of what a person typed into an external select. */
export function blockSuggestion(
  core: Core,
  who: Actor,
  ask: Pick<ActionPress, 'source' | 'block_id' | 'action_id'> & { readonly value: string },
): Json {
  const place = surface(core, who, ask)
  const element = findElement(place.blocks, ask.block_id, ask.action_id)
  if (!String(element.type).endsWith('external_select')) throw new SlackError('action_not_found')
  const { response_url: _, state: __, ...payload } = place.payload
  return {
    ...interactionBase(core, place.who, 'block_suggestion'),
    ...payload,
    action_id: ask.action_id,
    block_id: ask.block_id,
    value: ask.value,
  }
}

/** What an action says of its element: a button its own value, a menu one of its own options. */
function chosen(element: Json, given: Json): Json {
  const { type } = element
  if (type === 'button' || type === 'workflow_button' || type === 'icon_button') {
    const { text, value, style, url } = element
    return Object.fromEntries(Object.entries({ text, value, style, url }).filter(([, item]) => item !== undefined))
  }
  if (type === 'feedback_buttons') return { value: given.value }
  const field = type === 'overflow' ? 'selected_option' : stateField(type)
  if (!field) throw new SlackError('action_not_found')
  const picked = given[field] ?? null
  const own = ownOptions(element)
  if (own && picked !== null) {
    const values = [picked].flat().map((option) => (isRecord(option) ? option.value : undefined))
    const options = values.map((value) => own.find((option) => option.value === value))
    if (options.includes(undefined)) throw new SlackError('option_not_found')
    return { [field]: Array.isArray(picked) ? options : options[0] }
  }
  return { [field]: picked, ...(element.placeholder ? { placeholder: element.placeholder } : {}) }
}

function ownOptions(element: Json): Json[] | null {
  const groups = Array.isArray(element.option_groups) ? element.option_groups.filter(isRecord) : []
  const lists = [element.options, ...groups.map((group) => group.options)].filter(Array.isArray)
  return lists.length > 0 ? lists.flat().filter(isRecord) : null
}
