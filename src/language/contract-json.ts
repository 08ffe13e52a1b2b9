import type { Arguments, ParseResult } from '../domain/command-spec.ts'

/** What `nox parse --json` prints for a result: a whole day that is looked back at is the duration of the contract, `P1D`. */
export function toContractJson(result: ParseResult): object {
  return inContractOrder({ ...result, args: withDurations(result.args) })
}

const days = ['today', 'yesterday', 'since-today', 'since-yesterday']

function withDurations(args: Arguments): Arguments {
  const { since, run } = args
  return {
    ...args,
    ...(typeof since === 'string' && days.includes(since) ? { since: 'P1D' } : {}),
    ...(typeof run === 'object' ? { run: { ...run, args: withDurations(run.args) } } : {}),
  }
}

/** A result with its keys in the contract's order. */
export function inContractOrder(result: ParseResult): object {
  const { command, args, missing, language, corrections, problem } = result
  return {
    command,
    args,
    missing,
    language,
    corrections,
    ...(command === null && { suggestions: result.suggestions ?? [] }),
    ...(problem && { problem }),
  }
}
