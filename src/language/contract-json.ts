import type { ParseResult } from '../domain/command-spec.ts'

/** What `nox parse --json` prints for a result, its keys in the contract's order. */
export function toContractJson(result: ParseResult): object {
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
