import { fold } from './fold.ts'
import { editDistance } from './nearest-word.ts'

/** A name further away than this share of its letters is another name, not a slip. */
const mostOff = 0.5
/** Longer than any name: Git takes no more in a part of one, Kubernetes 253 (characters). */
const longestName = 255

/** The known names that a typed one may have meant, nearest first; offered as buttons, never taken. None where it is longer than names are. */
export function nearest(typed: string, names: readonly string[], most: number): readonly string[] {
  if (typed.length > longestName) return []
  const wanted = fold(typed)
  return names
    .filter(({ length }) => length <= longestName)
    .map((name) => {
      const given = fold(name)
      const inside = given.includes(wanted) || wanted.includes(given)
      const distance = editDistance(wanted, given)
      return {
        name,
        distance: inside ? Math.min(distance, 1) : distance,
        length: Math.max(wanted.length, given.length),
      }
    })
    .filter(({ distance, length }) => distance <= length * mostOff)
    .sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name))
    .slice(0, most)
    .map(({ name }) => name)
}
