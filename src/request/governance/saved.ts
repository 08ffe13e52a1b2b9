import type { Edition } from '../../storage/types/edition.ts'
import type { Phrase } from '../../texts/phrase.ts'
import type { FormErrors } from '../administration/form.ts'

/** What came of a form; `afterwards` follows its acknowledgement. */
export type Saved<T> =
  | { readonly kind: 'saved'; readonly afterwards: () => Promise<void> }
  | { readonly kind: 'wrong'; readonly errors: FormErrors }
  | { readonly kind: 'refused'; readonly say: Phrase }
  /** Someone else was faster: their version, and what to say. */
  | { readonly kind: 'stale'; readonly say: Phrase; readonly now: Edition<T> }
