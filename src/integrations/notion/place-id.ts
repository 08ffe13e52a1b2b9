/** The id in an address of Notion, or an id alone; `null` = there is none. */
export function readPlaceId(text: string): string | null {
  const path = text.replace(/[?#].*$/, '')
  const hex = /([0-9a-f]{32})$/i.exec(path.replace(/-/g, ''))?.[1]?.toLowerCase()
  if (hex === undefined) return null
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
