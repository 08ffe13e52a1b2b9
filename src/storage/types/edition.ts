/** Something that admins edit, with who changed it last. */
export interface Edition<T> {
  readonly value: T
  /** Rises with each change; a change names the version that it was made on. */
  readonly version: number
  readonly changedBy: string | null
  readonly changedAt: number | null
}
