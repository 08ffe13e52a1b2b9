/** Marks what a reader would see otherwise than it stands there. */
const drawn = (what: string, text: string): string => `⟦${what}:${text}⟧`

/** Keeps text from what is read after it. */
const kept = (text: string): string =>
  [...text].map((mark) => String.fromCodePoint(0xf0000 + (mark.codePointAt(0) ?? 0))).join('')
const given = (text: string): string =>
  text.replace(/[\u{f0000}-\u{ffffd}]/gu, (mark) => String.fromCodePoint((mark.codePointAt(0) ?? 0) - 0xf0000))

const links =
  /(?<=[^"[|'!]|^)(?<![A-Za-z0-9])((?:(?:https?|ftps?|nntp|news|irc):\/\/|mailto:|file:)[-_.!~*';/?:@#&=%+$,A-Za-z0-9[\]()\\]+)/gm
const escapes = /(?<!\\)\\([-#*_+?^~|%{}[\]()!@])/g
const entities = /&(?:#(\d{2,7})|([A-Za-z0-9]{2,8}));/g
const known: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }
const emoticons = /(?::[()DPp]|;\)|\((?:[-+!/?xyni]|on|off|\*[rgby]?|flag|flagoff)\))(?![A-Za-z])/g
const phrases = /(?<![\p{L}\p{Nd}\\])(\*|_|\^|~|-|\+|\?\?)(?=[^\s])(?!\1)(.+?)(?<![\s\\])\1(?![\p{L}\p{Nd}])/gu

/**
 * What a reader sees of a text in the wiki markup of a data center: each thing that is drawn from it is marked. In the
 * order of Atlassian's renderer: macros, blocks, links, addresses, escapes, entities, dashes, faces, phrases, new lines.
 */
export function showWiki(markup: string): string {
  const lines = markup
    .replace(/(?<!\\)\{([^{}\n]*)(?<!\\)\}/g, (_, name: string) => drawn('macro', name))
    .split('\n')
    .map((line) => {
      if (/^\s*h[1-6]\.\s/.test(line)) return drawn('heading', line)
      if (/^\s*bq\.\s/.test(line)) return drawn('quote', line)
      if (/^\s*-{4,5}\s*$/.test(line)) return drawn('rule', line)
      if (/^\s*(?:[*#]+|-)\s+\S/.test(line)) return drawn('item', line)
      return /^\s*\|.*\|/.test(line) ? drawn('row', line) : line
    })
  const words = lines
    .join('\n')
    .replace(/(?<!\\)\[([^[\]\n]+)(?<!\\)\]/g, (_, name: string) => drawn('link', name))
    .replace(links, (url) => kept(url))
    .replace(/(?<![\\\w])!([^!\s][^!\n]*)(?<!\\)!/g, (_, name: string) => drawn('picture', name))
    .replace(escapes, (_, mark: string) => kept(mark))
    .replace(entities, (whole, code?: string, name?: string) =>
      kept(code === undefined ? (known[name ?? ''] ?? whole) : String.fromCodePoint(Number(code))),
    )
    .replace(/(?<=^|\s)-{2,3}(?=\s|$)/gm, (dash) => drawn('dash', dash))
    .replace(emoticons, (face) => drawn('face', face))
    .replace(phrases, (_, mark: string, text: string) => drawn(mark, text))
    .replace(/(?<!\\)\\{2}(?!\S*\\)/g, () => drawn('line', ''))
  return given(words)
}
