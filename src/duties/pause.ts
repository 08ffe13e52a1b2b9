/** A pause between two rounds, which can be cut short; it keeps no process alive. */
export interface Pause {
  /** Resolves after so long (ms), or when it is woken or the signal ends it; at once where it was woken since the last. */
  rest(ms: number, signal: AbortSignal): Promise<void>
  wake(): void
}

/** For one rest at a time: of two, only the later one would be woken. */
export function createPause(): Pause {
  let isWoken = false
  let end = () => {}
  return {
    async rest(ms, signal) {
      if (!isWoken && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms).unref()
          end = () => {
            clearTimeout(timer)
            resolve()
          }
          signal.addEventListener('abort', end, { once: true })
        }).finally(() => signal.removeEventListener('abort', end))
        end = () => {}
      }
      isWoken = false
    },
    wake() {
      isWoken = true
      end()
    },
  }
}
