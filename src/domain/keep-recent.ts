/** Values by key, up to so many bytes: those that were used last are kept. */
export interface Recent<T> {
  get(key: string): T | undefined
  /** @param bytes what it takes in memory, about */
  set(key: string, value: T, bytes: number): void
  /** Its size is known by now; another value of the key stays as it is. */
  weigh(key: string, value: T, bytes: number): void
  delete(key: string): void
  /** The bytes of all, about. */
  readonly size: number
}

interface Kept<T> {
  readonly value: T
  bytes: number
}

/** @param most bytes; the newest value is kept, whatever its size */
export function keepRecent<T>(most: number): Recent<T> {
  /** The order is that of their last use. */
  const all = new Map<string, Kept<T>>()
  let newest: Kept<T> | undefined
  let size = 0

  function use(key: string, kept: Kept<T>): void {
    if (kept === newest) return
    newest = kept
    all.delete(key)
    all.set(key, kept)
  }

  function remove(key: string): void {
    const known = all.get(key)
    if (!known) return
    all.delete(key)
    size -= known.bytes
    if (newest === known) newest = undefined
  }

  function makeRoom(): void {
    for (const key of all.keys()) {
      if (size <= most || all.size === 1) return
      remove(key)
    }
  }

  return {
    get size() {
      return size
    },
    get(key) {
      const known = all.get(key)
      if (known) use(key, known)
      return known?.value
    },
    set(key, value, bytes) {
      remove(key)
      const kept = { value, bytes }
      newest = kept
      all.set(key, kept)
      size += bytes
      makeRoom()
    },
    weigh(key, value, bytes) {
      const known = all.get(key)
      if (known?.value !== value) return
      size += bytes - known.bytes
      known.bytes = bytes
      makeRoom()
    },
    delete: remove,
  }
}
