/**
 * Whether what a process keeps in memory still holds: others change the same database. Moments are marks of this
 * process, which no change of the clock moves.
 */
export interface Changes {
  /** This moment; what is read after it is as new as it. */
  mark(): number
  /** Whether what was read since a mark may still be believed. */
  holds(mark: number): boolean
  /** Told of each tenant that a process changed, this one too, once that is committed. */
  onChange(tell: (tenantId: string) => void): void
}
