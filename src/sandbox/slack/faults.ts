import type { SandboxFault } from '../client-api.ts'

export interface DoubleFault extends SandboxFault {
  /** `server-error` and `reset`: the request was carried out before it seems to fail. */
  readonly after?: boolean
  /** `slow`: how long the answer waits, ms; default 3,500. */
  readonly ms?: number
}

type Kind = SandboxFault['kind']

/** Whether `chat.*`, `*` or a name in full covers a method or an event type. */
function covers(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name
}

/** Faults on demand, each for one method (or event type), those that begin alike (`chat.*`) or `*`, a number of times or until removed. */
export class Faults {
  #faults: { fault: DoubleFault; left: number }[] = []

  add(fault: DoubleFault): void {
    this.#faults = this.#faults.filter(
      (known) => known.fault.kind !== fault.kind || known.fault.method !== fault.method,
    )
    this.#faults.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY })
    this.onChange()
  }

  /** Removes all of them, or those of one kind for one method. */
  clear(kind?: Kind, method?: string): void {
    this.#faults = this.#faults.filter(
      ({ fault }) => kind !== undefined && !(fault.kind === kind && fault.method === (method ?? fault.method)),
    )
    this.onChange()
  }

  /** Called after each change. */
  onChange: () => void = () => {}

  list(): DoubleFault[] {
    return this.#faults.map(({ fault, left }) => (Number.isFinite(left) ? { ...fault, times: left } : fault))
  }

  /** The fault that hits this call now, if any; counts it. */
  take(method: string, kinds: readonly Kind[]): DoubleFault | undefined {
    const hit = this.#faults.find(({ fault }) => kinds.includes(fault.kind) && covers(fault.method, method))
    if (!hit) return undefined
    hit.left -= 1
    if (hit.left <= 0) this.#faults = this.#faults.filter((fault) => fault !== hit)
    if (Number.isFinite(hit.left)) this.onChange()
    return hit.fault
  }
}
