/** A value at a moment (s). */
export interface Reading {
  readonly at: number
  readonly value: number
}

/** How much a value grows in an hour, by least squares over all readings; 0 where there are fewer than two. */
export function slopePerHour(readings: readonly Reading[]): number {
  const count = readings.length
  if (count < 2) return 0
  const meanAt = readings.reduce((sum, { at }) => sum + at, 0) / count
  const mean = readings.reduce((sum, { value }) => sum + value, 0) / count
  const spread = readings.reduce((sum, { at }) => sum + (at - meanAt) ** 2, 0)
  if (spread === 0) return 0
  return (readings.reduce((sum, { at, value }) => sum + (at - meanAt) * (value - mean), 0) / spread) * 3_600
}
