/** A name as it is compared: without accents, case and doubled spaces. */
export const foldName = (name: string): string =>
  name.normalize('NFD').replace(/\p{M}/gu, '').trim().replace(/\s+/g, ' ').toLowerCase()

/**
 * What an admin tells of people, one a line: `Bob Dupont = bob-dupont`. Vendor's ids by the folded name.
 * @param isId what an id of the vendor looks like
 * @returns `null` where a line is none
 */
export function readPeople(text: string, isId: RegExp): ReadonlyMap<string, string> | null {
  const people = new Map<string, string>()
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const [, name, id] = /^([^=]+)=\s*@?(\S+)\s*$/.exec(line) ?? []
    if (name === undefined || id === undefined || !isId.test(id)) return null
    people.set(foldName(name), id)
  }
  return people
}
