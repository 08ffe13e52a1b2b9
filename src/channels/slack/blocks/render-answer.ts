import type { Answer } from '../../../domain/answer.ts'
import type { Language } from '../../../domain/command-spec.ts'
import type { MessageFrame } from '../../../domain/messenger.ts'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import { plainPhrase, plainStyle, renderPhrase, renderValue, type Style } from '../../../texts/render.ts'
import { mrkdwn, plain, type SlackBlock } from './block-kit.ts'
import { cutEnd, cutMrkdwn, escapeForeign } from './foreign-text.ts'
import { limits } from './limits.ts'
import { type AppLink, renderActions } from './render-buttons.ts'
import { renderOutput } from './render-output.ts'
import { type Picture, renderPicture } from './render-pictures.ts'
import { renderTable } from './render-table.ts'
import { idHere, slackLink, slackStyle } from './style.ts'

/** Whom an answer is drawn for. */
export interface Reader {
  readonly language: Language
  /** An IANA zone, for clients that cannot show a date in the reader's own. */
  readonly timeZone: string
  readonly app: AppLink
  /** The charts of the answer, as pictures that Slack holds. */
  readonly pictures?: readonly Picture[]
}

/** A message as `chat.postMessage` takes it: blocks, and the line that phones and screen readers get. */
export interface RenderedMessage {
  readonly text: string
  readonly blocks: readonly SlackBlock[]
}

/** Draws an answer with Block Kit, within Slack's limits, whatever the texts in it are. */
export function renderAnswer(answer: Answer, reader: Reader, action?: MessageFrame['action']): RenderedMessage {
  const { language } = reader
  const style = slackStyle(reader.timeZone, reader.app)
  const say = (text: Phrase) => renderPhrase(text, language, style)
  const lines = (answer.lines ?? []).map(say)
  const blocks: SlackBlock[] =
    answer.kind === 'notice'
      ? [{ type: 'header', text: plain(plainPhrase(answer.title, language), limits.header) }, ...section(lines)]
      : section([say(answer.title), ...lines])
  blocks.push(...section((answer.steps ?? []).map((step) => say(phrase(`step.${step.state}`, { what: step.text })))))
  blocks.push(...renderFields(answer, language, style))
  if (answer.output) blocks.push(...renderOutput(answer.output))
  if (answer.table && answer.table.head.length > 0) blocks.push(renderTable(answer.table, language, reader.timeZone))
  blocks.push(...(reader.pictures ?? []).map(renderPicture))
  if (answer.next) blocks.push(...section([say(answer.next)]))
  blocks.push(...renderActions(answer, language, reader.app, action && `#${action.number}`))
  blocks.push(...renderContext(answer, language, style, action))
  return { text: notificationText(answer, reader), blocks }
}

function section(lines: readonly string[]): SlackBlock[] {
  const text = cutMrkdwn(lines.join('\n'), limits.section)
  return text.trim() === '' ? [] : [{ type: 'section', text: mrkdwn(text) }]
}

function renderFields(answer: Answer, language: Language, style: Style): SlackBlock[] {
  const fields = (answer.fields ?? []).slice(0, limits.fields).map(({ label, value }) => {
    const text = `*${renderPhrase(label, language, style)}*\n${renderValue(value, language, style) || '–'}`
    return mrkdwn(cutMrkdwn(text, limits.field))
  })
  return fields.length > 0 ? [{ type: 'section', fields }] : []
}

function renderContext(answer: Answer, language: Language, style: Style, action: MessageFrame['action']): SlackBlock[] {
  const parts = action
    ? [`#${action.number}`, escapeForeign(action.person), style.time(action.at, 'ago', language)]
    : []
  for (const item of [...(action?.notes ?? []), ...(answer.context ?? [])]) {
    parts.push(
      'url' in item ? slackLink(item.url, plainPhrase(item.label, language)) : renderPhrase(item, language, style),
    )
  }
  const text = cutMrkdwn(parts.filter((part) => part !== '').join(' · '), limits.context)
  return text === '' ? [] : [{ type: 'context', elements: [mrkdwn(text)] }]
}

/** Private characters that keep the place of a mention while the rest is cut and escaped; foreign text loses them. */
const [opens, closes] = ['\ue000', '\ue001']
const withoutPlaces = (foreign: string) => foreign.replace(/[\ue000\ue001]/g, '')
const notifiedIn = (timeZone: string, app: Partial<AppLink>): Style => ({
  ...plainStyle(timeZone),
  text: withoutPlaces,
  code: withoutPlaces,
  link: (_url, label) => withoutPlaces(label),
  mention(userId) {
    const id = idHere(userId, app)
    if (id && /^[UW]/.test(id)) return `${opens}${id}${closes}`
    return withoutPlaces(app.elsewhere?.get(userId) ?? userId)
  },
})
const withMentions = (text: string) => withoutPlaces(text.replace(/\ue000(\w+)\ue001/g, '<@$1>'))

/** Title and reason without markup or emoji, at most 150 characters, then the choices. */
export function notificationText(
  answer: Answer,
  { language, timeZone, app = {} }: Pick<Reader, 'language' | 'timeZone'> & { readonly app?: Partial<AppLink> },
): string {
  const notified = notifiedIn(timeZone, app)
  const said = [answer.title, ...(answer.lines ?? [])].map((line) => renderPhrase(line, language, notified)).join('\n')
  const line = said
    .replace(/\p{Extended_Pictographic}\ufe0f?/gu, '')
    .trim()
    .replace(/(?<![.?!…:])\n+/g, '. ')
    .replace(/[ \n]+/g, ' ')
  const labels = (answer.buttons ?? []).slice(0, 5).map((button) => plainPhrase(button.label, language))
  const choices = plainPhrase(phrase('notify.buttons', { labels: labels.join(', ') }), language)
  const text = withMentions(escapeForeign(cutEnd(line, limits.notification))) || 'NOX'
  const end = /[.?!…:]$/.test(text) ? '' : '.'
  return labels.length > 0 ? `${text}${end} ${escapeForeign(cutEnd(choices, limits.notification))}` : text
}
