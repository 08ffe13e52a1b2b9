/** One figure beside what it is held against, in the same run. */
export interface Figure {
  readonly what: string
  readonly base: string
  readonly measured: string
  /** Measured by base; absent = there is nothing to divide by. */
  readonly ratio?: number
  /** What is wanted, as people read it; absent = it is told, not judged. */
  readonly wanted?: string
  readonly isKept: boolean
}

/** Three figures that count, whatever the size. */
export function round(value: number): string {
  if (!Number.isFinite(value)) return '–'
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

/** Rows as aligned text: the first column to the left, the others to the right. */
export function tableText(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
  return `${rows.map((row) => line(row).trimEnd()).join('\n')}\n`
}

/** What grows, a figure a row. */
export function figuresText(figures: readonly Figure[]): string {
  const head = ['as it grows', 'base', 'measured', 'ratio', 'wanted', 'kept']
  const rows = figures.map(({ what, base, measured, ratio, wanted, isKept }) => [
    what,
    base,
    measured,
    ratio === undefined ? '' : `× ${ratio.toFixed(2)}`,
    wanted ?? '',
    wanted === undefined ? '' : isKept ? 'yes' : 'NO',
  ])
  return tableText([head, ...rows])
}
