import type { View } from '../model.ts'

/** Modals (a stack of at most 3 a person) and Home tabs. */
export class Views {
  static readonly stackLimit = 3
  readonly #byId = new Map<string, View>()
  readonly #stacks = new Map<string, View[]>()
  readonly #homes = new Map<string, View>()
  #hashes = 0

  get(id: string): View | undefined {
    return this.#byId.get(id)
  }

  /** A modal or Home tab of the workspace by the id that the app gave it. */
  byExternalId(teamId: string, externalId: string): View | undefined {
    for (const view of this.#byId.values()) {
      if (view.teamId === teamId && view.json.external_id === externalId) return view
    }
    return undefined
  }

  /** The person's open modals, the visible one last. */
  stack(userId: string): readonly View[] {
    return this.#stacks.get(userId) ?? []
  }

  home(userId: string): View | undefined {
    return this.#homes.get(userId)
  }

  push(view: View): void {
    this.#byId.set(view.id, view)
    this.#stacks.set(view.userId, [...this.stack(view.userId), view])
  }

  setHome(view: View): void {
    this.#byId.set(view.id, view)
    this.#homes.set(view.userId, view)
  }

  /** Takes the visible modal away; gives it. */
  pop(userId: string): View | undefined {
    const stack = this.stack(userId)
    const top = stack.at(-1)
    if (top) this.#byId.delete(top.id)
    this.#stacks.set(userId, stack.slice(0, -1))
    return top
  }

  /** Closes all modals of a person; gives them, the visible one last. */
  clear(userId: string): readonly View[] {
    const stack = this.stack(userId)
    for (const view of stack) this.#byId.delete(view.id)
    this.#stacks.delete(userId)
    return stack
  }

  replace(view: View, json: Record<string, unknown>, nowMs: number): void {
    view.json = json
    view.hash = this.nextHash(nowMs)
  }

  nextHash(nowMs: number): string {
    this.#hashes += 1
    return `${Math.floor(nowMs / 1000)}.${this.#hashes.toString(36).padStart(8, '0')}`
  }
}
