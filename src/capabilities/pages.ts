import type { PageDocument } from '../domain/page.ts'
import type { CallOptions } from './clusters.ts'

/** One page that a search found. */
export interface FoundPage {
  readonly title: string
  readonly url: string
  readonly updatedAt: number | null
}

/** A page that stands at the vendor. */
export interface WrittenPage {
  /** The vendor's own. */
  readonly id: string
  readonly url: string
}

/**
 * Documentation. Every call may throw a NoxError whose `forPerson` says what happened. Pages are written below the place
 * that an admin chose in the settings; where none was chosen, `find`, `create` throw `not-found`.
 */
export interface Pages {
  /** Best first. */
  search(query: string, limit: number, call: CallOptions): Promise<readonly FoundPage[]>
  /** The page with exactly this title in the chosen place. */
  find(title: string, call: CallOptions): Promise<WrittenPage | null>
  /**
   * Writes a new page. Where the answer is lost NOX looks whether it stands there; where it can only be written in part,
   * it is taken back.
   * @throws NoxError `conflict` where a page of this title stands there already: nothing is ever written over unasked
   */
  create(document: PageDocument, call: CallOptions): Promise<WrittenPage>
  /** Replaces the title and all that stands on a page that `create` made; to repeat it changes nothing more. */
  update(id: string, document: PageDocument, call: CallOptions): Promise<WrittenPage>
}
