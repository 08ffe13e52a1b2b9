import { randomBytes } from 'node:crypto'

/** What a person allowed on the consent page. */
export interface Grant {
  readonly teamId: string
  readonly userId: string
  readonly orgWide: boolean
  readonly scopes: readonly string[]
  readonly redirectUri: string
  /** The authorisation named its redirect address, so the exchange must name it too. */
  readonly redirectNamed: boolean
  /** Sign in with Slack: comes back in the id token. */
  readonly nonce?: string
}

/** One-time codes: good once and for 10 minutes. */
export class Grants {
  static readonly lifetimeMs = 10 * 60_000
  readonly #now: () => number
  readonly #grants = new Map<string, { readonly grant: Grant; readonly at: number; used: boolean }>()

  constructor(now: () => number) {
    this.#now = now
  }

  issue(grant: Grant): string {
    for (const [old, { at }] of this.#grants) {
      if (this.#now() - at > 2 * Grants.lifetimeMs) this.#grants.delete(old)
    }
    const code = `${this.#now()}.${randomBytes(24).toString('hex')}`
    this.#grants.set(code, { grant, at: this.#now(), used: false })
    return code
  }

  /** The grant of a code, which is used up by it; else why there is none. */
  take(code: string): Grant | 'invalid_code' | 'code_already_used' | 'code_expired' {
    const known = this.#grants.get(code)
    if (!known) return 'invalid_code'
    if (known.used) return 'code_already_used'
    known.used = true
    return this.#now() - known.at > Grants.lifetimeMs ? 'code_expired' : known.grant
  }
}
