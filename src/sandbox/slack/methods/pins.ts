import { SlackError } from '../errors.ts'
import type { Bookmark, Message } from '../model.ts'
import { apiMessage } from '../present-api.ts'
import type { Call, Methods } from './method.ts'

/** Bookmarks that a channel holds. */
const mostBookmarks = 100
const target = { channel: 'string!', timestamp: 'string!' } as const

function message(call: Call): Message {
  const channel = call.writableChannel(call.need('channel'))
  const found = call.core.messages.get(channel.id, call.need('timestamp'))
  if (!found || found.onlyFor) throw new SlackError('message_not_found')
  return found
}

function bookmark(call: Call): Bookmark {
  const channel = call.writableChannel(call.need('channel_id'))
  const found = call.core.pins.bookmarks.find((each) => each.id === call.need('bookmark_id'))
  if (found?.channel !== channel.id) throw new SlackError('not_found')
  return found
}

function checkLink(link: string): string {
  if (!/^https?:\/\/\S+$/.test(link) || !URL.canParse(link)) throw new SlackError('invalid_link')
  return link
}

const shown = (each: Bookmark) => ({
  id: each.id,
  channel_id: each.channel,
  title: each.title,
  link: each.link,
  emoji: each.emoji,
  icon_url: null,
  type: 'link',
  date_created: each.created,
  date_updated: 0,
})

export const pinsMethods: Methods = {
  'pins.add': {
    scopes: ['pins:write'],
    tier: 2,
    token: 'bot',
    args: target,
    run(call) {
      const { channel, ts } = message(call)
      if (call.core.pins.has(channel, ts)) throw new SlackError('already_pinned')
      if (call.core.pins.of(channel).length >= 100) throw new SlackError('too_many_pins')
      call.core.pins.add(channel, ts, call.installation.botUserId, call.core.now())
      return {}
    },
  },
  'pins.remove': {
    scopes: ['pins:write'],
    tier: 2,
    token: 'bot',
    args: target,
    run(call) {
      const { channel, ts } = message(call)
      if (!call.core.pins.has(channel, ts)) throw new SlackError('no_pin')
      call.core.pins.remove(channel, ts)
      return {}
    },
  },
  'pins.list': {
    scopes: ['pins:read'],
    tier: 2,
    token: 'bot',
    args: { channel: 'string!' },
    run(call) {
      const { core } = call
      const channel = call.writableChannel(call.need('channel'))
      const items = core.pins.of(channel.id).flatMap(({ ts, by, at }) => {
        const found = core.messages.get(channel.id, ts)
        if (!found) return []
        const about = { channel: channel.id, created: Math.floor(at / 1000), created_by: by }
        return [{ type: 'message', ...about, message: apiMessage(core, found) }]
      })
      return { items }
    },
  },
  'bookmarks.add': {
    scopes: ['bookmarks:write'],
    tier: 2,
    token: 'bot',
    args: {
      channel_id: 'string!',
      title: 'string!',
      type: 'string!',
      link: 'string!',
      emoji: 'string',
      entity_id: 'string',
      parent_id: 'string',
    },
    run(call) {
      const { core } = call
      const channel = call.writableChannel(call.need('channel_id'))
      if (call.need('type') !== 'link') throw new SlackError('invalid_bookmark_type')
      const link = checkLink(call.need('link'))
      if (core.pins.bookmarks.filter((each) => each.channel === channel.id).length >= mostBookmarks) {
        throw new SlackError('too_many_bookmarks')
      }
      const added: Bookmark = {
        id: core.ids.next('Bk'),
        channel: channel.id,
        title: call.need('title'),
        link,
        emoji: call.text('emoji') ?? '',
        created: Math.floor(core.now() / 1000),
      }
      core.pins.bookmarks.push(added)
      return { bookmark: shown(added) }
    },
  },
  'bookmarks.edit': {
    scopes: ['bookmarks:write'],
    tier: 2,
    token: 'bot',
    args: { channel_id: 'string!', bookmark_id: 'string!', title: 'string', link: 'string', emoji: 'string' },
    run(call) {
      const found = bookmark(call)
      found.title = call.text('title') ?? found.title
      found.link = call.text('link') ? checkLink(call.need('link')) : found.link
      found.emoji = call.text('emoji') ?? found.emoji
      return { bookmark: shown(found) }
    },
  },
  'bookmarks.remove': {
    scopes: ['bookmarks:write'],
    tier: 2,
    token: 'bot',
    args: { channel_id: 'string!', bookmark_id: 'string!' },
    run(call) {
      const { bookmarks } = call.core.pins
      bookmarks.splice(bookmarks.indexOf(bookmark(call)), 1)
      return {}
    },
  },
  'bookmarks.list': {
    scopes: ['bookmarks:read'],
    tier: 3,
    token: 'bot',
    args: { channel_id: 'string!' },
    run(call) {
      const channel = call.writableChannel(call.need('channel_id'))
      return { bookmarks: call.core.pins.bookmarks.filter((each) => each.channel === channel.id).map(shown) }
    },
  },
}
