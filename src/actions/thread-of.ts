import type { Action } from '../domain/action.ts'
import type { Link } from '../domain/answer.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import type { Services } from './services.ts'

/** Where an order was given, for who reads of it elsewhere: the channel, and a link to its thread. Never throws. */
export async function threadOf(services: Services, { tenantId, place }: Action): Promise<readonly (Phrase | Link)[]> {
  if (place.kind !== 'channel') return []
  const url = await services.messenger.permalink(tenantId, place)
  const where = phrase('approval.where', { channel: { kind: 'conversation', id: place.conversationId } })
  return [where, ...(url === null ? [] : [{ label: phrase('thread.open'), url }])]
}
