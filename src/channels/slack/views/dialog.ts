import type { ModalView } from '@slack/types'
import type { Language } from '../../../domain/command-spec.ts'
import type { Place } from '../../../domain/request.ts'
import { phrase } from '../../../texts/phrase.ts'
import { plainPhrase } from '../../../texts/render.ts'
import { plain } from '../blocks/block-kit.ts'
import { limits } from '../blocks/limits.ts'

/** Block and action id of the only field. */
export const dialogInput = 'text'

export interface Dialog {
  readonly surface: 'deny-reason' | 'write-argument'
  readonly actionId: string
  /** Where the answer goes. */
  readonly place: Place
  readonly language: Language
}

/** A modal with one line of text. */
export function buildDialog(dialog: Dialog): ModalView {
  const say = (
    key:
      | 'dialog.deny.title'
      | 'dialog.deny.reason'
      | 'dialog.back'
      | 'dialog.write.title'
      | 'dialog.write.label'
      | 'button.deny'
      | 'dialog.write.submit',
  ) => plainPhrase(phrase(key), dialog.language)
  const denies = dialog.surface === 'deny-reason'
  return {
    type: 'modal',
    callback_id: 'dialog',
    private_metadata: JSON.stringify(dialog),
    title: plain(say(denies ? 'dialog.deny.title' : 'dialog.write.title'), limits.viewTitle),
    submit: plain(say(denies ? 'button.deny' : 'dialog.write.submit'), limits.viewButton),
    close: plain(say('dialog.back'), limits.viewButton),
    blocks: [
      {
        type: 'input',
        block_id: dialogInput,
        optional: denies,
        label: plain(say(denies ? 'dialog.deny.reason' : 'dialog.write.label'), limits.hint),
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
    (surface === 'deny-reason' || surface === 'write-argument') &&
    typeof actionId === 'string' &&
    (language === 'fr' || language === 'en') &&
    channel === 'slack' &&
    typeof conversationId === 'string' &&
    (threadTs === null || typeof threadTs === 'string') &&
    (kind === 'channel' || kind === 'direct' || kind === 'home')
  )
}
