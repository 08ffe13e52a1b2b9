import type { Language } from '../../../domain/command-spec.ts'
import type { Phrase } from '../../../texts/phrase.ts'
import { plainPhrase, renderPhrase } from '../../../texts/render.ts'
import { mrkdwn, plain, type SlackBlock } from '../blocks/block-kit.ts'
import { cutMrkdwn } from '../blocks/foreign-text.ts'
import { limits } from '../blocks/limits.ts'
import type { AppLink } from '../blocks/render-buttons.ts'
import { slackStyle } from '../blocks/style.ts'

export interface HomeReader {
  readonly language: Language
  readonly timeZone: string
  readonly app: AppLink
}

/** How Home draws sentences. */
export interface Drawing {
  readonly language: Language
  section(text: Phrase, accessory?: unknown): SlackBlock
  /** Several sentences in one section. */
  lines(texts: readonly Phrase[], accessory?: unknown): SlackBlock
  /** Facts beside each other, ten at most. */
  fields(texts: readonly Phrase[]): SlackBlock
  header(text: Phrase): SlackBlock
  context(text: Phrase): SlackBlock
}

/** In the reader's language and time zone; what is longer than Slack takes is cut. */
export function createDrawing({ language, timeZone, app }: HomeReader): Drawing {
  const style = slackStyle(timeZone, app)
  const say = (...texts: readonly Phrase[]) => {
    const said = texts.map((text) => renderPhrase(text, language, style))
    return mrkdwn(cutMrkdwn(said.join('\n'), limits.section))
  }
  const lines = (texts: readonly Phrase[], accessory?: unknown) =>
    ({ type: 'section', text: say(...texts), ...(accessory ? { accessory } : {}) }) as SlackBlock
  return {
    language,
    lines,
    section: (text, accessory) => lines([text], accessory),
    fields: (texts) => ({ type: 'section', fields: texts.slice(0, limits.fields).map((text) => say(text)) }),
    header: (text) => ({ type: 'header', text: plain(plainPhrase(text, language), limits.header) }),
    context: (text) => ({ type: 'context', elements: [say(text)] }),
  }
}
