import type { SandboxView } from '../client-api.ts'
import type { Core } from './core.ts'
import { type Actor, memberChannel } from './delivery/payloads.ts'
import { SlackError } from './errors.ts'
import { showChannels } from './install.ts'
import { addReaction, removeReaction } from './methods/reactions.ts'
import type { Channel, Message, StoredFile, User } from './model.ts'
import { post, showMessage } from './posting.ts'
import { apiView } from './present-api.ts'
import { pageChannel, pageView } from './present-page.ts'
import { type Directory, encodeTypedText, richText } from './text.ts'

export interface SayOptions {
  readonly threadTs?: string
  /** A person of another company writes, in a shared channel (Slack Connect). */
  readonly from?: { readonly teamId: string; readonly userId: string }
}

/** Somebody of another company, as people see them in a shared channel: with the company's name. */
export function foreignUser({ world }: Core, user: User): User {
  const team = world.teams.get(user.teamId)
  return { ...user, name: `${user.name}-${team?.domain ?? ''}`, realName: `${user.realName} (${team?.name ?? ''})` }
}

/** What a person of a workspace can mention in a channel: the app only while it is installed. */
export function directory(core: Core, teamId: string, channel?: Channel): Directory {
  const { world, installations } = core
  const installed = installations.of(teamId) !== undefined
  const own = world.usersOf(teamId)
  const foreign = (channel?.connected.length ? channel.members : []).flatMap((id) => {
    const user = world.users.get(id)
    return user && !own.includes(user) ? [foreignUser(core, user)] : []
  })
  return {
    users: [...own.filter((user) => installed || !user.isBot), ...foreign],
    userGroups: world.userGroups.filter((group) => group.teamId === teamId),
    channels: world.channelsOf(teamId),
  }
}

/** A person writes a message. @throws SlackError `channel_not_found`, `no_text`, `msg_too_long`, `thread_not_found` */
export function say(core: Core, who: Actor, channelId: string, typed: string, options: SayOptions = {}): Message {
  const channel = memberChannel(core, who, channelId)
  if (typed.trim() === '') throw new SlackError('no_text')
  if ([...typed].length > 40_000) throw new SlackError('msg_too_long')
  const asked = options.threadTs ? core.messages.get(channel.id, options.threadTs) : undefined
  if (options.threadTs && !asked) throw new SlackError('thread_not_found')
  const text = encodeTypedText(typed, directory(core, who.team.id, channel))
  return post(core, {
    channel,
    user: options.from?.userId ?? who.user.id,
    foreignTeam: options.from?.teamId ?? null,
    text,
    blocks: [{ ...richText(text), type: 'rich_text' }],
    threadTs: asked ? (asked.threadTs ?? asked.ts) : null,
  })
}

/** The direct messages of two people of a workspace. @throws SlackError `user_not_found` */
export function openDirect(core: Core, { team, user }: Actor, otherId: string): Channel {
  const other = core.world.users.get(otherId)
  if (!other || other.id === user.id || !core.world.usersOf(team.id).includes(other)) {
    throw new SlackError('user_not_found')
  }
  const channel = core.world.directMessage(team.id, user.id, other.id)
  for (const id of [user.id, other.id]) {
    core.hub.emit({ type: 'channel', channel: pageChannel(core, channel, id) }, { teamId: team.id, users: [id] })
  }
  return channel
}

/**
 * The direct messages of a person and several others of a workspace, the app among them where it is installed.
 * @throws SlackError `user_not_found`, `not_enough_users`, `too_many_users`
 */
export function openGroup(core: Core, { team, user }: Actor, others: readonly string[]): Channel {
  const known = core.world.usersOf(team.id).filter(({ isBot }) => !isBot || core.installations.of(team.id))
  const isKnown = (id: string) => id !== user.id && known.some((each) => each.id === id)
  const wanted = [...new Set(others)]
  if (!wanted.every(isKnown)) throw new SlackError('user_not_found')
  if (wanted.length < 2) throw new SlackError('not_enough_users')
  if (wanted.length > 8) throw new SlackError('too_many_users')
  const channel = core.world.groupMessage(team.id, [user.id, ...wanted])
  showChannels(core, team.id)
  return channel
}

