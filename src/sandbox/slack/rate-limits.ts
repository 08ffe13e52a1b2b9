/** Slack's tiers: requests a minute of one app in one workspace (docs.slack.dev, "Rate limits"). */
const perMinute = { 1: 1, 2: 20, 3: 50, 4: 100 } as const

export type Tier = keyof typeof perMinute | 'post' | 'none'

/** Messages a channel takes at once before the limit of one a second holds; Slack "allows short bursts". */
const postBurst = 10

interface Bucket {
  tokens: number
  at: number
}

/** Token buckets per installation and method, and per channel for posting. */
export class RateLimits {
  readonly #buckets = new Map<string, Bucket>()
  readonly #now: () => number
  enabled: boolean

  constructor(enabled: boolean, now: () => number) {
    this.enabled = enabled
    this.#now = now
  }

  /** Seconds to wait (whole, at least 1) when the call is over its limit; null when it may go on. */
  check(tier: Tier, method: string, owner: string, channel: string): number | null {
    if (!this.enabled || tier === 'none') return null
    if (tier === 'post') return this.#take(`${method} ${owner} ${channel}`, postBurst, 1)
    return this.#take(`${method} ${owner}`, perMinute[tier], perMinute[tier] / 60)
  }

  #take(key: string, capacity: number, perSecond: number): number | null {
    const now = this.#now()
    const bucket = this.#buckets.get(key) ?? { tokens: capacity, at: now }
    this.#buckets.set(key, bucket)
    bucket.tokens = Math.min(capacity, bucket.tokens + ((now - bucket.at) / 1000) * perSecond)
    bucket.at = now
    if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond))
    bucket.tokens -= 1
    return null
  }
}
