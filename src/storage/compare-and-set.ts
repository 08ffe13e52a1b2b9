/** A note that somebody else's change came before is made again on top of it. */
const mostAttempts = 3

/**
 * Changes a JSON text of a row, on top of what others change at the same moment.
 * @param row.read the text as it stands; `undefined` = there is no such row
 * @param row.write stores the next text where the one before still stands; false = it does not
 * @param change gives the next value; `null` = it stays; may be asked more than once
 * @returns the value after a change; `null` = nothing was changed
 */
export async function compareAndSet<T>(
  row: {
    read(): Promise<string | undefined>
    write(before: string, next: string): Promise<boolean>
  },
  change: (text: string) => T | null,
): Promise<T | null> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const before = await row.read()
    const changed = before === undefined ? null : change(before)
    if (before === undefined || changed === null) return null
    if (await row.write(before, JSON.stringify(changed))) return changed
  }
  return null
}
