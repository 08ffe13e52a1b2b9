import { randomBytes } from 'node:crypto'
import { SlackError } from '../errors.ts'

export interface Trigger {
  readonly teamId: string
  readonly userId: string
  /** The modal in which the person acted, if it was one. */
  readonly viewId: string | null
}

/** Trigger ids: valid for 3 seconds, good for one view. */
export class Triggers {
  static readonly lifetimeMs = 3000
  readonly #now: () => number
  readonly #triggers = new Map<string, Trigger & { readonly at: number; used: boolean }>()

  constructor(now: () => number) {
    this.#now = now
  }

  issue(trigger: Trigger): string {
    const id = `${Math.floor(this.#now())}.${trigger.teamId}.${randomBytes(16).toString('hex')}`
    this.#triggers.set(id, { ...trigger, at: this.#now(), used: false })
    for (const [old, { at }] of this.#triggers) {
      if (this.#now() - at < 10 * 60_000) break
      this.#triggers.delete(old)
    }
    return id
  }

  /** Uses a trigger up. @throws SlackError `invalid_trigger_id`, `exchanged_trigger_id`, `expired_trigger_id` */
  exchange(id: string): Trigger {
    const trigger = this.#triggers.get(id)
    if (!trigger) throw new SlackError('invalid_trigger_id')
    if (trigger.used) throw new SlackError('exchanged_trigger_id')
    if (this.#now() - trigger.at > Triggers.lifetimeMs) throw new SlackError('expired_trigger_id')
    trigger.used = true
    return trigger
  }
}
