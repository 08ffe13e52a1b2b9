import type { Channel } from '../model.ts'
import type { Call } from './method.ts'

const prefixes = { public: 'channels', private: 'groups', im: 'im', mpim: 'mpim' } as const

/** The scope that a kind of conversation wants: `channels:history`, `groups:read`, `im:write`, … */
export const scopeOf = (kind: Channel['kind'], what: 'read' | 'history' | 'write'): string =>
  `${prefixes[kind]}:${what}`

/** Any of these lets a method be called at all; which one it must be, the channel's kind tells. */
export const anyScope = (what: 'read' | 'history' | 'write'): readonly string[] =>
  ['channels', 'groups', 'im', 'mpim'].map((prefix) => `${prefix}:${what}`)

/** A visible channel whose kind the token has the scope for. @throws SlackError `missing_scope`, `channel_not_found` */
export function scopedChannel(call: Call, name: string, what: 'read' | 'history'): Channel {
  const channel = call.visibleChannel(name)
  call.requireScope(scopeOf(channel.kind, what))
  return channel
}
