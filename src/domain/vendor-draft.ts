import type { Vendor } from './integration.ts'

/** A form that connects a vendor, changes what is known of it, or takes new secrets alone. */
export type VendorForm = 'connect' | 'edit' | 'rotate'

/** What stood in the form of a vendor that was not connected, without its secrets: to begin the form with again. */
export interface VendorDraft {
  readonly vendor: Vendor
  readonly mode: VendorForm
  /** Of the connection that the form was opened on; 0 = there was none. */
  readonly version: number
  /** By the name of the setting; an absent one was left empty, or stands in `again`. */
  readonly fields: Readonly<Record<string, string>>
  /** Settings that were filled in and are not kept: they are to be entered again. */
  readonly again: readonly string[]
}
