import type { Action } from '../domain/action.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import type { Services } from './services.ts'

/** A decision among the newest records of its command. */
const mostRecords = 50

/** Why a request can't be decided any more: who decided it, and when; else how the action stands. */
export async function decidedPhrase(services: Services, action: Action): Promise<Phrase> {
  const { tenantId, id, command, createdAt } = action
  const state = phrase(`state.name.${action.state}`)
  const found = await Promise.all(
    ['approved', 'denied'].map((result) =>
      services.storage.audit.list(tenantId, { command, result, since: createdAt, limit: mostRecords }),
    ),
  )
  const record = found.flat().find(({ actionId }) => actionId === id)
  if (!record) return phrase('wait.gone', { state })
  const approver = await services.people.nameOf(tenantId, record.actor)
  return phrase('approval.decided.by', { approver, ago: { kind: 'time', at: record.at, as: 'ago' }, state })
}
