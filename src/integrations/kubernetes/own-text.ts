/**
 * A text of its own, cut to so many characters: V8 cuts without copying, and a word of a response would keep all of it in
 * memory for as long as the word is kept.
 */
export const ownText = (text: string, longest = text.length): string =>
  Buffer.from(text.slice(0, longest), 'utf8').toString('utf8')
