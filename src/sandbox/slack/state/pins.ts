import type { Bookmark } from '../model.ts'

/** Pinned messages and bookmarks of channels. */
export class Pins {
  readonly #pins = new Map<string, { readonly ts: string; readonly by: string; readonly at: number }[]>()
  readonly bookmarks: Bookmark[] = []

  of(channel: string): readonly { readonly ts: string; readonly by: string; readonly at: number }[] {
    return this.#pins.get(channel) ?? []
  }

  has(channel: string, ts: string): boolean {
    return this.of(channel).some((pin) => pin.ts === ts)
  }

  add(channel: string, ts: string, by: string, at: number): void {
    this.#pins.set(channel, [...this.of(channel), { ts, by, at }])
  }

  remove(channel: string, ts: string): void {
    this.#pins.set(
      channel,
      this.of(channel).filter((pin) => pin.ts !== ts),
    )
  }
}
