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
  header(text: Phrase): SlackBlock
  context(text: Phrase): SlackBlock
}

export function createDrawing({ language, timeZone }: HomeReader): Drawing {
  const style = slackStyle(timeZone)
  const say = (text: Phrase) => mrkdwn(cutMrkdwn(renderPhrase(text, language, style), limits.section))
  return {
    language,
    section: (text, accessory) =>
      ({ type: 'section', text: say(text), ...(accessory ? { accessory } : {}) }) as SlackBlock,
    header: (text) => ({ type: 'header', text: plain(plainPhrase(text, language), limits.header) }),
    context: (text) => ({ type: 'context', elements: [say(text)] }),
  }
}
