import type { ClusterTrouble, TroubleKind, TroubleListener } from '../../capabilities/cluster-trouble.ts'
import { type Evidence, keyOf } from './watch-evidence.ts'
import type { WatchTimes } from './watch-times.ts'

/** Objects whose trouble is held; of what is beyond, the same troubles are told by the first ones. */
const mostObjects = 5_000
/** Troubles that are held, those that just ended among them: a cluster that makes up others all the time tells no more. */
const mostTroubles = 5_000

/** Troubles that pods show, for what they belong to. */
const ofPods: readonly TroubleKind[] = ['crash', 'memory', 'image', 'start', 'pending']

interface Told {
  /** Objects that show it now, by uid. */
  readonly shownBy: Map<string, Evidence>
  isTold: boolean
  /** When the last object stopped to show it (ms). */
  quietSince: number | null
}

/**
 * What a watch knows: of objects that are well nothing, of others their troubles in a few words. It tells a trouble when
 * it has lasted, and its end when it stayed away.
 */
export class TroubleBoard {
  readonly #objects = new Map<string, { readonly scope: string; readonly keys: readonly string[] }>()
  readonly #troubles = new Map<string, Told>()
  readonly #listener: TroubleListener
  readonly #times: WatchTimes
  readonly #now: () => number

  constructor(listener: TroubleListener, times: WatchTimes, now: () => number) {
    this.#listener = listener
    this.#times = times
    this.#now = now
  }

  /** How many objects are held. */
  get size(): number {
    return this.#objects.size
  }

  /** Takes over what an object shows now. @param scope where it was seen: what one list covers */
  show(scope: string, uid: string, all: readonly Evidence[]): void {
    const shown = all.filter(({ key }) => this.#troubles.has(key) || this.#troubles.size < mostTroubles)
    const known = this.#objects.get(uid)
    if (shown.length === 0 && !known) return
    if (!known && this.#objects.size >= mostObjects) return
    const keys = shown.map(({ key }) => key)
    for (const key of known?.keys ?? []) if (!keys.includes(key)) this.#unshow(key, uid)
    for (const each of shown) {
      const trouble = this.#troubles.get(each.key) ?? { shownBy: new Map(), isTold: false, quietSince: null }
      this.#troubles.set(each.key, trouble)
      trouble.shownBy.set(uid, each)
      trouble.quietSince = null
      this.#look(each.key, trouble)
    }
    if (shown.length === 0) this.#objects.delete(uid)
    else this.#objects.set(uid, { scope, keys })
  }

  gone(uid: string): void {
    this.show('', uid, [])
  }

  /** Objects of a scope that are held, for a list to strike out those that it holds too. */
  held(scope: string): Set<string> {
    return new Set([...this.#objects].filter(([, object]) => object.scope === scope).map(([uid]) => uid))
  }

  /** Looks at what needs time; call it every few seconds. */
  tick(): void {
    const now = this.#now()
    for (const [key, trouble] of this.#troubles) {
      for (const [uid, { until }] of trouble.shownBy) {
        if (until !== undefined && until <= now) this.#forget(uid, key)
      }
      this.#look(key, trouble)
    }
  }

  /** Keys of the troubles that were told and are not over. */
  told(): readonly string[] {
    return [...this.#troubles].filter(([, { isTold }]) => isTold).map(([key]) => key)
  }

  #look(key: string, trouble: Told): void {
    const now = this.#now()
    if (trouble.shownBy.size === 0) {
      if (trouble.isTold && now - (trouble.quietSince ?? now) < this.#times.calm) return
      this.#troubles.delete(key)
      if (trouble.isTold) this.#listener.ended(key)
      return
    }
    if (trouble.isTold) return
    let first: Evidence | undefined
    for (const each of trouble.shownBy.values()) if (!first || each.since < first.since) first = each
    if (!first || now - first.since < this.#times.patience[first.kind]) return
    // A rollout that fails because its pods do is no trouble of its own.
    if (first.kind === 'rollout' && this.#isTroubled(first.object)) return
    trouble.isTold = true
    const { until: _, ...about } = first
    this.#listener.began(about satisfies ClusterTrouble)
  }

  #isTroubled(object: ClusterTrouble['object']): boolean {
    return ofPods.some((kind) => this.#troubles.get(keyOf(object, kind))?.isTold)
  }

  #unshow(key: string, uid: string): void {
    const trouble = this.#troubles.get(key)
    if (!trouble?.shownBy.delete(uid) || trouble.shownBy.size > 0) return
    trouble.quietSince = this.#now()
    this.#look(key, trouble)
  }

  #forget(uid: string, key: string): void {
    const object = this.#objects.get(uid)
    const keys = object?.keys.filter((each) => each !== key) ?? []
    if (object && keys.length > 0) this.#objects.set(uid, { ...object, keys })
    else this.#objects.delete(uid)
    this.#unshow(key, uid)
  }
}
