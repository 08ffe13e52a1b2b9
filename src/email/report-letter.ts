import { html } from 'hono/html'
import type { Mail } from '../capabilities/mail.ts'
import type { Language } from '../domain/command-spec.ts'
import { type Phrase, phrase, type Value } from '../texts/phrase.ts'
import { plainPhrase, plainText } from '../texts/render.ts'
import { look } from './layout.ts'

/** What a report says in a letter. */
export interface ReportContent {
  readonly title: string
  readonly paragraphs: readonly Phrase[]
  readonly table: { readonly head: readonly Phrase[]; readonly rows: readonly (readonly Value[])[] }
  readonly pictures: readonly { readonly png: Uint8Array; readonly text: string }[]
  readonly notes: readonly Phrase[]
  readonly button?: { readonly label: Phrase; readonly url: string }
}

const cell = 'padding:6px 10px;border-bottom:1px solid #e4e4e7;text-align:left;font-size:14px'

/** A report as a letter of one language: text, and HTML with the pictures in it. */
export function layOutReport(language: Language, content: ReportContent): Omit<Mail, 'to'> {
  const say = (each: Phrase) => plainPhrase(each, language)
  const subject = content.title.replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ').trim()
  const paragraphs = content.paragraphs.map(say)
  const head = content.table.head.map(say)
  const rows = content.table.rows.map((row) => row.map((value) => plainText(value, language)))
  const notes = content.notes.map(say)
  const { button, pictures } = content
  const link = button && /^https?:\/\//.test(button.url) ? { label: say(button.label), url: button.url } : null
  const footer = say(phrase('mail.footer'))
  const text = [
    subject,
    paragraphs.join('\n'),
    [head, ...rows].map((row) => row.join(' | ')).join('\n'),
    ...pictures.map((picture) => picture.text),
    notes.join('\n'),
    ...(link ? [`${link.label}: ${link.url}`] : []),
    `-- \n${footer}`,
  ]
  const body = html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"><title>${subject}</title></head>
<body style="${look.page}"><div style="${look.card.replace('520px', '680px')}"><b>NOX</b><h1 style="${look.title}">${subject}</h1>
${content.paragraphs.map((each, at) =>
  each.key === 'report.bold'
    ? html`<h2 style="font-size:16px;margin:20px 0 4px">${paragraphs[at] ?? ''}</h2>`
    : html`<p style="margin:4px 0">${paragraphs[at] ?? ''}</p>`,
)}
<table style="border-collapse:collapse;width:100%;margin:16px 0"><tr>${head.map((each) => html`<th style="${cell}">${each}</th>`)}</tr>
${rows.map((row) => html`<tr>${row.map((each) => html`<td style="${cell}">${each}</td>`)}</tr>`)}</table>
${pictures.map((picture, at) => html`<p><img src="cid:chart-${at + 1}" alt="${picture.text}" width="616" style="max-width:100%;height:auto;border:0"></p>`)}
${link ? html`<p><a href="${link.url}" style="${look.button}">${link.label}</a></p>` : ''}
${notes.map((each) => html`<p style="${look.small}">${each}</p>`)}
<p style="${look.small}">${footer}</p></div></body></html>`
  return {
    subject,
    text: `${text.join('\n\n')}\n`,
    html: String(body),
    pictures: pictures.map(({ png }, at) => ({ id: `chart-${at + 1}`, png })),
  }
}
