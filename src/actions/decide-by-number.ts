import type { Action } from '../domain/action.ts'
import type { Member } from '../domain/member.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import type { Decisions } from './decisions.ts'
import type { Services } from './services.ts'

/** Open actions of a tenant that are looked through for the one of a thread. */
const mostOpen = 200

/** The action that a thread is about: the newest that still waits or runs there. */
async function openInThread(services: Services, about: Action): Promise<Action | null> {
  const { conversationId, threadTs } = about.place
  const open = await services.storage.ledger.list(about.tenantId, { states: ['waiting', 'running'], limit: mostOpen })
  const here = open.filter(
    (each) => each.id !== about.id && each.place.conversationId === conversationId && each.place.threadTs === threadTs,
  )
  return here[0] ?? null
}

/** `approuve 42`, `annule`: decides on an action by its number, or on the one of this thread; gives what to say. */
export async function decideByNumber(
  services: Services,
  decisions: Decisions,
  order: Action,
  by: Member,
  act: 'approve' | 'deny' | 'cancel',
  number: number | null,
): Promise<Phrase> {
  const action =
    number === null
      ? await openInThread(services, order)
      : await services.storage.ledger.findByNumber(order.tenantId, number)
  if (!action || action.id === order.id) {
    return number === null ? phrase(`${act}.nothing`) : phrase('error.number', { n: String(number) })
  }
  const { say, afterwards } = await decisions[act](action, by)
  if (afterwards) {
    afterwards().catch((error: unknown) =>
      services.log.error({ err: error, action: action.id }, 'a decision was interrupted'),
    )
  }
  const n = String(action.number)
  if (say) return say
  return act === 'cancel'
    ? phrase('cancel.done', { n })
    : phrase(act === 'approve' ? 'approve.started' : 'deny.done', { n })
}
