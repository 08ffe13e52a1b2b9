/** Texts that are kept with what they say. */
const mostKept = 500
/** Longer texts are hardly ever alike (characters). */
const longest = 4_000

const known = new Map<string, object>()

/**
 * What a text of JSON says. Tenants that began with the same zones and the same rights share them in memory, and they
 * are read once: nothing of it can be changed.
 */
export function parseShared<T extends object>(text: string): T {
  const found = known.get(text)
  if (found) return found as T
  const made = freeze(JSON.parse(text) as T)
  if (text.length > longest) return made
  known.set(text, made)
  if (known.size > mostKept) known.delete(known.keys().next().value ?? '')
  return made
}

function freeze<T>(value: T): T {
  if (value === null || typeof value !== 'object') return value
  for (const each of Object.values(value)) freeze(each)
  return Object.freeze(value)
}
