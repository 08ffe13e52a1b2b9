import type { BlockAction, ViewSubmitAction } from '@slack/bolt'
import type { ModalView } from '@slack/types'
import { suffixOf } from '../../../domain/workspace-address.ts'
import type { Form } from '../../../request/administration/index.ts'
import type { EditedRow, Saved } from '../../../request/governance/index.ts'
import type { Edition } from '../../../storage/types/edition.ts'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import { plainPhrase } from '../../../texts/render.ts'
import { plain } from '../blocks/block-kit.ts'
import { limits } from '../blocks/limits.ts'
import { afterwards, languageOf, type SlackChannel } from '../channel.ts'
import { buildForm, buildNotice, type FormView, withFreshFields } from '../views/form.ts'
import { decodeState, type HomeState } from '../views/home-state.ts'
import { showHome } from './home.ts'
import { sayErrors } from './read-form.ts'

/** What a modal of Home was opened on; Slack gives it back with the form. */
export interface FormMetadata extends EditedRow {
  readonly home: HomeState
  /** What a preview showed, to be saved as it stands. */
  readonly draft?: { readonly part: string; readonly form: Form }
}

/** As a modal's `private_metadata`. */
export const encodeMetadata = (metadata: FormMetadata): string => JSON.stringify(metadata)

/** Reads a modal's metadata back; `null` = not one that NOX made. */
export function decodeMetadata(text: string): FormMetadata | null {
  try {
    const { id, version, home, draft } = JSON.parse(text) as Partial<FormMetadata>
    if (typeof id !== 'string' || typeof version !== 'number' || !Number.isSafeInteger(version)) return null
    return { id, version, home: decodeState(home), ...(isDraft(draft) ? { draft } : {}) }
  } catch {
    return null
  }
}

function isDraft(draft: FormMetadata['draft']): draft is NonNullable<FormMetadata['draft']> {
  if (draft === null || typeof draft !== 'object' || typeof draft.part !== 'string') return false
  const { form } = draft
  if (form === null || typeof form !== 'object' || Array.isArray(form)) return false
  const isField = (value: unknown) =>
    typeof value === 'string' || (Array.isArray(value) && value.every((each) => typeof each === 'string'))
  return Object.values(form).every(isField)
}

/** How the modals of one person are made: in their language, with the tenant's times. */
export interface Modals {
  form(view: FormView): ModalView
  notice(title: Phrase, lines: readonly Phrase[]): ModalView
  /** A question with one way on, and one back. */
  question(callbackId: string, title: Phrase, lines: readonly Phrase[], verb: Phrase, metadata: string): ModalView
}

/** What a listener knows of whoever used a control or sent a form. */
export interface Sender {
  readonly tenantId: string
  readonly userId: string
  readonly modals: Modals
}

/** What their modals need: their language, the tenant's time zone, the suffix of their workspace. */
export async function senderOf(channel: SlackChannel, tenantId: string, userId: string): Promise<Sender> {
  const [language, { knowledge }, reached] = await Promise.all([
    languageOf(channel, tenantId, userId),
    channel.knowledge.snapshot(tenantId),
    channel.installations.reach(tenantId, userId),
  ])
  const suffix = reached ? suffixOf(reached.installation) : ''
  const { timeZone } = knowledge.tenant
  const notice = (title: Phrase, lines: readonly Phrase[]) => buildNotice(title, lines, language, timeZone)
  const modals: Modals = {
    form: (view) => buildForm(view, language, { timeZone, suffix }),
    notice,
    question: (callbackId, title, lines, verb, metadata) => ({
      ...notice(title, lines),
      callback_id: callbackId,
      submit: plain(plainPhrase(verb, language), limits.viewButton),
      close: plain(plainPhrase(phrase('dialog.back'), language), limits.viewButton),
      private_metadata: metadata,
    }),
  }
  return { tenantId, userId, modals }
}

/** Opens a modal for whoever used a control; gives its id. */
export async function openModal(
  channel: SlackChannel,
  { tenantId, userId }: Sender,
  body: BlockAction,
  view: ModalView,
): Promise<string> {
  const reached = await channel.installations.reach(tenantId, userId)
  const args = { trigger_id: body.trigger_id, view }
  const opened = await channel.api.call(reached?.installation.botToken ?? null, 'views.open', args)
  return String((opened.view as { id?: string } | undefined)?.id)
}

export type AckForm = (
  response?:
    | { response_action: 'errors'; errors: Record<string, string> }
    | { response_action: 'update'; view: ModalView }
    | { response_action: 'clear' },
) => Promise<void>

/**
 * Answers a form: closed and Home drawn anew, its errors, a refusal in its place, or the version of whoever was faster.
 * @param redraw the form on that version; it may be sent again
 */
export async function answerForm<T>(
  channel: SlackChannel,
  sender: Sender,
  body: ViewSubmitAction,
  ack: AckForm,
  saved: Saved<T>,
  title: Phrase,
  redraw: (now: Edition<T>, note: Phrase, home: HomeState) => ModalView | Promise<ModalView>,
  closes: 'this' | 'clear' = 'this',
): Promise<void> {
  const { tenantId, userId, modals } = sender
  const home = decodeMetadata(body.view.private_metadata)?.home ?? { tab: 'home' }
  const draw = () => showHome(channel, tenantId, userId, home)
  switch (saved.kind) {
    case 'wrong': {
      const language = await languageOf(channel, tenantId, userId)
      return ack({ response_action: 'errors', errors: sayErrors(saved.errors, language, body.view.blocks) })
    }
    case 'refused':
      await ack({ response_action: 'update', view: modals.notice(title, [saved.say]) })
      return afterwards(channel, 'the Home tab', draw)
    case 'stale':
      await ack({
        response_action: 'update',
        view: withFreshFields(await redraw(saved.now, saved.say, home), body.view.blocks, saved.now.version),
      })
      return afterwards(channel, 'the Home tab', draw)
    case 'saved':
      await ack(...(closes === 'clear' ? [{ response_action: 'clear' as const }] : []))
      afterwards(channel, 'the Home tab', draw)
      afterwards(channel, 'what follows a form', saved.afterwards)
  }
}
