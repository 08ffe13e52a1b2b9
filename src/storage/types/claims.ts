/** Leases on work that one process does at a time. */
export interface Claims {
  /** Takes or keeps it for so long (ms), by the clock of the database; `false` = another owner has it still. */
  take(name: string, owner: string, leaseMs: number): Promise<boolean>
  release(name: string, owner: string): Promise<void>
  /** Erases what nobody has held since this moment (ms). */
  forget(before: number): Promise<void>
}
