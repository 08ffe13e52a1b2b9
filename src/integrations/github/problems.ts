import { vendorProblem } from '../../egress/vendor-problem.ts'
import { NoxError } from '../../errors.ts'

/** What octokit throws where GitHub answers 400 or more. */
interface RequestFailure {
  readonly status: number
  readonly message: string
  readonly response?: unknown
}

const isFailure = (error: unknown): error is RequestFailure =>
  error instanceof Error && 'status' in error && typeof error.status === 'number'

/** The status that GitHub itself answered; `null` = it did not answer. */
export const statusOf = (error: unknown): number | null =>
  isFailure(error) && error.response !== undefined ? error.status : null

/** GitHub's refusal, or the failed connection under it, as an error with a sentence. */
export function githubProblem(error: unknown, what = '', signal?: AbortSignal): unknown {
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    if (cause instanceof NoxError) return cause
  }
  if (signal?.aborted) return signal.reason
  const status = statusOf(error)
  if (status === null || !isFailure(error)) return error
  // GitHub answers 403 for its limits too, and names them.
  const isLimit = status === 403 && /rate limit/i.test(error.message)
  return vendorProblem({ vendor: 'GitHub', status: isLimit ? 429 : status, message: error.message, what })
}
