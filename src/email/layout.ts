import { html, raw } from 'hono/html'
import type { Mail } from '../capabilities/mail.ts'
import type { Language } from '../domain/command-spec.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { plainPhrase } from '../texts/render.ts'

/** What a letter says. */
export interface MailContent {
  readonly title: Phrase
  /** A paragraph each. */
  readonly lines: readonly Phrase[]
  /** One thing to do; the address is written out in the text, too. Only http and https. */
  readonly button?: { readonly label: Phrase; readonly url: string }
}

/** Colours that mail programs leave alone, dark ones too; no pictures, no tracking, no script. */
export const look = {
  page: 'margin:0;padding:24px;background:#f2f4f8;font:15px/22px system-ui,-apple-system,Segoe UI,sans-serif;color:#181c25',
  card: 'max-width:520px;margin:0 auto;background:#ffffff;border-radius:12px;padding:32px',
  title: 'font-size:20px;line-height:26px;margin:16px 0 8px',
  button:
    'display:inline-block;background:#2b50c8;color:#ffffff;text-decoration:none;font-weight:600;padding:10px 16px;border-radius:6px;margin-top:8px',
  small: 'color:#5b6272;font-size:13px;line-height:18px;margin:20px 0 0;overflow-wrap:anywhere',
} as const

/** A letter in one language, as text and as HTML. @throws TypeError where the button leads elsewhere than to the web */
export function layOutMail(language: Language, { title, lines, button }: MailContent): Omit<Mail, 'to'> {
  const say = (each: Phrase) => plainPhrase(each, language)
  const oneLine = say(title)
    .replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ')
    .trim()
  if (button && !/^https?:\/\//.test(button.url)) throw new TypeError('a letter leads to the web alone')
  const footer = say(phrase('mail.footer'))
  const paragraphs = lines.map(say)
  const text = [oneLine, ...paragraphs, ...(button ? [`${say(button.label)}: ${button.url}`] : []), `-- \n${footer}`]
  const body = html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"><title>${oneLine}</title></head>
<body style="${look.page}"><div style="${look.card}"><b>NOX</b><h1 style="${look.title}">${oneLine}</h1>
${paragraphs.map((each) => html`<p>${each}</p>`)}
${button ? html`<p><a href="${button.url}" style="${look.button}">${say(button.label)}</a></p><p style="${look.small}">${button.url}</p>` : raw('')}
<p style="${look.small}">${footer}</p></div></body></html>`
  return { subject: oneLine, text: `${text.join('\n\n')}\n`, html: String(body) }
}
