/** Ids in the shape of Slack's (`F0000000A`), counted up so that two runs give the same ones. */
export class Ids {
  readonly #counts = new Map<string, number>()

  next(prefix: string): string {
    const count = (this.#counts.get(prefix) ?? 0) + 1
    this.#counts.set(prefix, count)
    return `${prefix}${count.toString(36).toUpperCase().padStart(9, '0')}`
  }
}

/** Timestamps of messages: seconds with six decimals, each one later than all before it. */
export class Timestamps {
  readonly #now: () => number
  #last = 0

  constructor(now: () => number) {
    this.#now = now
  }

  next(): string {
    this.#last = Math.max(Math.round(this.#now() * 1000), this.#last + 1)
    return `${Math.floor(this.#last / 1e6)}.${String(this.#last % 1e6).padStart(6, '0')}`
  }
}
