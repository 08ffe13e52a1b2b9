import { pictureType } from './blocks/pictures.ts'
import type { Core } from './core.ts'
import type { Channel, Message, StoredFile, User, UserGroup, View } from './model.ts'

type Json = Record<string, unknown>

const iconsOf = (icon: string) => (icon.startsWith(':') ? { emoji: icon } : { image_64: icon })

/** A message as the Web API and events show it. */
export function apiMessage(core: Core, message: Message): Json {
  const channel = core.world.channels.get(message.channel)
  const home = channel && channel.connected.length > 0 ? core.world.users.get(message.user)?.teamId : undefined
  const teamId = message.foreignTeam ?? home ?? channel?.teamId ?? ''
  return {
    type: 'message',
    user: message.user,
    ts: message.ts,
    ...(message.botId
      ? {
          bot_id: message.botId,
          app_id: core.app.id,
          bot_profile: { id: message.botId, app_id: core.app.id, name: core.app.name, deleted: false, team_id: teamId },
        }
      : {}),
    ...(message.username ? { username: message.username, subtype: 'bot_message' } : {}),
    ...(message.icon ? { icons: iconsOf(message.icon) } : {}),
    text: message.text,
    team: teamId,
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    ...(message.threadTs
      ? { thread_ts: message.threadTs }
      : message.replies
        ? {
            thread_ts: message.ts,
            reply_count: message.replies.count,
            reply_users: message.replies.users,
            reply_users_count: message.replies.users.length,
            latest_reply: message.replies.latest,
          }
        : {}),
    ...(message.editedTs ? { edited: { user: message.user, ts: message.editedTs } } : {}),
    ...(message.metadata ? { metadata: message.metadata } : {}),
    ...(message.fileIds.length > 0 ? { files: filesOf(core, message).map((file) => apiFile(core, file)) } : {}),
    ...(message.reactions.length > 0
      ? { reactions: message.reactions.map(({ name, users }) => ({ name, users, count: users.length })) }
      : {}),
  }
}

/** The stored files that a message shows. */
export function filesOf(core: Core, message: Message): StoredFile[] {
  return message.fileIds.flatMap((id) => core.files.get(id) ?? [])
}

/** A file as the Web API shows it; its content is behind `url_private`, for who has a token. */
export function apiFile(core: Core, file: StoredFile): Json {
  const address = `${core.publicUrl}/files/${file.id}/${encodeURIComponent(file.name)}`
  return {
    id: file.id,
    name: file.name,
    title: file.title,
    mimetype: pictureType(file.content) ?? 'text/plain',
    filetype: pictureType(file.content)?.slice('image/'.length) ?? (file.snippetType || 'text'),
    user: file.user,
    user_team: file.teamId,
    size: file.size,
    mode: 'hosted',
    url_private: address,
    url_private_download: address,
  }
}

/** A person as `users.info` shows them; everybody lives in Europe/Paris. */
export function apiUser(core: Core, user: User): Json {
  const team = core.world.teams.get(user.teamId)
  return {
    id: user.id,
    team_id: user.teamId,
    name: user.name,
    deleted: core.world.deactivated.has(user.id),
    color: user.color.replace('#', ''),
    real_name: user.realName,
    tz: 'Europe/Paris',
    tz_label: 'Central European Time',
    tz_offset: 3600,
    profile: {
      title: user.title,
      phone: '',
      skype: '',
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: user.isBot ? '' : user.realName,
      display_name_normalized: user.isBot ? '' : user.realName,
      status_text: user.status ?? '',
      status_text_canonical: '',
      status_emoji: user.status ? ':speech_balloon:' : '',
      status_emoji_display_info: [],
      status_expiration: 0,
      fields: {},
      team: user.teamId,
      ...(user.isBot ? { bot_id: core.installations.botId(user.id), api_app_id: core.app.id } : {}),
    },
    is_admin: user.isAdmin,
    is_owner: user.isAdmin,
    is_primary_owner: false,
    is_restricted: user.isGuest,
    is_ultra_restricted: false,
    is_bot: user.isBot,
    is_app_user: false,
    updated: user.updated ?? 0,
    ...(team?.enterprise ? { enterprise_user: { id: user.id, enterprise_id: team.enterprise.id } } : {}),
  }
}

/** A conversation as `conversations.info` shows it to this person. */
export function apiChannel(channel: Channel, viewer: string): Json {
  if (channel.kind === 'im') {
    return {
      id: channel.id,
      created: channel.created,
      is_im: true,
      is_org_shared: false,
      user: channel.members.find((id) => id !== viewer) ?? viewer,
      context_team_id: channel.teamId,
    }
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    created: channel.created,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'mpim',
    is_im: false,
    is_mpim: channel.kind === 'mpim',
    is_private: channel.kind !== 'public',
    is_archived: channel.archived,
    is_general: channel.name === 'general',
    is_member: channel.members.includes(viewer),
    is_ext_shared: channel.shared,
    is_shared: channel.shared,
    context_team_id: channel.teamId,
    ...(channel.connected.length > 0
      ? { shared_team_ids: [channel.teamId, ...channel.connected], connected_team_ids: channel.connected }
      : {}),
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: channel.purpose, creator: '', last_set: 0 },
  }
}

/** A view as the Web API and payloads show it. */
export function apiView(core: Core, view: View, state: Json = { values: {} }): Json {
  const { json } = view
  return {
    id: view.id,
    team_id: view.teamId,
    type: view.type,
    blocks: json.blocks,
    private_metadata: json.private_metadata ?? '',
    callback_id: json.callback_id ?? '',
    external_id: json.external_id ?? '',
    state,
    hash: view.hash,
    title: json.title ?? { type: 'plain_text', text: core.app.name },
    clear_on_close: json.clear_on_close ?? false,
    notify_on_close: json.notify_on_close ?? false,
    submit_disabled: json.submit_disabled ?? false,
    close: json.close ?? null,
    submit: json.submit ?? null,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: core.app.id,
    app_installed_team_id: core.installations.of(view.teamId)?.teamId ?? view.teamId,
    bot_id: core.installations.of(view.teamId)?.botId ?? '',
  }
}

/** A user group as Slack tells of it. */
export function apiUserGroup(group: UserGroup, withUsers: boolean, withCount: boolean): Json {
  return {
    id: group.id,
    team_id: group.teamId,
    is_usergroup: true,
    is_subteam: true,
    is_external: false,
    handle: group.handle,
    name: group.name,
    description: '',
    date_delete: group.disabledAt ?? 0,
    ...(withUsers ? { users: group.users } : {}),
    ...(withCount ? { user_count: group.users.length } : {}),
  }
}
