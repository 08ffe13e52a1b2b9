export interface Scheduled {
  readonly id: string
  readonly teamId: string
  readonly channel: string
  /** Seconds since 1970. */
  readonly postAt: number
  readonly created: number
  readonly text: string
  readonly callOff: () => void
}

/** Messages that wait for their time. */
export class ScheduledMessages {
  readonly #waiting = new Map<string, Scheduled>()

  add(message: Scheduled): void {
    this.#waiting.set(message.id, message)
  }

  /** Takes one out, so that it is not posted; undefined if it waits no more. */
  take(id: string): Scheduled | undefined {
    const found = this.#waiting.get(id)
    this.#waiting.delete(id)
    return found
  }

  get(id: string): Scheduled | undefined {
    return this.#waiting.get(id)
  }

  list(): Scheduled[] {
    return [...this.#waiting.values()].sort((one, other) => one.postAt - other.postAt)
  }

  close(): void {
    for (const { callOff } of this.#waiting.values()) callOff()
    this.#waiting.clear()
  }
}
