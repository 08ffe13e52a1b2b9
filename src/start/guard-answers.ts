import type { Connected } from '../capabilities/connectors.ts'
import { unreadableAnswer } from '../egress/vendor-problem.ts'
import { NoxError } from '../errors.ts'

type Port = Readonly<Record<string, unknown>>

const signalOf = (args: readonly unknown[]): AbortSignal | undefined =>
  (args.at(-1) as { readonly signal?: AbortSignal } | undefined)?.signal

/**
 * The same connection, whose every call ends with an answer or with a sentence: where a vendor's answer breaks the reading
 * of it, NOX says so of the vendor. What broke is the cause, for the log.
 * @param vendor as people write it
 */
export function guardAnswers(connected: Connected, vendor: string): Connected {
  function guard(port: Port): Port {
    const entries = Object.entries(port).map(([name, each]): [string, unknown] => {
      if (typeof each !== 'function') return [name, each]
      const guarded = (...args: readonly unknown[]): unknown => {
        const given: unknown = each.apply(port, args)
        if (!(given instanceof Promise)) return given
        return given.catch((error: unknown) => {
          if (error instanceof NoxError || signalOf(args)?.aborted === true) throw error
          throw unreadableAnswer(vendor, error)
        })
      }
      return [name, guarded]
    })
    return Object.fromEntries(entries)
  }
  const { test, ...ports } = connected
  const guarded = Object.entries(ports).map(([name, port]) => [name, guard(port as unknown as Port)] as const)
  return { ...guard({ test }), ...Object.fromEntries(guarded) } as unknown as Connected
}
