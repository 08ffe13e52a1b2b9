import type { SandboxLogLine } from '../client-api.ts'

interface Entry {
  readonly trace: string
  readonly line: SandboxLogLine
}

/** What NOX logged, by the request that made it do so. */
export class Logs {
  readonly #entries: Entry[] = []
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit
  }

  add(trace: string, line: SandboxLogLine): void {
    this.#entries.push({ trace, line })
    if (this.#entries.length > this.#limit) this.#entries.shift()
  }

  /** Oldest first. */
  of(trace: string): SandboxLogLine[] {
    return this.#entries.filter((entry) => entry.trace === trace).map(({ line }) => line)
  }
}
