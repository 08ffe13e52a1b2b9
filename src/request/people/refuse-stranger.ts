import type { Tenant } from '../../domain/tenant.ts'
import { phrase } from '../../texts/phrase.ts'
import { type Reading, told } from '../words/read-order.ts'

/** What people of another company are told, in a channel that two share. */
export function refuseOutsider(tenant: Tenant): Reading {
  const title = phrase('refused.outside', { tenant: tenant.name })
  return told('unknown', tenant.language, { kind: 'refusal', title }, 'outsider')
}

/** What they are told of whom Slack does not tell yet. */
export const untoldLines = [phrase('refused.untold'), phrase('refused.untold.next')] as const

/** Of whom Slack does not tell yet: they are asked to try again, and nobody is let in on a guess. */
export function refuseUntold(tenant: Tenant): Reading {
  const [title, next] = untoldLines
  return told('unknown', tenant.language, { kind: 'refusal', title, lines: [next] }, 'slack.silent')
}
