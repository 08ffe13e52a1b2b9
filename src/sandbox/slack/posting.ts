import { isRecord } from './blocks/check.ts'
import type { Core } from './core.ts'
import type { Block, Channel, Message } from './model.ts'
import { apiMessage, pageChannel, pageMessage } from './present.ts'

export interface NewMessage {
  readonly channel: Channel
  readonly user: string
  readonly botId?: string | null
  readonly username?: string
  readonly text: string
  readonly blocks?: readonly Block[]
  readonly attachments?: readonly unknown[]
  readonly threadTs?: string | null
  readonly broadcast?: boolean
  readonly metadata?: unknown
  readonly fileIds?: readonly string[]
  readonly onlyFor?: string | null
  readonly foreignTeam?: string | null
}

/** Stores a message, shows it to the people of the channel and tells the app if it may know. */
export function post(core: Core, input: NewMessage): Message {
  const { channel } = input
  const message: Message = {
    channel: channel.id,
    ts: core.timestamps.next(),
    user: input.user,
    botId: input.botId ?? null,
    ...(input.username ? { username: input.username } : {}),
    text: input.text,
    blocks: withBlockIds(core, input.blocks ?? []),
    attachments: input.attachments ?? [],
    threadTs: input.threadTs ?? null,
    broadcast: input.broadcast ?? false,
    editedTs: null,
    metadata: input.metadata ?? null,
    fileIds: input.fileIds ?? [],
    reactions: [],
    onlyFor: input.onlyFor ?? null,
    foreignTeam: input.foreignTeam ?? null,
    replies: null,
  }
  core.messages.add(message)
  showMessage(core, channel, message, 'message')
  if (message.onlyFor) return message
  const root = message.threadTs ? core.messages.get(channel.id, message.threadTs) : undefined
  if (root) showMessage(core, channel, root, 'message_changed')
  for (const member of channel.members) {
    if (member === message.user || core.world.users.get(member)?.isBot) continue
    core.unread.add(member, channel.id, message.text.includes(`<@${member}>`) || channel.kind === 'im')
    core.hub.emit(
      { type: 'channel', channel: pageChannel(core, channel, member) },
      { teamId: channel.teamId, users: [member] },
    )
  }
  announce(core, channel, message)
  return message
}

/** Sends a changed or new message to the pages of those who may see it. */
export function showMessage(core: Core, channel: Channel, message: Message, type: 'message' | 'message_changed'): void {
  const users = message.onlyFor ? [message.onlyFor] : channel.members
  core.hub.emit({ type, message: pageMessage(core, message) }, { teamId: channel.teamId, users })
}

/** Tells the app of a change that its subscription to direct messages covers. */
export function announceChange(core: Core, channel: Channel, event: Record<string, unknown>): void {
  if (!inAppDirectMessage(core, channel)) return
  const ts = core.timestamps.next()
  core.events.event(channel.teamId, 'message.im', {
    type: 'message',
    hidden: true,
    channel: channel.id,
    channel_type: 'im',
    ts,
    event_ts: ts,
    ...event,
  })
}

function announce(core: Core, channel: Channel, message: Message): void {
  const bot = core.world.teams.get(channel.teamId)?.botUserId ?? ''
  if (!channel.members.includes(bot)) return
  const origin = { shared: channel.shared, ...(message.foreignTeam ? { teamId: message.foreignTeam } : {}) }
  const common = {
    ...apiMessage(core, message),
    ...(message.botId ? {} : { client_msg_id: clientMessageId(message.ts) }),
    ...(message.foreignTeam
      ? { user_team: message.foreignTeam, source_team: message.foreignTeam, user_profile: {} }
      : {}),
    channel: channel.id,
    event_ts: message.ts,
  }
  if (inAppDirectMessage(core, channel)) {
    const subtype = message.fileIds.length > 0 && !message.botId ? { subtype: 'file_share' } : {}
    core.events.event(channel.teamId, 'message.im', { ...common, ...subtype, channel_type: 'im' }, origin)
  } else if (!message.botId && message.text.includes(`<@${bot}>`)) {
    core.events.event(channel.teamId, 'app_mention', { ...common, type: 'app_mention' }, origin)
  }
}

function inAppDirectMessage(core: Core, channel: Channel): boolean {
  return channel.kind === 'im' && channel.members.some((id) => core.world.users.get(id)?.isBot)
}

const interactive =
  /^(button|overflow|workflow_button|datepicker|timepicker|datetimepicker|checkboxes|radio_buttons)$|select$|input$/

/** Slack gives each block an id, and each of its interactive elements, when the app gave none. */
export function withBlockIds(core: Core, blocks: readonly Block[]): Block[] {
  const complete = (element: unknown): unknown => {
    if (!isRecord(element) || element.action_id || !interactive.test(String(element.type))) return element
    return { ...element, action_id: core.ids.next('ac') }
  }
  return blocks.map((block) => ({
    ...block,
    block_id: block.block_id || core.ids.next('bl'),
    ...(block.accessory ? { accessory: complete(block.accessory) } : {}),
    ...(block.element ? { element: complete(block.element) } : {}),
    ...(Array.isArray(block.elements) ? { elements: block.elements.map(complete) } : {}),
  }))
}

function clientMessageId(ts: string): string {
  const digits = ts.replace('.', '').padStart(32, '0').slice(-32)
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
