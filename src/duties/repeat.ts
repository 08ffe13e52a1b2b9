import type { Logger } from 'pino'

/** Does something again and again, one time after the other; gives how to stop it. */
export function repeat(
  { name, everyMs, run }: { name: string; everyMs: number; run(signal: AbortSignal): Promise<void> },
  log: Logger,
): () => Promise<void> {
  const stopping = new AbortController()
  let running: Promise<void> = Promise.resolve()
  let isBusy = false
  const timer = setInterval(() => {
    if (isBusy) return
    isBusy = true
    running = run(stopping.signal)
      .catch((error: unknown) => log.error({ err: error, duty: name }, 'a duty failed; tried again soon'))
      .finally(() => {
        isBusy = false
      })
  }, everyMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    stopping.abort()
    await running
  }
}
