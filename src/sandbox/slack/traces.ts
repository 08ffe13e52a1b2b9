import type { IncomingHttpHeaders } from 'node:http'
import type { SandboxTrace } from '../client-api.ts'

const secretKeys = /^(token|access_token|refresh_token|client_secret|authorization|code|x-slack-signature|upload_url)$/i
const tokenShapes = /\b(xox[a-z]|xapp)-[\w-]+/g

/** The same value with tokens, secrets and signatures replaced, cut in depth and length for display. */
export function mask(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.replace(tokenShapes, '$1-…')
  if (value === null || typeof value !== 'object') return value
  if (depth > 24) return '…'
  if (Array.isArray(value)) return value.map((item) => mask(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      secretKeys.test(key) && typeof item === 'string' && item ? '…' : mask(item, depth + 1),
    ]),
  )
}

export type NewTrace = Omit<SandboxTrace, 'id' | 'peer'> & { readonly peer?: SandboxTrace['peer'] }

/** Header with the id of the request to NOX; what NOX sends because of it brings it back as `causeHeader`. */
export const requestHeader = 'x-sandbox-request'
export const causeHeader = 'x-sandbox-cause'

/** The cause that a request from NOX names, for its trace. */
export function causeOf(headers: IncomingHttpHeaders): { readonly cause?: string } {
  const cause = headers[causeHeader]
  return typeof cause === 'string' && /^R\d+$/.test(cause) ? { cause } : {}
}

/** The last requests to and from NOX. Masking waits until somebody looks. */
export class Traces {
  readonly #ring: SandboxTrace[] = []
  readonly #limit: number
  #count = 0
  onAdd: ((trace: () => SandboxTrace) => void) | null = null

  constructor(limit: number) {
    this.#limit = limit
  }

  /** The id of a request that is about to be sent, for `add`. */
  nextId(): string {
    this.#count += 1
    return `R${this.#count}`
  }

  add(trace: NewTrace, id = this.nextId()): void {
    const numbered: SandboxTrace = { peer: 'slack', ...trace, id }
    this.#ring.push(numbered)
    if (this.#ring.length > this.#limit) this.#ring.shift()
    this.onAdd?.(() => masked(numbered))
  }

  get(id: string): SandboxTrace | undefined {
    return this.#ring.find((trace) => trace.id === id)
  }

  /** Oldest first, masked. */
  list(): SandboxTrace[] {
    return this.#ring.map(masked)
  }
}

function masked(trace: SandboxTrace): SandboxTrace {
  return { ...trace, request: mask(trace.request), response: mask(trace.response) }
}
