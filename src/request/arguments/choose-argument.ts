import type { Decision } from '../../actions/decisions.ts'
import type { Actions } from '../../actions/index.ts'
import { quotaClaim } from '../../actions/quota.ts'
import type { Services } from '../../actions/services.ts'
import { tellExhausted } from '../../actions/tell-end.ts'
import type { TenantSnapshot } from '../../actions/tenant-knowledge.ts'
import type { Action } from '../../domain/action.ts'
import type { ArgumentValue } from '../../domain/command-spec.ts'
import type { Member } from '../../domain/member.ts'
import { argumentName } from '../../texts/argument-name.ts'
import { phrase } from '../../texts/phrase.ts'
import { makePlan } from '../make-plan.ts'
import { fillForMember } from './fill-for-member.ts'
import { plainArgument, withArgument } from './fill-schedule.ts'

/** Names longer than this are no names (characters). */
const longestValue = 200

/** The answer to "which one?": the order goes on with it, or asks the next thing. Only who asked may answer. */
export async function chooseArgument(
  services: Services,
  actions: Actions,
  snapshot: TenantSnapshot,
  member: Member,
  action: Action,
  typed: string,
): Promise<Decision> {
  const { ledger } = services.storage
  const command = services.findCommand(action.command)
  const argument = action.waiting?.argument
  if (action.state !== 'waiting' || action.waitingFor !== 'argument' || !command || argument === undefined) {
    return { say: phrase('wait.gone', { state: phrase(`state.name.${action.state}`) }) }
  }
  if (member.slackUserId !== action.userId) {
    const person = await services.people.nameOf(action.tenantId, action.userId)
    return { say: phrase('action.notYours', { n: String(action.number), person }) }
  }
  const name = plainArgument(argument)
  const value = await readValue(name, typed.trim())
  if (value === null && name === 'cron') return { say: phrase('schedule.badCron', { cron: typed.trim().slice(0, 80) }) }
  if (value === null) return { say: phrase('error.range', { argument: argumentName(name), min: 0, max: 500 }) }
  const given = withArgument(action.args, argument, value)
  const channel = snapshot.channels.get(action.place.conversationId)
  const from = { where: action, channel }
  const filled = await fillForMember(services, member, command, given, snapshot.knowledge, from)
  const actionId = action.id
  const planned = await makePlan(services, snapshot, member, {
    actionId,
    command,
    filled,
    origin: action.origin ?? {},
    confirmed: false,
    asks: action.waiting?.asks ?? false,
  })
  const now = services.now()
  const begun = await ledger.begin(action.tenantId, action.id, {
    now,
    leaseMs: services.leaseMs,
    quota: planned.plan.kind === 'run' ? quotaClaim(services, command, snapshot.knowledge.tenant, member) : null,
    plan: planned.plan,
    args: planned.args,
    origin: planned.origin,
    environment: planned.environment,
    resource: planned.resource,
  })
  if (!begun) return { say: phrase('wait.gone', { state: phrase('state.name.running') }) }
  if (begun.kind === 'exhausted') {
    return { say: null, afterwards: () => tellExhausted(services, begun.action, begun) }
  }
  return { say: null, afterwards: () => actions.perform(begun.action) }
}

/** Names stay as they are; counts are whole numbers. `null` = no such value. */
async function readValue(argument: string, typed: string): Promise<ArgumentValue | null> {
  if (typed.length === 0 || typed.length > longestValue) return null
  if (argument === 'cron') return (await import('../../language/recurrence/read-cron.ts')).readCron(typed)
  if (argument !== 'replicas') return typed
  return /^\d{1,3}$/.test(typed) && Number(typed) <= 500 ? Number(typed) : null
}
