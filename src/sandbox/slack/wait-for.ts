import type { SandboxEvent } from '../client-api.ts'
import type { Hub } from './hub.ts'

/** Events that tell of nothing that people see in a workspace. */
export const quiet: ReadonlySet<SandboxEvent['type']> = new Set(['request', 'nox', 'faults', 'installed', 'workspaces'])

/**
 * What `find` gives, now or upon a later change.
 * @param find looks at everything without an event, or at what the event changed
 * @throws Error with `complaint` after `timeoutMs`
 */
export function waitFor<T>(
  hub: Hub,
  find: (event?: SandboxEvent) => T | undefined,
  timeoutMs: number,
  complaint: string,
): Promise<T> {
  const now = find()
  if (now !== undefined) return Promise.resolve(now)
  return new Promise((resolve, reject) => {
    const unsubscribe = hub.subscribe((event) => {
      if (quiet.has(event.type)) return
      const found = find(event)
      if (found === undefined) return
      stop()
      resolve(found)
    })
    const timer = setTimeout(() => {
      stop()
      reject(new Error(`${complaint} within ${timeoutMs} ms`))
    }, timeoutMs)
    const stop = () => {
      unsubscribe()
      clearTimeout(timer)
    }
  })
}
