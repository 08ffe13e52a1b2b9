import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
} from 'cockatiel'
import type { CallOptions } from '../../capabilities/clusters.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import { isLate } from './problems.ts'
import type { Session } from './session.ts'

/** After so many failures in a row nothing is asked for a while, as of every other vendor. */
const failuresToBreak = 5
const breakMs = 15_000
/** Statuses with which a proxy or an API server says that it does not work; 500 is what one webhook of a cluster does. */
const silentStatuses: readonly unknown[] = [502, 503, 504]

/** Stands for an error that says: the cluster did not answer. */
class Silence extends Error {}

/** The cluster did not answer; not: it refused, or the person stopped the order. */
function isSilence(error: unknown, { signal }: CallOptions): boolean {
  if (!(error instanceof NoxError)) return false
  if (error.code === 'timeout') return isLate(signal)
  return error.code === 'unreachable' || silentStatuses.includes(error.facts.status)
}

/** One for each session, as long as it stands. */
const breakers = new WeakMap<Session, CircuitBreakerPolicy>()

function breakerOf(session: Session): CircuitBreakerPolicy {
  const known = breakers.get(session)
  if (known) return known
  const fresh = circuitBreaker(
    handleWhen((error) => error instanceof Silence),
    { halfOpenAfter: breakMs, breaker: new ConsecutiveBreaker(failuresToBreak) },
  )
  breakers.set(session, fresh)
  return fresh
}

/**
 * Asks a cluster, unless it failed several times in a row just now. One question counts once, however many requests it
 * takes. What follows a rollout, a Job or a whole cluster does without: it waits between its looks anyway, and must see the
 * cluster as soon as it is back.
 * @param cluster its name, for what is told
 * @throws NoxError `unreachable` where it rests, and whatever `ask` throws
 */
export async function restAfterFailures<T>(
  session: Session,
  cluster: string,
  call: CallOptions,
  ask: () => Promise<T>,
): Promise<T> {
  try {
    return await breakerOf(session).execute(() =>
      ask().catch((error: unknown) => {
        throw isSilence(error, call) ? new Silence('the cluster is silent', { cause: error }) : error
      }),
    )
  } catch (error) {
    if (error instanceof Silence) throw error.cause
    if (!(error instanceof BrokenCircuitError)) throw error
    throw new NoxError('unreachable', 'the cluster failed before; NOX rests', {
      forPerson: phrase('error.cluster.rests', { cluster }),
      cause: error,
    })
  }
}
