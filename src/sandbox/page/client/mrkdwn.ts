import { userOf } from './context.ts'
import { html, type Markup } from './html.ts'
import type { Model } from './model.ts'
import { plainText } from './text.ts'
import { formatDate } from './time.ts'

const decode = (text: string) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&')

/** Slack's mrkdwn as markup: every piece of text stays text. */
export function mrkdwn(text: string, model: Model): Markup[] {
  const blocks = text.split(/```\n?([\s\S]*?)```/g)
  return blocks.flatMap((part, index): Markup[] =>
    index % 2 === 1 ? [html`<div class="pre"><pre>${decode(part)}</pre></div>`] : lines(part, model),
  )
}

/** The `markdown` block: headings, lists, bold and links of Markdown, shown by the means of mrkdwn. */
export function markdown(text: string, model: Model): Markup[] {
  const escaped = text
    .replace(/&(?!(?:amp|lt|gt);)/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>(?!\s)/g, '&gt;')
    .replace(/^> ?/gm, '&gt; ')
    .replace(/^#{1,6} +(.+)$/gm, '*$1*')
    .replace(/^(\s*)[-*] +/gm, '$1• ')
    .replace(/\*\*([^*\n]+)\*\*/g, '*$1*')
    .replace(/\[([^\]\n]+)\]\((https?:[^)\s]+)\)/g, '<$2|$1>')
  return mrkdwn(escaped, model)
}

function lines(text: string, model: Model): Markup[] {
  if (text === '') return []
  const found: Markup[] = []
  text.split('\n').forEach((line, index) => {
    if (index > 0) found.push(html`<br />`)
    const quote = /^&gt; ?(.*)$/.exec(line)
    found.push(...(quote ? [html`<span class="quote">${inline(quote[1] ?? '', model)}</span>`] : inline(line, model)))
  })
  return found
}

const tokens =
  /`([^`]+)`|<([^<>]+)>|(?<![\w*])\*([^*\n]+)\*(?![\w*])|(?<![\w_])_([^_\n]+)_(?![\w_])|(?<![\w~])~([^~\n]+)~(?![\w~])/g

function inline(text: string, model: Model): Markup[] {
  const found: Markup[] = []
  let end = 0
  for (const match of text.matchAll(tokens)) {
    found.push(...plainText(decode(text.slice(end, match.index))))
    const [whole, code, angle, bold, italic, struck] = match
    if (code !== undefined) found.push(html`<code>${decode(code)}</code>`)
    else if (angle !== undefined) found.push(special(angle, model))
    else if (bold !== undefined) found.push(html`<b>${inline(bold, model)}</b>`)
    else if (italic !== undefined) found.push(html`<i>${inline(italic, model)}</i>`)
    else if (struck !== undefined) found.push(html`<s>${inline(struck, model)}</s>`)
    end = match.index + whole.length
  }
  found.push(...plainText(decode(text.slice(end))))
  return found
}

/** `<@U…>`, `<#C…|name>`, `<!date^…>`, `<!here>`, `<https://…|label>` */
function special(inside: string, model: Model): Markup {
  const [target = '', label] = inside.split('|')
  if (target.startsWith('@')) return mention(target.slice(1), model)
  if (target.startsWith('#')) {
    const channel = model.state?.channels.find((each) => each.id === target.slice(1))
    return html`<span class="at">#${channel?.name ?? label ?? target.slice(1)}</span>`
  }
  const date = /^!date\^(\d+)\^([^^]*)/.exec(target)
  if (date) return formatDate(Number(date[1]), date[2] ?? '', model.lang)
  if (target.startsWith('!')) return html`<span class="at">@${label ?? target.slice(1)}</span>`
  if (!/^(https?|slack|mailto):/.test(target)) return `<${inside}>`
  return html`<a href=${decode(target)} target="_blank" rel="noreferrer">${plainText(decode(label ?? target))}</a>`
}

export function mention(id: string, model: Model): Markup {
  const name = userOf(model, id)?.real_name ?? id
  return html`<span class=${id === model.user ? 'at me' : 'at'}>@${name}</span>`
}
