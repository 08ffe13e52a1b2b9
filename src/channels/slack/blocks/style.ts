import { formatMoment, isMoment, noMoment } from '../../../texts/format.ts'
import type { Style } from '../../../texts/render.ts'
import { cleanLine, cleanText, cutEnd, cutMiddle, escapeForeign, escapeMarkup } from './foreign-text.ts'
import type { AppLink } from './render-buttons.ts'

/** A name in a code span is cut in the middle past this length. */
const codeLimit = 60
/** Foreign text in a sentence (a reason, a cluster's message) is cut past this length. */
const quoteLimit = 500

/** `https://…` or a deep link into Slack; anything else is shown as plain text. */
const safeUrl = /^(?:https?|slack):\/\/[^\s|<>`]+$/

/** A code span; a backtick inside would end it, so it is written with its look-alike. */
export function codeSpan(foreign: string): string {
  const name = cutMiddle(cleanLine(foreign).replace(/`/g, 'ˋ'), codeLimit)
  return `\`${escapeMarkup(name) || '–'}\``
}

/** A link, or its label alone where the address is none that Slack should open or hides what it is. */
export const slackLink = (url: string, label: string): string =>
  safeUrl.test(url) && cleanText(url) === url
    ? `<${escapeMarkup(url)}|${escapeForeign(label).replace(/\|/g, '∣')}>`
    : escapeForeign(label)

const ownId = /^[A-Z][A-Z0-9]{1,30}$/

/** Slack's own id of who (or what) is of this workspace; `null` = of another one. */
export function idHere(address: string, { suffix = '' }: Pick<AppLink, 'suffix'>): string | null {
  const id = suffix !== '' && address.endsWith(suffix) ? address.slice(0, -suffix.length) : address
  return ownId.test(id) && (suffix === '') === (id === address) ? id : null
}

/**
 * Slack's mrkdwn. Times show in the reader's zone; `timeZone` is for readers whose client cannot.
 * @param app the reader's workspace; absent = the one that the tenant began with
 */
export function slackStyle(timeZone: string, app: Pick<AppLink, 'suffix' | 'elsewhere'> = {}): Style {
  return {
    markup: escapeMarkup,
    text: (foreign) => escapeForeign(cutEnd(foreign, quoteLimit)),
    code: codeSpan,
    time: (at, as, language) => {
      if (!isMoment(at)) return noMoment
      const format = as === 'ago' ? '{ago}' : '{date_short_pretty}, {time}'
      return `<!date^${Math.floor(at / 1000)}^${format}|${escapeMarkup(formatMoment(at, timeZone, language))}>`
    },
    mention(userId) {
      const id = idHere(userId, app)
      return id && /^[UW]/.test(id) ? `<@${id}>` : escapeForeign(app.elsewhere?.get(userId) ?? userId)
    },
    conversation(address) {
      const id = idHere(address, app)
      return id && /^[CG]/.test(id) ? `<#${id}>` : escapeForeign(address)
    },
    link: slackLink,
  }
}
