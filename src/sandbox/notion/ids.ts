import { createHash } from 'node:crypto'

/** An id as Notion writes one, the same at each start. */
export function idOf(text: string): string {
  const hex = createHash('sha1').update(text).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}
