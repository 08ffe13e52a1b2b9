import type { Services } from '../../actions/services.ts'
import type { Answer } from '../../domain/answer.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { billersOf } from './may-bill.ts'

/** Admins who get a direct message. */
const mostTold = 10

export const homeButton: NonNullable<Answer['buttons']>[number] = {
  label: phrase('button.home'),
  does: { kind: 'open', surface: 'home' },
}

/**
 * Tells those who manage the billing, once for each key; where nobody could be told, it is tried again next time.
 * @returns whether somebody was told now
 */
export async function tellBilling(
  services: Services,
  tenantId: string,
  key: string,
  title: Phrase,
  lines: readonly Phrase[],
): Promise<boolean> {
  const { storage, messenger, log, now } = services
  if (!(await storage.billing.tellOnce(tenantId, key, now()))) return false
  const { tenant } = (await services.knowledge.snapshot(tenantId)).knowledge
  const answer: Answer = { kind: 'notice', title, lines, buttons: [homeButton] }
  const admins = (await billersOf(services, tenantId)).slice(0, mostTold)
  const told = await Promise.allSettled(
    admins.map(({ slackUserId }) => messenger.direct(tenantId, slackUserId, tenant.language, answer)),
  )
  if (told.some(({ status }) => status === 'fulfilled')) return true
  log.warn({ tenant: tenantId, key }, 'nobody could be told about the plan; tried again later')
  await storage.billing.untell(tenantId, key)
  return false
}
