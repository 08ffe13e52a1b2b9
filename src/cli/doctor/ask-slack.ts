/** An answer of Slack's Web API, with what its headers tell. */
export interface SlackAnswer {
  readonly isOk: boolean
  readonly error: string
  readonly team: string
  /** The scopes that the token has; `null` where Slack did not tell. */
  readonly scopes: readonly string[] | null
  /** How far Slack's clock is ahead of this machine's (ms, exact to a second). */
  readonly clockAheadMs: number | null
}

/** How long Slack may take to answer (ms). */
const limit = 10_000

/** One call, without repeats. Rejects where no answer came. */
export async function askSlack(
  apiUrl: string,
  method: string,
  options: { readonly token?: string; readonly form?: Readonly<Record<string, string>> } = {},
): Promise<SlackAnswer> {
  const asked = Date.now()
  const response = await fetch(new URL(method, apiUrl), {
    method: 'POST',
    headers: options.token === undefined ? {} : { authorization: `Bearer ${options.token}` },
    body: new URLSearchParams(options.form ?? {}),
    signal: AbortSignal.timeout(limit),
  })
  const date = Date.parse(response.headers.get('date') ?? '')
  const body = (await response.json().catch(() => ({}))) as { ok?: boolean; error?: string; team?: string }
  const scopes = response.headers.get('x-oauth-scopes')
  return {
    isOk: body.ok === true,
    error: body.error ?? `status ${response.status}`,
    team: body.team ?? '',
    scopes: scopes === null ? null : scopes.split(',').map((each) => each.trim()),
    // The header counts whole seconds: half of one is added, as much as it leaves out on the average.
    clockAheadMs: Number.isNaN(date) ? null : date + 500 - (asked + Date.now()) / 2,
  }
}

/** Why no answer came, in a few words. */
export function whyNone(error: unknown): string {
  let why = String(error)
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each.name === 'TimeoutError') return `no answer within ${limit / 1000} s`
    why = (each as NodeJS.ErrnoException).code ?? each.message
  }
  return why
}
