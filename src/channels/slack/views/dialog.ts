import type { ModalView } from '@slack/types'
import type { Language } from '../../../domain/command-spec.ts'
import type { Place } from '../../../domain/request.ts'
import type { TextKey } from '../../../texts/keys.ts'
import { phrase } from '../../../texts/phrase.ts'
import { plainPhrase } from '../../../texts/render.ts'
import { plain } from '../blocks/block-kit.ts'
import { limits } from '../blocks/limits.ts'

/** Block and action id of the only field. */
export const dialogInput = 'text'

/** What a dialog asks for, with its words. */
const surfaces = {
  'deny-reason': {
    title: 'dialog.deny.title',
    label: 'dialog.deny.reason',
    hint: 'dialog.deny.hint',
    submit: 'button.deny',
    optional: true,
  },
  'write-argument': {
    title: 'dialog.write.title',
    label: 'dialog.write.label',
    hint: null,
    submit: 'dialog.write.submit',
    optional: false,
  },
  'override-reason': {
    title: 'dialog.override.title',
    label: 'dialog.override.reason',
    hint: null,
    submit: 'dialog.override.submit',
    optional: false,
  },
} as const satisfies Record<
  string,
  { title: TextKey; label: TextKey; hint: TextKey | null; submit: TextKey; optional: boolean }
>

export type DialogSurface = keyof typeof surfaces

export interface Dialog {
  readonly surface: DialogSurface
  readonly actionId: string
  /** Where the answer goes. */
  readonly place: Place
  readonly language: Language
}

/** A modal with one line of text. */
export function buildDialog(dialog: Dialog): ModalView {
  const say = (key: TextKey) => plainPhrase(phrase(key), dialog.language)
  const { title, label, hint, submit, optional } = surfaces[dialog.surface]
  return {
    type: 'modal',
    callback_id: 'dialog',
    private_metadata: JSON.stringify(dialog),
    title: plain(say(title), limits.viewTitle),
    submit: plain(say(submit), limits.viewButton),
    close: plain(say('dialog.back'), limits.viewButton),
    blocks: [
      {
        type: 'input',
        block_id: dialogInput,
        optional,
        label: plain(say(label), limits.hint),
        ...(hint ? { hint: plain(say(hint), limits.hint) } : {}),
        element: { type: 'plain_text_input', action_id: dialogInput, max_length: 200, focus_on_load: true },
      },
    ],
  }
}

/** Reads back what a dialog was about; `null` = not one that NOX made. */
export function decodeDialog(metadata: string): Dialog | null {
  try {
    const data: unknown = JSON.parse(metadata)
    return isDialog(data) ? data : null
  } catch {
    return null
  }
}

function isDialog(data: unknown): data is Dialog {
  const { surface, actionId, place, language } = (data ?? {}) as Partial<Dialog>
  const { channel, conversationId, threadTs, kind } = (place ?? {}) as Partial<Place>
  return (
    typeof surface === 'string' &&
    Object.hasOwn(surfaces, surface) &&
    typeof actionId === 'string' &&
    (language === 'fr' || language === 'en') &&
    channel === 'slack' &&
    typeof conversationId === 'string' &&
    (threadTs === null || typeof threadTs === 'string') &&
    (kind === 'channel' || kind === 'direct' || kind === 'home')
  )
}
