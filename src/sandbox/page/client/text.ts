import { emojiNames } from './emoji-names.ts'
import { html, type Markup } from './html.ts'

const emojiShape =
  /(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2})(?:\ufe0f|\u200d\p{Extended_Pictographic})*/gu

const codePoints = (emoji: string) => [...emoji].map((char) => (char.codePointAt(0) ?? 0).toString(16)).join('-')

/** Text with emoji as pictures, so that they look alike everywhere. */
export function plainText(text: string): Markup[] {
  const named = text.replace(/:([\w+-]+):/g, (whole, name: string) => emojiNames[name] ?? whole)
  const parts: Markup[] = []
  let end = 0
  for (const match of named.matchAll(emojiShape)) {
    const char = match[0]
    if (/^[\d#*©®™→]/.test(char)) continue
    parts.push(named.slice(end, match.index))
    parts.push(html`<img class="emo" alt=${char} src=${`/assets/emoji/${codePoints(char)}.svg`} />`)
    end = match.index + char.length
  }
  parts.push(named.slice(end))
  return parts
}

export const emojiOf = (name: string): string => emojiNames[name] ?? `:${name}:`
