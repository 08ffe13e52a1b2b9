import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
} from 'cockatiel'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import type { Call, Session } from './session.ts'

/** After so many failures in a row nothing is sent for a while, as to every other vendor. */
const failuresToBreak = 5
const breakMs = 15_000
/** Statuses with which a proxy or an API server says that it does not work; 500 is what one webhook of a cluster does. */
const silentStatuses: readonly unknown[] = [502, 503, 504]

/** The cluster did not answer; not: it refused, or the person stopped the order. */
function isSilence(error: unknown, { signal }: Call): boolean {
  if (!(error instanceof NoxError)) return false
  if (error.code === 'timeout') return signal.reason instanceof Error && signal.reason.name === 'TimeoutError'
  return error.code === 'unreachable' || silentStatuses.includes(error.facts.status)
}

class Silence extends Error {}

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
 * The same session, which rests after failures in a row. What follows a rollout, a Job or a whole cluster takes the session
 * itself: it waits between its looks anyway, and must see the cluster as soon as it is back.
 * @param cluster its name, for what is told
 */
export function restAfterFailures(session: Session, cluster: string): Session {
  const breaker = breakerOf(session)

  async function guarded<T>(call: Call, work: () => Promise<T>): Promise<T> {
    try {
      return await breaker.execute(() =>
        work().catch((error: unknown) => {
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

  return {
    server: session.server,
    stream: (call) => guarded(call, () => session.stream(call)),
    async send(call) {
      let answer: Awaited<ReturnType<Session['send']>> | undefined
      try {
        return await guarded(call, async () => {
          answer = await session.send(call)
          if (silentStatuses.includes(answer.status)) throw new NoxError('unreachable', String(answer.status))
          return answer
        })
      } catch (error) {
        if (answer) return answer
        throw error
      }
    },
  }
}
