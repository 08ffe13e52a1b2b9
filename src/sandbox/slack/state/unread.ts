/** Unread messages and mentions of each person in each channel. */
export class Unread {
  readonly #counts = new Map<string, { unread: number; mentions: number }>()

  of(userId: string, channel: string): { readonly unread: number; readonly mentions: number } {
    return this.#counts.get(`${userId} ${channel}`) ?? { unread: 0, mentions: 0 }
  }

  add(userId: string, channel: string, mentioned: boolean): void {
    const { unread, mentions } = this.of(userId, channel)
    this.#counts.set(`${userId} ${channel}`, { unread: unread + 1, mentions: mentions + (mentioned ? 1 : 0) })
  }

  /** Marks a channel as read; true if something was unread. */
  read(userId: string, channel: string): boolean {
    return this.#counts.delete(`${userId} ${channel}`)
  }
}
