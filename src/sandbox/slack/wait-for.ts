import type { Hub } from './hub.ts'

/** What `find` gives, now or after the next changes. @throws Error with `complaint` after `timeoutMs` */
export function waitFor<T>(hub: Hub, find: () => T | undefined, timeoutMs: number, complaint: string): Promise<T> {
  const now = find()
  if (now !== undefined) return Promise.resolve(now)
  return new Promise((resolve, reject) => {
    const unsubscribe = hub.subscribe((event) => {
      if (event.type === 'request' || event.type === 'nox') return
      const found = find()
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
