import { useState } from 'preact/hooks'
import type { SandboxMessage } from '../../client-api.ts'
import { avatar } from './avatar.ts'
import { blocksView } from './blocks.ts'
import { ConfirmDialog } from './confirm.ts'
import { type Ui, userOf } from './context.ts'
import { html, icon, type Markup } from './html.ts'
import { mrkdwn } from './mrkdwn.ts'
import { Picker } from './picker.ts'
import type { Block, Confirm, Surface } from './surface.ts'
import { emojiOf, plainText } from './text.ts'
import { clock } from './time.ts'

interface MessageProps {
  readonly message: SandboxMessage
  readonly ui: Ui
  readonly isInThread?: boolean
}

/** One message with all that can be done with it. */
export function Message({ message, ui, isInThread = false }: MessageProps) {
  const { model } = ui
  const author = userOf(model, message.user)
  const [asked, setAsked] = useState<{ question: Confirm; go: () => void } | null>(null)
  const surface: Surface = {
    ui,
    source: { kind: 'message', channel: message.channel, ts: message.ts },
    values: {},
    setValue: () => {},
    errors: {},
    confirm: (question, go) => setAsked({ question, go }),
  }
  const openThread = () => ui.open(message.channel, message.thread_ts ?? message.ts)
  return html`<article class="msg" aria-label=${author?.real_name ?? message.user}>
    ${avatar(author)}
    <div class="body">
      ${message.ephemeral && onlyYou(message, ui)}
      <div class="by"><b>${author?.real_name ?? message.user}</b>${author?.is_bot && html`<span class="app-tag">APP</span>`}<time class="tn">${clock(message.ts, model.lang)}</time></div>
      ${contentView(message, surface)}
      ${message.files?.map((file) => fileView(file, ui))}
      ${message.reactions && html`<div class="reacts">${message.reactions.map((each) => reactionView(each, message, ui))}</div>`}
      ${!isInThread && message.reply_count ? repliesView(message, ui, openThread) : null}
    </div>
    ${!message.ephemeral && toolsView(message, ui, openThread, isInThread)}
    ${asked && html`<${ConfirmDialog} question=${asked.question} onClose=${() => setAsked(null)} onConfirm=${asked.go} />`}
  </article>`
}

function contentView(message: SandboxMessage, surface: Surface): Markup {
  if (message.blocks && message.blocks.length > 0) return blocksView(message.blocks as Block[], surface)
  return message.text === '' ? null : html`<p>${mrkdwn(message.text, surface.ui.model)}</p>`
}

const onlyYou = (message: SandboxMessage, ui: Ui) => html`<div class="only">${icon('eye', 'i14')}${ui.t('onlyYou')} ·
  <button type="button" class="link" onClick=${() => ui.act(() => ui.api.dismiss(message.channel, message.ts))}>${ui.t('dismiss')}</button></div>`

function fileView(file: NonNullable<SandboxMessage['files']>[number], ui: Ui): Markup {
  const size = file.size > 100_000 ? `${(file.size / 1_000_000).toFixed(1)} Mo` : `${Math.ceil(file.size / 1_000)} ko`
  const about = `${file.lines ? `${ui.t('lines', { n: file.lines })} · ` : ''}${ui.model.lang === 'fr' ? size : size.replace('o', 'B')}`
  return html`<div class="file">${icon('file-text', 'i20')}<div class="grow"><b class="trunc">${file.name}</b><div class="muted small">${about}</div></div>
    <a class="ib" href=${ui.api.fileUrl(file.id)} download=${file.name} aria-label=${`${ui.t('download')} ${file.name}`}>${icon('download')}</a></div>`
}

function reactionView(
  reaction: { name: string; users: string[]; count: number },
  message: SandboxMessage,
  ui: Ui,
): Markup {
  const mine = reaction.users.includes(ui.model.user)
  const toggle = () => ui.act(() => ui.api.react(message.channel, message.ts, reaction.name, !mine))
  return html`<button type="button" class="react" aria-pressed=${mine} onClick=${toggle}><span>${plainText(emojiOf(reaction.name))}</span> ${reaction.count}</button>`
}

function repliesView(message: SandboxMessage, ui: Ui, open: () => void): Markup {
  const count = message.reply_count ?? 0
  const faces = (message.reply_users ?? []).slice(0, 3).map((id) => avatar(userOf(ui.model, id), 'sm'))
  const text = count === 1 ? ui.t('replyOne') : ui.t('replies', { n: count })
  return html`<button type="button" class="replies" onClick=${open}>${faces}<b>${text}</b><span class="muted">${clock(message.latest_reply ?? message.ts, ui.model.lang)}</span></button>`
}

function toolsView(message: SandboxMessage, ui: Ui, openThread: () => void, isInThread: boolean): Markup {
  const shortcuts = ui.model.state?.shortcuts ?? []
  const options = shortcuts.map(({ callback_id, name }) => ({ text: { text: name }, value: callback_id }))
  const react = () => ui.act(() => ui.api.react(message.channel, message.ts, 'eyes', true))
  return html`<div class="tools">
    <button type="button" class="ib" aria-label="👀" onClick=${react}>${icon('eye')}</button>
    ${!isInThread && html`<button type="button" class="ib" aria-label=${ui.t('openThread')} onClick=${openThread}>${icon('message-square')}</button>`}
    ${options.length > 0 && html`<${Picker} label=${ui.t('more')} isOverflow options=${options} ui=${ui} onPick=${(option: { value: string }) => ui.act(() => ui.api.shortcut(option.value, message.channel, message.ts))} />`}
  </div>`
}
