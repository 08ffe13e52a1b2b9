import type { Language } from '../domain/command-spec.ts'
import { en } from './en.ts'
import {
  formatAgo,
  formatBytes,
  formatDuration,
  formatMoment,
  formatNumber,
  joinedWithAnd,
  pluralForm,
} from './format.ts'
import { fr } from './fr.ts'
import type { Template, TextKey } from './keys.ts'
import type { Phrase, Value } from './phrase.ts'

/** How a surface writes the parts of a sentence; foreign text passes through `text` and `code` alone. */
export interface Style {
  /** A piece of the message book itself: markup and emoji of ours. */
  readonly markup: (ours: string) => string
  /** Foreign text, to be escaped. */
  readonly text: (foreign: string) => string
  /** Foreign text in a code span, without the span's own marks if `bare`. */
  readonly code: (foreign: string) => string
  readonly time: (at: number, as: 'ago' | 'date', language: Language) => string
  readonly mention: (userId: string) => string
  readonly conversation: (id: string) => string
  readonly link: (url: string, label: string) => string
}

type Part =
  | { readonly ours: string }
  /** `{total|pod|pods}`: a word by the number that another blank is filled with. */
  | { readonly by: string; readonly one: string; readonly other: string }
  | { readonly name: string; readonly capital: boolean; readonly code: boolean; readonly spaceAfter: boolean }

const books: Record<Language, Record<TextKey, Template>> = { fr, en }
const compiled: Record<Language, Map<string, readonly Part[]>> = { fr: new Map(), en: new Map() }

/** Non-breaking spaces where French typography wants them. */
const typeset = (text: string, language: Language): string =>
  language === 'fr' ? text.replace(/ (?=[:;?%»])/g, '\u202f').replace(/« /g, '«\u202f') : text

function compile(template: string, language: Language): readonly Part[] {
  const known = compiled[language].get(template)
  if (known) return known
  const parts: Part[] = []
  let end = 0
  for (const match of template.matchAll(/`\{(\w+)\}`|\{(\w+)(?:\|([^{}|]*)\|([^{}|]*))?\}/g)) {
    if (match.index > end) parts.push({ ours: typeset(template.slice(end, match.index), language) })
    end = match.index + match[0].length
    const written = match[1] ?? match[2] ?? ''
    if (match[3] !== undefined && match[4] !== undefined) {
      parts.push({ by: written, one: typeset(match[3], language), other: typeset(match[4], language) })
      continue
    }
    const name = written.charAt(0).toLowerCase() + written.slice(1)
    parts.push({
      name,
      capital: name !== written,
      code: match[1] !== undefined,
      spaceAfter: /^ (?:\p{L}|\{\w+\|)/u.test(template.slice(end)),
    })
  }
  if (end < template.length) parts.push({ ours: typeset(template.slice(end), language) })
  compiled[language].set(template, parts)
  return parts
}

function pickForm(template: Template, phrase: Phrase, language: Language): string {
  if (typeof template === 'string') return template
  return template[formBy(phrase, template.by, language)]
}

function formBy(phrase: Phrase, name: string, language: Language): 'one' | 'other' {
  const count = phrase.params[name]
  return pluralForm(typeof count === 'number' ? count : 2, language)
}

/** Environments that everybody has are said in the reader's language; the others have the name that the tenant gave. */
const environmentName = (name: string, language: Language): string => {
  const key = `environment.${name}`
  return Object.hasOwn(fr, key) ? String(books[language][key as TextKey]) : name
}

/**
 * A sentence in a language, written in a surface's style. Lines are separated by `\n`; `{Action}` is `{action}` with a
 * capital, `{env}` names an environment, `{n|pod|pods}` is a word by the number of `{n}`.
 */
export function renderPhrase(phrase: Phrase, language: Language, style: Style): string {
  const parts = compile(pickForm(books[language][phrase.key], phrase, language), language)
  let result = ''
  let tieNext = false
  for (const part of parts) {
    if ('ours' in part) {
      result += style.markup(tieNext ? `\u00a0${part.ours.slice(1)}` : part.ours)
      tieNext = false
      continue
    }
    if ('by' in part) {
      result += style.markup(part[formBy(phrase, part.by, language)])
      continue
    }
    const given = phrase.params[part.name] ?? ''
    const value: Value =
      part.name === 'env' && typeof given === 'string' ? { kind: 'environments', names: [given] } : given
    const said = part.code ? style.code(plainText(value, language)) : renderValue(value, language, style)
    result += part.capital ? said.charAt(0).toLocaleUpperCase(language) + said.slice(1) : said
    tieNext = typeof value === 'number' && part.spaceAfter
  }
  return result
}

/** A value in a language, written in a surface's style. */
export function renderValue(value: Value, language: Language, style: Style): string {
  if (typeof value === 'string') return style.text(value)
  if (typeof value === 'number') return formatNumber(value, language)
  if ('key' in value) return renderPhrase(value, language, style)
  switch (value.kind) {
    case 'duration':
      return formatDuration(value.ms, language)
    case 'time':
      return style.time(value.at, value.as, language)
    case 'mention':
      return style.mention(value.userId)
    case 'conversation':
      return style.conversation(value.id)
    case 'code':
      return style.code(value.text)
    case 'bytes':
      return formatBytes(value.bytes, language)
    case 'environments':
      return joinedWithAnd(
        value.names.map((name) => style.text(environmentName(name, language))),
        language,
      )
    case 'people':
      return renderPeople(value.names, language, style)
    case 'list':
      return value.items.map((item) => renderValue(item, language, style)).join(', ')
    case 'link':
      return style.link(value.url, value.label)
  }
}

function renderPeople(names: readonly string[], language: Language, style: Style): string {
  const shown = names.slice(0, 3).map(style.text).join(', ')
  const more = names.length - 3
  if (more <= 0) return shown
  return `${shown} ${renderPhrase({ key: 'people.more', params: { n: more } }, language, style)}`
}

/** A style without any markup: notifications, tests, terminals. Times are told in `timeZone`. */
export function plainStyle(timeZone: string, now: () => number = Date.now): Style {
  return {
    markup: (ours) => ours.replace(/[*`]/g, ''),
    text: (foreign) => foreign,
    code: (foreign) => foreign,
    time: (at, as, language) => (as === 'ago' ? formatAgo(at, now(), language) : formatMoment(at, timeZone, language)),
    mention: (userId) => `@${userId}`,
    conversation: (id) => `#${id}`,
    link: (_url, label) => label,
  }
}

const utc = plainStyle('UTC')

/** A value as plain text. */
export const plainText = (value: Value, language: Language): string => renderValue(value, language, utc)

const hints: Style = { ...utc, markup: (ours) => ours.replace(/`/g, '') }

/** A hint below a field: plain text in which a star is a star, as in `client-*`. */
export const hintPhrase = (phrase: Phrase, language: Language): string => renderPhrase(phrase, language, hints)

/** A sentence as plain text. */
export const plainPhrase = (phrase: Phrase, language: Language): string => renderPhrase(phrase, language, utc)
