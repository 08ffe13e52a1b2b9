import type { SandboxChannel, SandboxMessage, SandboxUser, SandboxView } from '../client-api.ts'
import type { Core } from './core.ts'
import type { Channel, Message, StoredFile, User, View } from './model.ts'
import { filesOf } from './present-api.ts'

/** A message as the sandbox's page shows it. */
export function pageMessage(core: Core, message: Message): SandboxMessage {
  const files = filesOf(core, message)
  return {
    channel: message.channel,
    ts: message.ts,
    user: message.user,
    text: message.text,
    ...(message.botId ? { bot_id: message.botId } : {}),
    ...(message.blocks.length > 0 ? { blocks: [...message.blocks] } : {}),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(message.replies
      ? {
          thread_ts: message.ts,
          reply_count: message.replies.count,
          reply_users: message.replies.users,
          latest_reply: message.replies.latest,
        }
      : {}),
    ...(message.editedTs ? { edited: { ts: message.editedTs } } : {}),
    ...(files.length > 0 ? { files: files.map(pageFile) } : {}),
    ...(message.reactions.length > 0
      ? { reactions: message.reactions.map(({ name, users }) => ({ name, users, count: users.length })) }
      : {}),
    ...(message.onlyFor ? { ephemeral: true } : {}),
    ...(message.username ? { username: message.username } : {}),
    ...(message.icon ? { icon: message.icon } : {}),
    ...(message.attachments.length > 0 ? { attachments: [...message.attachments] } : {}),
    ...(message.stream ? { streaming: true } : {}),
    ...(message.metadata ? { metadata: message.metadata } : {}),
  }
}

function pageFile(file: StoredFile) {
  const text = file.content?.toString('utf8') ?? ''
  const lines = text ? text.split('\n').length - (text.endsWith('\n') ? 1 : 0) : 0
  return { id: file.id, name: file.name, title: file.title, size: file.size, lines }
}

/** A person as the sandbox's page shows them. */
export function pageUser(user: User): SandboxUser {
  const { id, name, title, color, teamId } = user
  return { id, name, real_name: user.realName, title, is_bot: user.isBot, color, team: teamId }
}

/** A conversation as one person sees it: a direct one by the other's name, a group by everybody else's. */
export function pageChannel(core: Core, channel: Channel, viewer: string): SandboxChannel {
  const nameOf = (id: string) => core.world.users.get(id)?.realName ?? id
  const other = channel.kind === 'im' ? channel.members.find((id) => id !== viewer) : undefined
  return {
    id: channel.id,
    name:
      channel.kind === 'im'
        ? (core.world.users.get(other ?? '')?.realName ?? '')
        : channel.kind === 'mpim'
          ? channel.members
              .filter((id) => id !== viewer)
              .map(nameOf)
              .join(', ')
          : channel.name,
    kind: channel.kind,
    topic: channel.topic,
    ...(channel.shared ? { shared: true } : {}),
    members: [...channel.members],
    ...(other ? { user: other } : {}),
    ...core.unread.of(viewer, channel.id),
  }
}

/** A modal or Home with what the page needs to send it back. */
export function pageView(view: View): SandboxView {
  return { id: view.id, type: view.type, view: view.json, hash: view.hash }
}
