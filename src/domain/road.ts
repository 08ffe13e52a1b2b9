import type { Request } from './request.ts'

/** The one way in: every channel turns what it receives into a `Request` and hands it over here. */
export interface Road {
  /**
   * Resolves once the request is durably committed: only then may the channel acknowledge it. Work and answers follow
   * by themselves. The same event id again changes nothing. Rejects where nothing was committed: send it again.
   */
  handle(request: Request): Promise<void>
}
