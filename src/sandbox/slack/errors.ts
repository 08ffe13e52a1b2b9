/** An error that the Web API answers: `{ok: false, error: code, …extra}` with HTTP 200. */
export class SlackError extends Error {
  readonly code: string
  readonly extra: Record<string, unknown>
  constructor(code: string, extra: Record<string, unknown> = {}) {
    super(code)
    this.name = 'SlackError'
    this.code = code
    this.extra = extra
  }
}

/** `code` with Slack's `[ERROR] …` lines, as it answers for bad arguments, blocks and views. */
export function withMessages(code: string, messages: readonly string[]): SlackError {
  return new SlackError(code, { response_metadata: { messages: messages.map((line) => `[ERROR] ${line}`) } })
}