/** Takes a file of a person. @throws SlackError `no_file_data` */
export function storeUpload(core: Core, who: Actor, file: NewFile): StoredFile {
  if (file.content.length === 0 || file.name === '') throw new SlackError('no_file_data')
  const stored: StoredFile = {
    id: core.ids.next('F'),
    teamId: who.team.id,
    user: who.user.id,
    name: file.name.slice(0, 255),
    title: file.name.slice(0, 255),
    size: file.content.length,
    altText: '',
    snippetType: '',
    content: null,
    shared: true,
    completedAt: core.now(),
  }
  core.files.add(stored)
  core.files.fill(stored, file.content)
  return stored
}

interface NewFile {
  readonly name: string
  readonly content: Buffer
}

/** A person shares a file, with words or without. @throws SlackError `thread_not_found`, `no_file_data` */
export function shareFile(
  core: Core,
  who: Actor,
  channelId: string,
  file: NewFile,
  more: { readonly thread_ts?: string; readonly text?: string },
): Message {
  const channel = memberChannel(core, who, channelId)
  const root = more.thread_ts ? core.messages.get(channel.id, more.thread_ts) : undefined
  if (more.thread_ts && !root) throw new SlackError('thread_not_found')
  const stored = storeUpload(core, who, file)
  const text = encodeTypedText(more.text ?? '', directory(core, who.team.id, channel))
  return post(core, {
    channel,
    user: who.user.id,
    text,
    blocks: text ? [{ ...richText(text), type: 'rich_text' }] : [],
    threadTs: root ? (root.threadTs ?? root.ts) : null,
    fileIds: [stored.id],
  })
}

/** A person opens the app: its Home tab or its messages. Gives the Home tab as it is now. */
export function openHome(core: Core, { team, user }: Actor, tab: 'home' | 'messages'): SandboxView | null {
  if (!core.installations.of(team.id)) return null
  const channel = core.world.directMessage(team.id, user.id, team.botUserId)
  const view = core.views.home(user.id)
  core.events.event(team.id, 'app_home_opened', {
    type: 'app_home_opened',
    user: user.id,
    channel: channel.id,
    tab,
    ...(tab === 'home' && view ? { view: apiView(core, view) } : {}),
    event_ts: core.timestamps.next(),
  })
  return view ? pageView(view) : null
}

/** What a person sees of a channel: its top level, or one thread with its root; oldest first. Marks it read. */
export function readMessages(core: Core, who: Actor, channelId: string, thread?: string): Message[] {
  const channel = memberChannel(core, who, channelId)
  if (core.unread.read(who.user.id, channel.id)) {
    core.hub.emit(
      { type: 'channel', channel: pageChannel(core, channel, who.user.id) },
      { teamId: who.team.id, users: [who.user.id] },
    )
  }
  return core.messages
    .all(channel.id)
    .filter((message) => !message.onlyFor || message.onlyFor === who.user.id)
    .filter((message) =>
      thread ? message.ts === thread || message.threadTs === thread : !message.threadTs || message.broadcast,
    )
}

/** Takes an ephemeral message away from its reader. */
export function dismiss(core: Core, who: Actor, channelId: string, ts: string): void {
  const channel = memberChannel(core, who, channelId)
  const message = core.messages.get(channel.id, ts)
  if (message?.onlyFor !== who.user.id) throw new SlackError('message_not_found')
  core.messages.remove(message)
  core.hub.emit({ type: 'message_deleted', channel: channel.id, ts }, { teamId: who.team.id, users: [who.user.id] })
}

/** @throws SlackError `message_not_found`, `already_reacted`, `no_reaction` */
export function react(core: Core, who: Actor, channelId: string, ts: string, name: string, add: boolean): void {
  const channel = memberChannel(core, who, channelId)
  const message = core.messages.get(channel.id, ts)
  if (!message || message.onlyFor) throw new SlackError('message_not_found')
  if (add) addReaction(message, name, who.user.id)
  else removeReaction(message, name, who.user.id)
  showMessage(core, channel, message, 'message_changed')
}

/** The Stop button of an agent session. */
export function stopSession(core: Core, who: Actor, channelId: string, threadTs: string): void {
  const channel: Channel = memberChannel(core, who, channelId)
  core.events.event(who.team.id, 'agent_session_stopped', {
    type: 'agent_session_stopped',
    user: who.user.id,
    channel: channel.id,
    thread_ts: threadTs,
    streaming_message_ts: [],
  })
}
