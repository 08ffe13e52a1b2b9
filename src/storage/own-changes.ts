import type { Changes } from './types/changes.ts'

/** Of a file that only this process changes: what is kept holds until it is dropped. */
export const ownChanges: Changes = { mark: () => 0, holds: () => true, onChange: () => {} }
