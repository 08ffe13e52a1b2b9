import type { Pages } from '../../capabilities/pages.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'

/** Ends of a request after which nobody knows whether it took effect. */
const lost = ['unreachable', 'timeout', 'vendor-failed']
/** To look after a lost answer (ms): the time of the call itself may be over. */
const lookLimit = 15_000

/**
 * `create` of pages: refuses a title that is there already, and looks for the page where the answer was lost.
 * @param write creates it; throws where it did not
 */
export function createOnce(find: Pages['find'], write: Pages['create']): Pages['create'] {
  return async (document, call) => {
    const before = await find(document.title, call)
    if (before) {
      const page = { kind: 'link', url: before.url, label: document.title } as const
      throw new NoxError('conflict', 'a page of this title exists', { forPerson: phrase('pages.exists', { page }) })
    }
    try {
      return await write(document, call)
    } catch (error) {
      if (!(error instanceof NoxError) || !lost.includes(error.code)) throw error
      const made = await find(document.title, { signal: AbortSignal.timeout(lookLimit) }).catch(() => null)
      if (made) return made
      throw error
    }
  }
}

/** Why a page that was begun is gone again: nobody need look for it. */
export const takenBack = (error: unknown): unknown =>
  error instanceof NoxError && lost.includes(error.code)
    ? new NoxError('vendor-refused', `a page was begun and taken back: ${error.message}`, {
        ...(error.forPerson ? { forPerson: error.forPerson } : {}),
        cause: error,
      })
    : error

/** Nobody chose where pages are written. */
export const noPlaceChosen = (vendor: string): NoxError =>
  new NoxError('not-found', 'no place for pages was chosen', { forPerson: phrase('pages.place.none', { vendor }) })
