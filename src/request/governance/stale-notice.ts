import type { Services } from '../../actions/services.ts'
import type { Edition } from '../../storage/types/edition.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'

/** `{person} changed this`: their version is the one that counts. */
export async function staleNotice(services: Services, tenantId: string, now: Edition<unknown>): Promise<Phrase> {
  if (now.changedBy === null || now.changedAt === null) return phrase('form.stale')
  const person = await services.people.nameOf(tenantId, now.changedBy)
  return phrase('form.stale.by', { person, ago: { kind: 'time', at: now.changedAt, as: 'ago' } })
}
