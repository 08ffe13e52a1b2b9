import type { Knowledge } from '../commands/command.ts'
import { commandName, doneTo } from '../commands/done-to.ts'
import type { Action } from '../domain/action.ts'
import type { AuditEntry, AuditResult } from '../domain/audit-record.ts'
import type { Arguments, ParsedOrder } from '../domain/command-spec.ts'
import type { MessageFrame } from '../domain/messenger.ts'
import type { Phrase } from '../texts/phrase.ts'
import { originNotes } from './origin-notes.ts'
import type { Services } from './services.ts'

/** Whom messages about an action are for, with the line that ends them. */
export async function frameOf(services: Services, action: Action): Promise<MessageFrame> {
  const person = await services.people.nameOf(action.tenantId, action.userId)
  const notes = originNotes(action.origin, action.args)
  return {
    tenantId: action.tenantId,
    place: action.place,
    language: action.language,
    action: {
      id: action.id,
      number: action.number,
      userId: action.userId,
      person,
      at: action.createdAt,
      begunAt: action.startedAt ?? action.createdAt,
      ...(notes.length > 0 ? { notes } : {}),
    },
  }
}

/** What the audit log says of an action's end or turn. */
export function auditEntry(
  action: Action,
  result: AuditResult,
  at: number,
  details: AuditEntry['details'] = {},
  actor: string = action.userId,
): AuditEntry {
  return {
    at,
    actor,
    actionId: action.id,
    actionNumber: action.number,
    command: action.command,
    environment: action.environment,
    resource: action.resource,
    result,
    details,
  }
}

/** `déployer user-api v2 en production`, also where the order can't be read any more. */
export function describeAction(
  services: Services,
  knowledge: Knowledge,
  order: { readonly command: string; readonly args: Arguments },
): Phrase {
  try {
    const describe = (inner: ParsedOrder) => describeAction(services, knowledge, inner)
    const described = services.findCommand(order.command)?.describe(order.args, knowledge, describe)
    if (described) return described
  } catch {
    // What it names is gone from the catalogue; its name still tells what it was.
  }
  const { service, target } = order.args
  const thing = service ?? target
  return typeof thing === 'string' ? doneTo(order.command, thing) : commandName(order.command)
}
