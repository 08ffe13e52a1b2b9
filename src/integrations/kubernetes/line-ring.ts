import type { LogLines } from '../../capabilities/clusters.ts'
import { ownText } from './own-text.ts'

type Line = LogLines['lines'][number]

/** Keeps the newest lines of several streams within a count and a size; the oldest go first. */
export class LineRing {
  readonly #most: number
  readonly #maxBytes: number
  #lines: Line[] = []
  #bytes = 0
  /** Lines that were offered in all. */
  total = 0
  /** Whether any were let go. */
  cut = false

  constructor(most: number, maxBytes: number) {
    this.#most = most
    this.#maxBytes = maxBytes
  }

  add(line: Line): void {
    this.total += 1
    this.#lines.push({ ...line, text: ownText(line.text) })
    this.#bytes += line.text.length
    // Sorting now and then keeps the newest of all streams, whichever comes first.
    if (this.#lines.length > 2 * this.#most || this.#bytes > 2 * this.#maxBytes) this.#shrink()
  }

  /** Newest last. */
  lines(): readonly Line[] {
    this.#shrink()
    return this.#lines
  }

  #shrink(): void {
    this.#lines = this.#lines
      .map((line, index) => ({ line, index }))
      .sort((a, b) => (a.line.at ?? 0) - (b.line.at ?? 0) || a.index - b.index)
      .map(({ line }) => line)
    let from = Math.max(0, this.#lines.length - this.#most)
    let bytes = this.#lines.slice(from).reduce((sum, line) => sum + line.text.length, 0)
    while (bytes > this.#maxBytes && from < this.#lines.length) {
      bytes -= this.#lines[from]?.text.length ?? 0
      from += 1
    }
    if (from > 0) this.cut = true
    this.#lines = this.#lines.slice(from)
    this.#bytes = bytes
  }
}
