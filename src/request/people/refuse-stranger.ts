import type { Tenant } from '../../domain/tenant.ts'
import { phrase } from '../../texts/phrase.ts'
import { type Reading, told } from '../words/read-order.ts'

/** What people of another company are told, in a channel that two share. */
export function refuseOutsider(tenant: Tenant): Reading {
  const title = phrase('refused.outside', { tenant: tenant.name })
  return told('unknown', tenant.language, { kind: 'refusal', title }, 'outsider')
}

/** Of whom Slack does not tell yet: they are asked to write again, and nobody is let in on a guess. */
export function refuseUntold(tenant: Tenant): Reading {
  const answer = { kind: 'refusal', title: phrase('refused.untold'), lines: [phrase('refused.untold.next')] } as const
  return told('unknown', tenant.language, answer, 'slack.silent')
}
