import type { Message } from '../model.ts'

/** Messages by channel, in order of their ts; the oldest go when a channel is full. */
export class Messages {
  readonly #byChannel = new Map<string, Map<string, Message>>()
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit
  }

  add(message: Message): void {
    const channel = this.#byChannel.get(message.channel) ?? new Map<string, Message>()
    this.#byChannel.set(message.channel, channel)
    channel.set(message.ts, message)
    const root = message.threadTs && !message.onlyFor ? channel.get(message.threadTs) : undefined
    if (root) {
      const users = root.replies?.users ?? []
      root.replies = {
        count: (root.replies?.count ?? 0) + 1,
        users: users.includes(message.user) ? users : [...users, message.user],
        latest: message.ts,
      }
    }
    for (const oldest of channel.keys()) {
      if (channel.size <= this.#limit) break
      channel.delete(oldest)
    }
  }

  get(channel: string, ts: string): Message | undefined {
    return this.#byChannel.get(channel)?.get(ts)
  }

  /** Removes a message; the count of replies of its thread follows. */
  remove(message: Message): void {
    const channel = this.#byChannel.get(message.channel)
    channel?.delete(message.ts)
    const root = message.threadTs ? channel?.get(message.threadTs) : undefined
    if (!root?.replies) return
    const left = this.replies(message.channel, root.ts)
    const latest = left.at(-1)
    root.replies = latest
      ? { count: left.length, users: [...new Set(left.map((reply) => reply.user))], latest: latest.ts }
      : null
  }

  /** Everything of a channel, ephemeral messages too, oldest first. */
  all(channel: string): Message[] {
    return [...(this.#byChannel.get(channel)?.values() ?? [])]
  }

  /** Replies of a thread without its root and without ephemeral ones. */
  replies(channel: string, threadTs: string): Message[] {
    return this.all(channel).filter((message) => message.threadTs === threadTs && !message.onlyFor)
  }
}
