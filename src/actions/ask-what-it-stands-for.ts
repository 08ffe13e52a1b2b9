import { questionOf } from '../commands/question.ts'
import type { Action } from '../domain/action.ts'
import { decide } from '../permissions/index.ts'
import { approvalBy } from './approval-by.ts'
import { ask } from './ask.ts'
import { settledArgs } from './look-before.ts'
import type { Services } from './services.ts'

/**
 * An order that turns out to be another asks what that one asks: a confirmation, or an approval, once. What is closed is
 * refused by the command itself.
 * @returns `true` = the order waits now
 */
export async function askWhatItStandsFor(services: Services, action: Action): Promise<boolean> {
  const snapshot = await services.knowledge.snapshot(action.tenantId)
  const args = await settledArgs(services, action, snapshot)
  const command = services.findCommand(action.command)
  const member = await services.knowledge.member(action.tenantId, action.userId)
  if (!args || !command || !member) return false
  const question = questionOf(command, args, snapshot.knowledge)
  const decision = decide(member, snapshot.zones, question)
  if (decision.verdict !== 'ask' && decision.verdict !== 'confirm') return false
  const plan =
    decision.verdict === 'ask'
      ? ({ kind: 'ask', waitingFor: 'approval', waiting: approvalBy(decision) } as const)
      : ({ kind: 'ask', waitingFor: 'confirmation', waiting: {} } as const)
  const about = { args, environment: question.environment, resource: question.resources[0] ?? null }
  await ask(services, action, plan, undefined, about)
  return true
}
