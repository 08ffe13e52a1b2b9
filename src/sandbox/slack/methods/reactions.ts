import { SlackError } from '../errors.ts'
import type { Message } from '../model.ts'
import { showMessage } from '../posting.ts'
import { apiMessage } from '../present-api.ts'
import type { Call, Methods } from './method.ts'

function target(call: Call): Message {
  const channel = call.visibleChannel(call.need('channel'))
  const message = call.core.messages.get(channel.id, call.need('timestamp'))
  if (!message || message.onlyFor) throw new SlackError('message_not_found')
  if (!/^[a-z0-9_'+-]{1,100}(::skin-tone-[2-6])?$/.test(call.need('name'))) throw new SlackError('invalid_name')
  return message
}

/** Adds a person's reaction. @throws SlackError `already_reacted`, `too_many_emoji` */
export function addReaction(message: Message, name: string, user: string): void {
  const reaction = message.reactions.find((each) => each.name === name)
  if (reaction?.users.includes(user)) throw new SlackError('already_reacted')
  if (!reaction && message.reactions.length >= 23) throw new SlackError('too_many_emoji')
  if (reaction) reaction.users.push(user)
  else message.reactions.push({ name, users: [user] })
}

/** Takes a person's reaction back. @throws SlackError `no_reaction` */
export function removeReaction(message: Message, name: string, user: string): void {
  const reaction = message.reactions.find((each) => each.name === name)
  if (!reaction?.users.includes(user)) throw new SlackError('no_reaction')
  reaction.users = reaction.users.filter((each) => each !== user)
  if (reaction.users.length === 0) message.reactions.splice(message.reactions.indexOf(reaction), 1)
}

function change(call: Call, apply: typeof addReaction): Record<string, unknown> {
  const message = target(call)
  const channel = call.visibleChannel(message.channel)
  apply(message, call.need('name'), call.bot(channel.teamId))
  showMessage(call.core, channel, message, 'message_changed')
  return {}
}

const args = { channel: 'string!', timestamp: 'string!', name: 'string!' } as const

export const reactionsMethods: Methods = {
  'reactions.get': {
    scopes: ['reactions:read'],
    tier: 3,
    token: 'bot',
    args: { channel: 'string!', timestamp: 'string!', full: 'boolean' },
    run(call) {
      const channel = call.visibleChannel(call.need('channel'))
      const message = call.core.messages.get(channel.id, call.need('timestamp'))
      if (!message || message.onlyFor) throw new SlackError('message_not_found')
      return { type: 'message', channel: channel.id, message: apiMessage(call.core, message) }
    },
  },
  'reactions.add': {
    scopes: ['reactions:write'],
    tier: 3,
    token: 'bot',
    args,
    run: (call) => change(call, addReaction),
  },
  'reactions.remove': {
    scopes: ['reactions:write'],
    tier: 2,
    token: 'bot',
    args,
    run: (call) => change(call, removeReaction),
  },
}
