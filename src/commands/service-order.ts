import type { Found } from '../capabilities/clusters.ts'
import type { Service, ServiceTarget } from '../domain/catalogue.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { optionalText, text } from './arguments.ts'
import type { CommandContext, Knowledge, Subject } from './command.ts'
import { serviceTarget } from './find-target.ts'

/** What an order is about that names a `service` and an `environment`. */
export const serviceSubject = (args: Arguments): Subject => ({
  environment: text(args, 'environment'),
  resources: [text(args, 'service')],
})

/** Where that service runs, on the named cluster if one is named. @throws NoxError `not-found` with what is known instead */
export const orderedTarget = (
  knowledge: Knowledge,
  args: Arguments,
): { readonly service: Service; readonly target: ServiceTarget } =>
  serviceTarget(knowledge, text(args, 'service'), text(args, 'environment'), optionalText(args, 'cluster'))

/** A service to show an order with, and where it runs; `null` = there is none yet. */
export function exampleService(
  knowledge: Knowledge,
): { readonly service: Service; readonly environment: string } | null {
  const service = knowledge.services[0]
  const environment = service?.targets[0]?.environment
  return service && environment ? { service, environment } : null
}

/** For `probe`: does the Deployment bear the mark of this very action? */
export async function findOwnChange(context: CommandContext, target: ServiceTarget): Promise<Found> {
  const connection = await context.connect(target.clusterId)
  return context.clusters.findChange(connection, target, context.action.id, { signal: context.signal })
}
