import { randomBytes } from 'node:crypto'

export interface ResponseUrl {
  readonly teamId: string
  readonly channel: string
  readonly userId: string
  /** The message that was acted on; a slash command has none. */
  readonly original: string | null
}

/** Addresses that a payload brings along for answers: 5 uses within 30 minutes. */
export class ResponseUrls {
  static readonly uses = 5
  static readonly lifetimeMs = 30 * 60_000
  readonly #now: () => number
  readonly #urls = new Map<string, { readonly url: ResponseUrl; readonly at: number; uses: number }>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** A new address; gives the last part of its path. */
  issue(url: ResponseUrl): string {
    for (const [old, { at }] of this.#urls) {
      if (this.#now() - at <= 2 * ResponseUrls.lifetimeMs) break
      this.#urls.delete(old)
    }
    const id = `${url.teamId}-${randomBytes(18).toString('base64url')}`
    this.#urls.set(id, { url, at: this.#now(), uses: 0 })
    return id
  }

  /** Counts a use; gives what it is for, or why it no longer works. */
  use(id: string): ResponseUrl | 'invalid_url' | 'used_url' | 'expired_url' {
    const known = this.#urls.get(id)
    if (!known) return 'invalid_url'
    if (this.#now() - known.at > ResponseUrls.lifetimeMs) return 'expired_url'
    known.uses += 1
    return known.uses > ResponseUrls.uses ? 'used_url' : known.url
  }
}
