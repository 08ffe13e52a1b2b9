import type { SandboxView } from '../client-api.ts'
import type { Core } from './core.ts'
import { type Actor, memberChannel } from './delivery/payloads.ts'
import { SlackError } from './errors.ts'
import { addReaction, removeReaction } from './methods/reactions.ts'
import type { Channel, Message } from './model.ts'
import { post, showMessage } from './posting.ts'
import { apiView, pageChannel, pageView } from './present.ts'
import { encodeTypedText, richText } from './text.ts'

export interface SayOptions {
  readonly threadTs?: string
  /** A person of another company writes, in a shared channel (Slack Connect). */
  readonly from?: { readonly teamId: string; readonly userId: string }
}

/** A person writes a message. @throws SlackError `channel_not_found`, `no_text`, `msg_too_long`, `thread_not_found` */
export function say(core: Core, who: Actor, channelId: string, typed: string, options: SayOptions = {}): Message {
  const channel = memberChannel(core, who, channelId)
  if (typed.trim() === '') throw new SlackError('no_text')
  if ([...typed].length > 40_000) throw new SlackError('msg_too_long')
  const asked = options.threadTs ? core.messages.get(channel.id, options.threadTs) : undefined
  if (options.threadTs && !asked) throw new SlackError('thread_not_found')
  const text = encodeTypedText(typed, core.world, who.team.id)
  return post(core, {
    channel,
    user: options.from?.userId ?? who.user.id,
    foreignTeam: options.from?.teamId ?? null,
    text,
    blocks: [{ ...richText(text), type: 'rich_text' }],
    threadTs: asked ? (asked.threadTs ?? asked.ts) : null,
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
