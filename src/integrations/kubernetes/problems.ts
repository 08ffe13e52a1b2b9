import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'

/** What Kubernetes answers with a status of 400 and more. */
interface Status {
  readonly reason?: string
  readonly message?: string
  readonly details?: { readonly name?: string; readonly kind?: string }
}

/** Error codes of a TLS handshake in which the other side is not who it should be. */
const untrusted =
  /^(CERT_|ERR_TLS_CERT|SELF_SIGNED_|DEPTH_ZERO_SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)|HOSTNAME_MISMATCH|ERR_SSL)/

/** Did a call end because its time was over, rather than because somebody stopped it? */
export const isLate = ({ reason }: AbortSignal): boolean => reason instanceof Error && reason.name === 'TimeoutError'

/** A connection that failed, or was given up. */
export function connectionProblem(error: unknown, signal: AbortSignal): NoxError {
  if (error instanceof NoxError) return error
  if (signal.aborted) return new NoxError('timeout', 'the call was given up', { cause: error })
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 4; cause = cause.cause, depth += 1) {
    if (cause instanceof NoxError) return cause
    const code = 'code' in cause ? String(cause.code) : ''
    if (untrusted.test(code)) {
      return new NoxError('vendor-refused', `TLS: ${code}`, {
        forPerson: phrase('error.cluster.tls'),
        facts: { tls: code },
        cause: error,
      })
    }
  }
  return new NoxError('unreachable', 'the cluster does not answer', { cause: error })
}

/** What a cluster refused, in the cluster's own reason and a sentence of ours. */
export function statusProblem(status: number, body: Buffer): NoxError {
  const { reason = '', message = '', details } = readStatus(body)
  const facts = { status, reason: reason.slice(0, 60) }
  const what = details?.name ?? details?.kind ?? ''
  if (status === 401) {
    return new NoxError('forbidden', '401', { forPerson: phrase('error.cluster.credentials'), facts })
  }
  if (status === 403) return forbidden(message, facts)
  if (status === 404) {
    return new NoxError('not-found', '404', { forPerson: phrase('error.notFound', { what: what || 'API' }), facts })
  }
  if (status === 409) {
    return new NoxError('conflict', '409', { forPerson: phrase('error.cluster.conflict', { what }), facts })
  }
  if (status === 429 || status >= 500) {
    const forPerson = status === 429 ? phrase('error.cluster.busy') : phrase('error.cluster.failed', { status })
    return new NoxError('vendor-failed', String(status), { forPerson, facts })
  }
  const why = message.replace(/[\p{C}]+/gu, ' ').slice(0, 200)
  return new NoxError('vendor-refused', String(status), { forPerson: phrase('error.cluster.refused', { why }), facts })
}

/** `… cannot patch resource "deployments" in API group "apps" in the namespace "prod"`, as kube-apiserver writes it. */
function forbidden(message: string, facts: { status: number; reason: string }): NoxError {
  const match = /cannot (\w+) resource "([\w./-]+)"(?:.* in the namespace "([\w-]+)")?/.exec(message)
  const quota = /exceeded quota/.test(message)
  if (quota) {
    return new NoxError('forbidden', 'quota', { forPerson: phrase('error.cluster.quota'), facts })
  }
  const [, verb = '', kind = '', namespace] = match ?? []
  const resource = namespace ? `${kind} (${namespace})` : kind
  const forPerson = match
    ? phrase('failure.forbidden', { resource, verb: `${verb} ${kind}` })
    : phrase('failure.forbidden.plain')
  return new NoxError('forbidden', '403', { forPerson, facts })
}

function readStatus(body: Buffer): Status {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'))
    return typeof parsed === 'object' && parsed !== null ? (parsed as Status) : {}
  } catch {
    return {}
  }
}
