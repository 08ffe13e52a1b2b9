import { useState } from 'preact/hooks'
import type { SandboxMessage } from '../../client-api.ts'
import type { Values } from './api.ts'
import { avatar } from './avatar.ts'
import { blocksView } from './blocks.ts'
import { ConfirmDialog } from './confirm.ts'
import { type Ui, userOf } from './context.ts'
import { EmojiPicker } from './emoji-picker.ts'
import { html, icon, type Markup } from './html.ts'
import { mrkdwn } from './mrkdwn.ts'
import { Picker } from './picker.ts'
import type { Block, Confirm, Surface } from './surface.ts'
import { emojiOf, plainText } from './text.ts'
import { clock, exactDate } from './time.ts'

interface MessageProps {
  readonly message: SandboxMessage
  readonly ui: Ui
  readonly isInThread?: boolean
  readonly isLast?: boolean
}

/** One message with all that can be done with it. */
export function Message({ message, ui, isInThread = false, isLast = false }: MessageProps) {
  const { model } = ui
  const author = userOf(model, message.user)
  const name = message.username ?? author?.real_name ?? message.user
  const [values, setValues] = useState<Values>({})
  const [asked, setAsked] = useState<{ question: Confirm; go: () => void } | null>(null)
  const surface: Surface = {
    ui,
    source: { kind: 'message', channel: message.channel, ts: message.ts },
    values,
    setValue: (block, action, value) => setValues((now) => ({ ...now, [block]: { ...now[block], [action]: value } })),
    errors: {},
    confirm: (question, go) => setAsked({ question, go }),
  }
  const openThread = () => ui.open(message.channel, message.thread_ts ?? message.ts)
  return html`<article class=${message.ephemeral ? 'msg eph' : 'msg'} aria-label=${`${name}, ${clock(message.ts, model.lang)}`} tabindex=${isLast ? 0 : -1}>
    ${avatar(author, 'lg', message.icon)}
    <div class="body">
      ${message.ephemeral && onlyYou(message, ui)}
      <div class="by"><b>${name}</b>${author?.is_bot && html`<span class="app-tag">APP</span>`}<time class="tn" title=${exactDate(message.ts, model.lang)}>${clock(message.ts, model.lang)}</time></div>
      ${contentView(message, surface)}
      ${message.files?.map((file) => fileView(file, ui))}
      ${message.attachments?.map((each) => attachmentView(each, surface))}
      ${message.reactions && html`<div class="reacts">${message.reactions.map((each) => reactionView(each, message, ui))}</div>`}
      ${!isInThread && message.reply_count ? repliesView(message, ui, openThread) : null}
    </div>
    ${!message.ephemeral && toolsView(message, ui, openThread, isInThread)}
    ${asked && html`<${ConfirmDialog} question=${asked.question} onClose=${() => setAsked(null)} onConfirm=${asked.go} />`}
  </article>`
}

function contentView(message: SandboxMessage, surface: Surface): Markup {
  const edited = message.edited && !message.bot_id && html`<span class="muted small"> ${surface.ui.t('edited')}</span>`
  if (message.blocks && message.blocks.length > 0)
    return html`${blocksView(message.blocks as Block[], surface)}${message.streaming && html`<span class="typing" aria-hidden="true"><i></i><i></i><i></i></span>`}${edited}`
  return message.text === '' ? null : html`<p>${mrkdwn(message.text, surface.ui.model)}${edited}</p>`
}

/** What an app shows of a link, beside a bar. */
function attachmentView(given: unknown, surface: Surface): Markup {
  const attachment = given as { title?: string; title_link?: string; text?: string; blocks?: Block[] }
  return html`<div class="quote unfurl">${attachment.title && html`<b>${plainText(attachment.title)}</b>`}
    ${attachment.text && html`<p>${mrkdwn(attachment.text, surface.ui.model)}</p>`}
    ${attachment.blocks && blocksView(attachment.blocks, surface)}</div>`
}

const onlyYou = (message: SandboxMessage, ui: Ui) => html`<div class="only">${icon('eye', 'i14')}${ui.t('onlyYou')} ·
  <button type="button" class="link" onClick=${() => ui.act(() => ui.api.dismiss(message.channel, message.ts))}>${ui.t('dismiss')}</button></div>`

function fileView(file: NonNullable<SandboxMessage['files']>[number], ui: Ui): Markup {
  const unit = ui.model.lang === 'fr' ? 'o' : 'B'
  const size =
    file.size > 100_000 ? `${(file.size / 1_000_000).toFixed(1)} M${unit}` : `${Math.ceil(file.size / 1_000)} k${unit}`
  const about = `${file.lines ? `${ui.t('lines', { n: file.lines })} · ` : ''}${size}`
  return html`<div class="file"><span class="ic">${icon('file-text', 'i18')}</span><div class="grow"><b class="trunc">${file.name}</b><div class="muted small">${about}</div></div>
    <a class="ib" href=${ui.api.fileUrl(file.id)} download=${file.name} aria-label=${`${ui.t('download')} ${file.name}`}>${icon('download')}</a></div>`
}

function reactionView(
  reaction: { name: string; users: string[]; count: number },
  message: SandboxMessage,
  ui: Ui,
): Markup {
  const mine = reaction.users.includes(ui.model.user)
  const who = reaction.users.map((id) => userOf(ui.model, id)?.real_name ?? id).join(', ')
  const toggle = () => ui.act(() => ui.api.react(message.channel, message.ts, reaction.name, !mine))
  return html`<button type="button" class="react" aria-pressed=${mine} title=${who} aria-label=${`${reaction.name}, ${reaction.count}: ${who}`} onClick=${toggle}><span>${plainText(emojiOf(reaction.name))}</span><span class="tn">${reaction.count}</span></button>`
}

function repliesView(message: SandboxMessage, ui: Ui, open: () => void): Markup {
  const count = message.reply_count ?? 0
  const faces = (message.reply_users ?? []).slice(0, 3).map((id) => avatar(userOf(ui.model, id), 'sm'))
  const text = count === 1 ? ui.t('replyOne') : ui.t('replies', { n: count })
  const isOpen = ui.model.thread === message.ts
  return html`<button type="button" class="replies" aria-expanded=${isOpen} onClick=${open}>${faces}<b>${text}</b><span class="muted nophone">${ui.t('lastReply', { at: clock(message.latest_reply ?? message.ts, ui.model.lang) })}</span></button>`
}

function toolsView(message: SandboxMessage, ui: Ui, openThread: () => void, isInThread: boolean): Markup {
  const shortcuts = ui.model.state?.shortcuts ?? []
  const options = shortcuts.map(({ callback_id, name }) => ({ text: { text: name }, value: callback_id }))
  const react = (name: string) => ui.act(() => ui.api.react(message.channel, message.ts, name, true))
  return html`<div class="tools" role="toolbar" aria-label=${ui.t('messageActions')}>
    <button type="button" class="ib" aria-label="👀" title="👀" onClick=${() => react('eyes')}>${plainText('👀')}</button>
    <${EmojiPicker} ui=${ui} label=${ui.t('addReaction')} mark="smile" side="below" onPick=${react} />
    ${!isInThread && html`<button type="button" class="ib" data-thread aria-label=${ui.t('reply_')} title=${ui.t('reply_')} onClick=${openThread}>${icon('message-square')}</button>`}
    ${options.length > 0 && html`<${Picker} label=${ui.t('more')} isOverflow options=${options} ui=${ui} onPick=${(option: { value: string }) => ui.act(() => ui.api.shortcut(option.value, message.channel, message.ts))} />`}
  </div>`
}
