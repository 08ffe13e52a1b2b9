/** A text of Jira Cloud, in Atlassian's document format. */
interface Node {
  readonly type: string
  readonly text?: string
  readonly content?: readonly Node[]
}

/** What Jira takes in a description or a comment (characters, its `jira.text.field.character.limit`). */
const longestText = 32_767

const inline = (line: string): readonly Node[] => (line === '' ? [] : [{ type: 'text', text: line }])

/** Plain text as a document: one paragraph a line; nothing in it is markup. */
export const toDocument = (text: string) => ({
  type: 'doc',
  version: 1,
  content: text.split('\n').map((line) => ({ type: 'paragraph', content: inline(line) })),
})

const entity = (mark: string): string => `&#${mark.codePointAt(0)};`

/** Where a data center's wiki makes a link by itself: what stands before it decides. */
const link = /(?<![A-Za-z0-9"'[|!])(?:(?:https?|ftps?|nntp|news|irc):\/\/|mailto:|file:)[^\s<>"]+/
/** What would end such a link, or be read as markup before it is one. */
const notInLinks = /[^-\w.~!*';/?:@#&=%+$,()]/gu

/**
 * Words that a data center's wiki would read as markup, each with what stands for it. What must stand before one is asked
 * behind its sign: in front of it, each of many blanks would be looked back from.
 */
const marks: readonly (readonly [RegExp, (mark: string) => string])[] = [
  [link, (url) => url.replace(notInLinks, (mark) => encodeURIComponent(mark.toWellFormed()))],
  // A backslash escapes no other: two of them are a new line.
  [/\\/, entity],
  [/&(?=[#A-Za-z0-9][A-Za-z0-9]{1,7};)/, () => '&amp;'],
  [/\.(?=\s)(?<=^\s*(?:h[1-6]|bq)\.)/, entity],
  [/[:;](?=[()]|[DPp](?![A-Za-z]))/, entity],
  [/\((?=(?:[-+!/?xyni]|on|off|\*[rgby]?|flag|flagoff)\))/, (mark) => `\\${mark}`],
  [/[-{}[\]*_^~+|!]|\?(?=\?)|#(?<=^\s*#)/, (mark) => `\\${mark}`],
]
const anyMark = new RegExp(marks.map(([{ source }]) => `(${source})`).join('|'), 'gmu')

/** Plain text for a data center, whose wiki markup would read some of it as its own. Addresses stay links. */
export const toWiki = (text: string): string =>
  text.replace(anyMark, (mark: string, ...groups: readonly (string | undefined)[]) => {
    const at = groups.findIndex((group) => group !== undefined)
    return marks[at]?.[1](mark) ?? mark
  })

const anyEscape = new RegExp(`${link.source}|${/\\([-{}[\]*_^~+|!?#(])|&#(\d{2,3});|&amp;/.source}`, 'g')

/** The words of a document, or of a data center's text as they were written. */
export function plainWords(value: unknown): string {
  if (typeof value === 'string') {
    return value.replace(anyEscape, (whole: string, mark?: string, code?: string) => {
      if (code !== undefined) return String.fromCodePoint(Number(code))
      return mark ?? (whole === '&amp;' ? '&' : whole)
    })
  }
  const node = (value ?? {}) as Node
  const inner = (node.content ?? []).map(plainWords)
  return `${node.text ?? ''}${inner.join(node.type === 'doc' ? '\n' : '')}`
}

/**
 * A text in the form of an edition, as long as Jira takes it.
 * @param end stands at its end whatever is cut: a signature
 */
export function writeText(isCloud: boolean, text: string, end = ''): unknown {
  const write = (words: string) => (isCloud ? toDocument(`${words}${end}`) : toWiki(`${words}${end}`))
  // The form of the cloud is counted as it is sent, which is never shorter than what Jira counts.
  const fits = (words: string) => {
    const written = write(words)
    return (typeof written === 'string' ? written : JSON.stringify(written)).length <= longestText
  }
  if (fits(text)) return write(text)
  const cut = (length: number) => `${text.slice(0, length).toWellFormed()}…`
  let [least, most] = [0, Math.min(text.length, longestText)]
  while (least < most) {
    const middle = Math.ceil((least + most) / 2)
    if (fits(cut(middle))) least = middle
    else most = middle - 1
  }
  return write(cut(least))
}
