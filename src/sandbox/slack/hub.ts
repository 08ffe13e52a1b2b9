import type { SandboxEvent } from '../client-api.ts'

/** Who is told: everybody of a workspace, or some of its people; without a workspace, all. */
export interface Audience {
  readonly teamId?: string
  readonly users?: readonly string[]
}

type Listener = (event: SandboxEvent, audience: Audience) => void

/** Tells pages and waiting callers what changes. */
export class Hub {
  readonly #listeners = new Set<Listener>()

  /** Calls back on each event until the function that it returns is called. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  get listening(): boolean {
    return this.#listeners.size > 0
  }

  emit(event: SandboxEvent, audience: Audience = {}): void {
    for (const listener of this.#listeners) listener(event, audience)
  }
}
