import type { DeploymentMark } from '../capabilities/marks.ts'
import { providersAmong } from '../domain/integration.ts'
import type { CommandContext, Outcome } from './command.ts'

/** What all vendors together may take (ms). */
const patience = 10_000

/**
 * Has the monitoring vendors mark a deployment that took place, once it has ended and been told: it never holds one up,
 * and never fails one.
 */
export function markDeployment<Ended extends Outcome>(
  context: CommandContext,
  outcome: Ended,
  about: Pick<DeploymentMark, 'service' | 'environment' | 'version'>,
): Ended {
  const providers = providersAmong(context.knowledge.integrations, 'marks')
  if (providers.length === 0 || !outcome.changed || outcome.result === 'cancelled') return outcome
  const { action } = context
  const times = { from: action.startedAt ?? action.createdAt, to: context.now() }
  return {
    ...outcome,
    async afterwards() {
      const note = `${await context.nameOf(action.userId)} · NOX #${action.number}`
      const mark = { ...about, ...times, failed: outcome.result === 'failed', note }
      const call = { signal: AbortSignal.timeout(patience) }
      await Promise.all(
        providers.map(async ({ vendor }) => (await context.provider('marks', vendor)).deployed(mark, call)),
      )
    },
  }
}
