import type { Room, RoomDraft, Rooms } from '../../domain/room.ts'
import type { Installation } from '../../domain/tenant.ts'
import { addressIn, isOf, readAddress } from '../../domain/workspace-address.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import type { InstallationCache, Reached } from './installations.ts'
import type { CallArguments, Reply, WebApi } from './web-api/client.ts'
import { slackCode } from './web-api/error.ts'

/** Slack's limits, in characters. */
const longestName = 80
const longestTopic = 250
/** Pages of NOX's own channels that are looked through for one of before. */
const mostPages = 10

/** `INC-142 Paiement en panne` → `inc-142-paiement-en-panne`: what Slack takes as a channel's name. */
export function roomName(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const words = plain.replace(/[^\p{Ll}\p{Lo}\p{N}_-]+/gu, '-').replace(/-{2,}/g, '-')
  return [...words]
    .slice(0, longestName)
    .join('')
    .replace(/^-+|-+$/g, '')
}

/**
 * Public channels that NOX makes; needs the optional scope `channels:manage`.
 * @param consentUrl where an admin gives it; `null` = in the settings of the app
 */
export function createRooms(api: WebApi, installations: InstallationCache, consentUrl: string | null): Rooms {
  const refusalOf = (error: unknown) => refusal(error, consentUrl)

  /** The workspace of a person or a channel. */
  async function reach(tenantId: string, address: string): Promise<Reached> {
    const reached = await installations.reach(tenantId, address)
    if (!reached) throw new NoxError('not-found', 'the tenant has no such Slack workspace any more')
    return reached
  }

  const call = (where: Installation, method: string, args: CallArguments, repeat: 'always' | 'when-sure') =>
    api.call(where.botToken, method, args, { repeat })

  /** The channel of this name that NOX is in: an attempt of before made it. `null` = there is none that it may see. */
  async function findOwn(where: Installation, name: string): Promise<Room | null> {
    let cursor: string | undefined
    for (let pages = 0; pages < mostPages; pages += 1) {
      const args = { types: 'public_channel', limit: 200, cursor }
      const reply = await call(where, 'users.conversations', args, 'always').catch((): Reply => ({}))
      const channels = (reply.channels ?? []) as readonly { readonly id: string; readonly name: string }[]
      const found = channels.find((each) => each.name === name)
      if (found) return { id: found.id, name }
      cursor = (reply.response_metadata as { next_cursor?: string } | undefined)?.next_cursor || undefined
      if (cursor === undefined) return null
    }
    return null
  }

  async function make(where: Installation, name: string): Promise<Room> {
    try {
      const { channel } = await call(where, 'conversations.create', { name }, 'when-sure')
      return { id: (channel as { id: string }).id, name }
    } catch (error) {
      const own = slackCode(error) === 'name_taken' ? await findOwn(where, name) : null
      if (own) return own
      throw refusalOf(error)
    }
  }

  return {
    async open(tenantId, { name, topic, people }: RoomDraft) {
      // It is made where the first of its people are; those of the tenant's other workspaces can't come in.
      const { installation: where } = await reach(tenantId, people[0] ?? '')
      const made = await make(where, roomName(name))
      const channel = made.id
      const room = { ...made, id: addressIn(where, channel) }
      // A channel without its topic, or without somebody who has left, is still the channel.
      const quietly = (work: Promise<Reply>) =>
        work.then(
          () => true,
          () => false,
        )
      await quietly(call(where, 'conversations.setTopic', { channel, topic: cut(topic) }, 'always'))
      const missing: string[] = []
      for (const user of new Set(people)) {
        const users = readAddress(user).id
        const isIn = await (isOf(where, user)
          ? call(where, 'conversations.invite', { channel, users }, 'always')
          : Promise.reject(new Error('of another workspace'))
        ).then(
          () => true,
          (error: unknown) => slackCode(error) === 'already_in_channel',
        )
        if (!isIn) missing.push(user)
      }
      return { room, missing }
    },
    async archive(tenantId, roomId) {
      const { installation, id } = await reach(tenantId, roomId)
      await call(installation, 'conversations.archive', { channel: id }, 'always').catch((error: unknown) => {
        if (slackCode(error) !== 'already_archived') throw refusalOf(error)
      })
    },
  }
}

const cut = (text: string): string => [...text].slice(0, longestTopic).join('')

const reasons = {
  missing_scope: 'room.scope',
  not_allowed_token_type: 'room.scope',
  restricted_action: 'room.restricted',
  name_taken: 'room.taken',
  channel_not_found: 'room.gone',
} as const

function refusal(error: unknown, consentUrl: string | null): unknown {
  const code = slackCode(error)
  if (code === '') return error
  const reason = reasons[code as keyof typeof reasons] ?? 'room.failed'
  const link = consentUrl && ({ kind: 'link', url: consentUrl, label: 'channels:manage' } as const)
  const forPerson = phrase(
    reason,
    reason === 'room.scope' ? { scope: link ?? { kind: 'code', text: 'channels:manage' } } : {},
  )
  return new NoxError('vendor-refused', `Slack refused a channel: ${code}`, { forPerson, cause: error })
}
