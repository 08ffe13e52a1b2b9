import type { Command, CommandContext, Outcome, Preview } from '../commands/command.ts'
import type { Action } from '../domain/action.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { NoxError } from '../errors.ts'
import { commandContext } from './context.ts'
import type { Services } from './services.ts'
import type { TenantSnapshot } from './tenant-knowledge.ts'

/** What may be compared before a question is asked without it (ms). */
const previewPatience = 4_000

/** What would change, where the command can tell it soon; a question is asked without it otherwise. */
export async function previewOf(services: Services, action: Action, snapshot: TenantSnapshot): Promise<Preview | null> {
  const command: Command | undefined = services.findCommand(action.command)
  const context = await lookingContext(services, action, snapshot)
  if (!command?.preview || !context) return null
  return command.preview(context, action.args).catch((error: unknown) => {
    services.log.info({ err: error, action: action.id }, 'a question is asked without what would change')
    return null
  })
}

/** What ends an order before anybody is asked about it; `null` = nothing does, as far as can be told soon. */
export async function checkOf(services: Services, action: Action): Promise<Outcome | null> {
  const command = services.findCommand(action.command)
  if (!command?.check) return null
  const context = await lookingContext(services, action, await services.knowledge.snapshot(action.tenantId))
  if (!context) return null
  return command.check(context, action.args).catch((error: unknown) => {
    services.log.info({ err: error, action: action.id }, 'an order is asked about unchecked')
    return null
  })
}

/**
 * What an order turned out to stand for, where it asks for another permission than its words did; `null` = nothing of
 * the kind, as far as can be told soon: the command itself holds what it may do then.
 */
export async function settledArgs(
  services: Services,
  action: Action,
  snapshot: TenantSnapshot,
): Promise<Arguments | null> {
  const command = services.findCommand(action.command)
  if (!command?.settle || command.standsFor?.(action.args)) return null
  const context = await lookingContext(services, action, snapshot)
  if (!context) return null
  return command.settle(context, action.args).catch((error: unknown) => {
    services.log.info({ err: error, action: action.id }, 'an order begins without what it stands for')
    return null
  })
}

/** The context of a look before an order: it changes nothing, and it is short. */
async function lookingContext(
  services: Services,
  action: Action,
  snapshot: TenantSnapshot,
): Promise<CommandContext | null> {
  const member = await services.knowledge.member(action.tenantId, action.userId)
  if (!member) return null
  return commandContext(services, {
    action,
    member,
    snapshot,
    signal: AbortSignal.timeout(services.lookMs ?? previewPatience),
    resumed: false,
    progress: () => {},
    step: async () => {},
    decide: () => Promise.reject(new NoxError('internal', 'a preview decides nothing')),
  })
}
