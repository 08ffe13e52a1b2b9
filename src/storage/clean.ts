/** Postgres refuses NUL in text, SQLite would keep it: it becomes the replacement character on both. */
export const clean = (text: string): string => (text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text)

/** A row whose texts are all clean. */
export function cleanRow<T extends Record<string, unknown>>(row: T): T {
  let changed: Record<string, unknown> | undefined
  for (const name in row) {
    const value: unknown = row[name]
    if (typeof value !== 'string' || !value.includes('\0')) continue
    changed ??= { ...row }
    changed[name] = clean(value)
  }
  return (changed as T | undefined) ?? row
}

/** Lists never read more rows than this, and at least one. */
export const clampLimit = (limit: number): number => Math.max(1, Math.min(1_000, Math.floor(limit) || 1))
