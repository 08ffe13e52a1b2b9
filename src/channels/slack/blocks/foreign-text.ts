/** Marks that change the reading direction: a name must not reorder the sentence around it. */
const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
/** Characters without width; a joiner stays where it builds a pictograph. */
const invisible = /(?<!\p{Extended_Pictographic}\ufe0f?)\u200d|\u00ad|\u200b|\u200c|\u2060|\ufeff/gu
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

/** Printable characters of ASCII and Latin letters, without a space at either end: nothing in them needs cleaning. */
const harmlessLine =
  /^(?:[!-~\u00a1-\u00ac\u00ae-\u024f](?:[ -~\u00a1-\u00ac\u00ae-\u024f]*[!-~\u00a1-\u00ac\u00ae-\u024f])?)?$/
/** Of those, the ones that Slack reads as nothing but themselves. */
const plainLine = /^(?:[\w.,;()/+@'’=-][\w .,;()/+@'’=-]*)?$/
const mayFormat = /_|\s$/

/** Foreign text without control characters, direction marks and invisible characters; tabs and newlines stay. */
export function cleanText(foreign: string): string {
  return foreign
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(control, '')
    .replace(directionMarks, '')
    .replace(invisible, '')
}

/** As `cleanText`, on one line: a value must not begin a line of its own. */
export const cleanLine = (foreign: string): string =>
  harmlessLine.test(foreign)
    ? foreign
    : cleanText(foreign)
        .replace(/[\n\t\u2028\u2029]+/g, ' ')
        .trim()

/** The three characters that Slack reads as its own; everything else stays. */
export const escapeMarkup = (text: string): string =>
  /[&<>]/.test(text) ? text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;') : text

/**
 * Foreign text inside a sentence of ours: mentions and links are inert, and what Slack would format
 * (`*bold*`, `` `code` ``, `:emoji:`) is written with look-alikes, so that nobody can forge a title of NOX.
 */
export const escapeForeign = (foreign: string): string =>
  plainLine.test(foreign) && !mayFormat.test(foreign)
    ? foreign
    : escapeMarkup(
        cleanLine(foreign)
          .replace(/\*/g, '∗')
          .replace(/`/g, 'ˋ')
          .replace(/~/g, '∼')
          .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '＿')
          .replace(/:(?=[a-z+_'-][a-z0-9+_'-]*:)/gi, ':\u2060'),
      )

/** Cut at the end, by whole characters; the ellipsis counts. */
export function cutEnd(text: string, limit: number): string {
  if (text.length <= limit) return text
  return `${text
    .slice(0, limit - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '')}…`
}

/** Cut in the middle, so that both ends of a name can be told. */
export function cutMiddle(text: string, limit: number): string {
  if (text.length <= limit) return text
  const characters = [...text]
  if (characters.length <= limit) return text
  const head = Math.ceil((limit - 1) / 2)
  return `${characters.slice(0, head).join('')}…${characters.slice(-(limit - 1 - head)).join('')}`
}

/** Cuts mrkdwn at whole lines, else inside a line where no entity, link or code span is torn. */
export function cutMrkdwn(mrkdwn: string, limit: number): string {
  if (mrkdwn.length <= limit) return mrkdwn
  const lineEnd = mrkdwn.lastIndexOf('\n', limit - 2)
  if (lineEnd > limit / 2) return `${mrkdwn.slice(0, lineEnd)}\n…`
  let cut = mrkdwn
    .slice(0, limit - 3)
    .toWellFormed()
    .replace(/\ufffd$/, '')
  const open = cut.lastIndexOf('<')
  if (open > cut.lastIndexOf('>')) cut = cut.slice(0, open)
  cut = cut.replace(/&[a-z]{0,3}$/, '')
  const spans = cut.split('`').length - 1
  return spans % 2 === 1 ? `${cut}…\`` : `${cut}…`
}
