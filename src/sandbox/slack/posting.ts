import { isRecord } from './blocks/check.ts'
import type { Core } from './core.ts'
import type { Block, Channel, Message, Stream } from './model.ts'
import { apiMessage } from './present-api.ts'
import { pageChannel, pageMessage } from './present-page.ts'
import { linksOf } from './text.ts'

export interface NewMessage {
  readonly channel: Channel
  readonly user: string
  readonly botId?: string | null
  readonly username?: string
  readonly icon?: string
  readonly text: string
  readonly blocks?: readonly Block[]
  readonly attachments?: readonly unknown[]
  readonly threadTs?: string | null
  readonly broadcast?: boolean
  readonly metadata?: unknown
  readonly fileIds?: readonly string[]
  readonly onlyFor?: string | null
  readonly foreignTeam?: string | null
  readonly stream?: Stream
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
    ...(input.icon ? { icon: input.icon } : {}),
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
    ...(input.stream ? { stream: input.stream } : {}),
  }
  core.messages.add(message)
  showMessage(core, channel, message, 'message')
  if (message.onlyFor) return message
  const root = message.threadTs ? core.messages.get(channel.id, message.threadTs) : undefined
  if (root) showMessage(core, channel, root, 'message_changed')
  for (const member of channel.members) {
    if (member === message.user || core.world.users.get(member)?.isBot) continue
    core.unread.add(member, channel.id, message.text.includes(`<@${member}>`) || isDirect(channel))
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

/** Direct messages, of two or of several. */
const isDirect = ({ kind }: Channel): boolean => kind === 'im' || kind === 'mpim'

/** Tells the app of a change that its subscription to direct messages covers. */
export function announceChange(core: Core, channel: Channel, event: Record<string, unknown>): void {
  if (!inAppDirectMessage(core, channel)) return
  const ts = core.timestamps.next()
  core.events.event(channel.teamId, `message.${channel.kind}`, {
    type: 'message',
    hidden: true,
    channel: channel.id,
    channel_type: channel.kind,
    ts,
    event_ts: ts,
    ...event,
  })
}

/** The workspace of whoever wrote a message. */
export function authorTeam(core: Core, channel: Channel, message: Message): string {
  if (message.foreignTeam) return message.foreignTeam
  const own = core.world.users.get(message.user)?.teamId ?? channel.teamId
  return channel.connected.length > 0 ? own : channel.teamId
}

/** Tells the app in each workspace of the channel that it is a member in. */
function announce(core: Core, channel: Channel, message: Message): void {
  for (const teamId of core.world.teamsIn(channel)) announceTo(core, teamId, channel, message)
}

function announceTo(core: Core, teamId: string, channel: Channel, message: Message): void {
  const bot = core.world.teams.get(teamId)?.botUserId ?? ''
  if (!channel.members.includes(bot)) return
  announceLinks(core, teamId, channel, message)
  const author = authorTeam(core, channel, message)
  const origin = { shared: channel.shared, ...(author === teamId ? {} : { teamId: author }) }
  const common = {
    ...apiMessage(core, message),
    ...(message.botId ? {} : { client_msg_id: clientMessageId(message.ts) }),
    ...(author !== teamId || channel.connected.length > 0
      ? { user_team: author, source_team: author, user_profile: {} }
      : {}),
    channel: channel.id,
    event_ts: message.ts,
  }
  if (inAppDirectMessage(core, channel)) {
    const subtype = message.fileIds.length > 0 && !message.botId ? { subtype: 'file_share' } : {}
    core.events.event(teamId, `message.${channel.kind}`, { ...common, ...subtype, channel_type: channel.kind }, origin)
  }
  // A mention among several people is told as one besides; between two everything is for the app anyway.
  if (channel.kind !== 'im' && !message.botId && message.text.includes(`<@${bot}>`)) {
    core.events.event(teamId, 'app_mention', { ...common, type: 'app_mention' }, origin)
  }
}

/** Tells the app of links to its own domains. */
function announceLinks(core: Core, teamId: string, channel: Channel, message: Message): void {
  if (message.botId || core.app.unfurlDomains.length === 0) return
  const links = linksOf(message.text).flatMap((url) => {
    const { hostname } = new URL(url)
    const domain = core.app.unfurlDomains.find((each) => hostname === each || hostname.endsWith(`.${each}`))
    return domain ? [{ domain, url }] : []
  })
  if (links.length === 0) return
  const id = core.ids.next('Uf')
  core.unfurls.set(id, { channel: channel.id, ts: message.ts })
  core.events.event(teamId, 'link_shared', {
    type: 'link_shared',
    user: message.user,
    channel: channel.id,
    message_ts: message.ts,
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    links,
    unfurl_id: id,
    source: 'conversations_history',
    is_bot_user_member: true,
    event_ts: message.ts,
  })
}

function inAppDirectMessage(core: Core, channel: Channel): boolean {
  return isDirect(channel) && channel.members.some((id) => core.world.users.get(id)?.isBot)
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
