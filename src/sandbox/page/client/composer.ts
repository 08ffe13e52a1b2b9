import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { askedWord, offersFor } from './completion.ts'
import { CompletionList } from './completion-list.ts'
import { type Ui, userOf } from './context.ts'
import { emojiNames } from './emoji-names.ts'
import { EmojiPicker } from './emoji-picker.ts'
import { html, icon } from './html.ts'
import { readBase64, sendMessage } from './send-message.ts'
import { pinOf } from './tour.ts'
import { takeTyping } from './type-now.ts'

interface ComposerProps {
  readonly ui: Ui
  readonly channel: string
  readonly thread: string | null
  readonly label: string
}

const drafts = new Map<string, string>()
/** What was said in this window, oldest first: ↑ brings it back. */
const said: string[] = []

/** Where a person writes. Enter sends, Shift+Enter makes a line, ↑ in an empty field brings back what was said. */
export function Composer({ ui, channel, thread, label }: ComposerProps) {
  const key = `${channel} ${thread ?? ''}`
  const [text, setText] = useState(drafts.get(key) ?? '')
  const [active, setActive] = useState(0)
  const [isHidden, setHidden] = useState(false)
  const [recalled, setRecalled] = useState(0)
  const field = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const caretAt = useRef<number | null>(null)
  const write = (next: string, caret = next.length) => {
    drafts.set(key, next)
    caretAt.current = caret
    setText(next)
    setHidden(false)
    setActive(0)
  }
  const insert = (piece: string) => {
    const at = field.current?.selectionStart ?? text.length
    const end = field.current?.selectionEnd ?? at
    write(text.slice(0, at) + piece + text.slice(end), at + piece.length)
    field.current?.focus()
  }
  const wrap = (mark: string) => {
    const from = field.current?.selectionStart ?? text.length
    const to = field.current?.selectionEnd ?? from
    write(`${text.slice(0, from)}${mark}${text.slice(from, to)}${mark}${text.slice(to)}`, to + mark.length)
    field.current?.focus()
  }
  if (thread === null)
    takeTyping((next) => {
      write(next)
      field.current?.focus()
    })
  useLayoutEffect(() => {
    const element = field.current
    if (!element) return
    element.style.height = 'auto'
    element.style.height = `${Math.min(element.scrollHeight, innerHeight * 0.4)}px`
    // At once: a frame later it would undo what the person has selected since.
    if (caretAt.current !== null) element.setSelectionRange(caretAt.current, caretAt.current)
    caretAt.current = null
  }, [text])
  const send = () => {
    const words = text.trim()
    if (words === '') return
    write('')
    said.push(words)
    setRecalled(0)
    void sendMessage(ui, channel, thread, words)
  }
  const before = text.slice(0, field.current?.selectionStart ?? text.length)
  const offers = isHidden ? [] : offersFor(before, ui.model)
  const accept = (piece: string) => {
    const word = askedWord(before) ?? ''
    const start = before.length - word.length
    write(text.slice(0, start) + piece + text.slice(before.length), start + piece.length)
    field.current?.focus()
  }
  const recall = (step: number) => {
    const next = Math.min(said.length, Math.max(0, recalled + step))
    setRecalled(next)
    write(said[said.length - next] ?? '')
  }
  const onKey = (event: KeyboardEvent) => {
    const offer = offers[Math.min(active, offers.length - 1)]
    if (offer && event.key === 'ArrowDown') setActive((active + 1) % offers.length)
    else if (offer && event.key === 'ArrowUp') setActive((active - 1 + offers.length) % offers.length)
    else if (offer && event.key === 'Escape') setHidden(true)
    else if (offer && (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey))) accept(offer.insert)
    else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) send()
    else if (event.key === 'ArrowUp' && (text === '' || recalled > 0) && said.length > recalled) recall(1)
    else if (event.key === 'ArrowDown' && recalled > 0) recall(-1)
    else if ((event.ctrlKey || event.metaKey) && event.key === 'b') wrap('*')
    else if ((event.ctrlKey || event.metaKey) && event.key === 'i') wrap('_')
    else return
    event.preventDefault()
  }
  const attach = async (file: File | undefined) => {
    if (!file) return
    const more = { ...(text.trim() ? { text: text.trim() } : {}), ...(thread ? { thread_ts: thread } : {}) }
    await ui.act(async () => {
      const { message } = await ui.api.share({ channel, name: file.name, base64: await readBase64(file), ...more })
      ui.store.putMessages([message])
      write('')
    })
  }
  const status = ui.model.statuses[key]
  const pin = thread === null ? pinOf(ui) : null
  const listId = `offers-${thread ? 'thread' : 'channel'}`
  const suggested = thread === null ? ui.model.prompts[channel] : undefined
  return html`<div class="comp-area">
    ${suggested && text === '' && html`<div class="prompts" role="group" aria-label=${suggested.title || ui.t('suggestions')}>${suggested.prompts.map(({ title, message }) => html`<button type="button" class="b" key=${title} onClick=${() => sendMessage(ui, channel, null, message)}>${title}</button>`)}</div>`}
    <div class="status" role="status">${status && html`${botFace(ui)}<span class="grow trunc">${status.text}</span>${status.stoppable && html`<button type="button" class="b" onClick=${() => ui.act(() => ui.api.stop(channel, thread ?? ''))}>${icon('square', 'i14')}${ui.t('stop')}</button>`}`}</div>
    <div class="comp">
      ${pin !== null && html`<span class="pin" aria-hidden="true">${pin}</span>`}
      ${offers.length > 0 && html`<${CompletionList} id=${listId} offers=${offers} active=${active} ui=${ui} onPick=${accept} />`}
      <textarea ref=${field} rows="1" aria-label=${label} placeholder=${label} value=${text} aria-autocomplete="list" aria-controls=${offers.length > 0 ? listId : null} aria-activedescendant=${offers.length > 0 ? `${listId}-${active}` : null}
        onInput=${(event: Event) => {
          const { value, selectionStart } = event.target as HTMLTextAreaElement
          setRecalled(0)
          write(value, selectionStart ?? value.length)
        }} onKeyDown=${onKey}></textarea>
      <div class="comp-b">
        <input type="file" hidden ref=${picker} aria-label=${ui.t('attach')} onChange=${(event: Event) => attach((event.target as HTMLInputElement).files?.[0])} />
        <button type="button" class="ib" aria-label=${ui.t('attach')} title=${ui.t('attach')} onClick=${() => picker.current?.click()}>${icon('plus')}</button>
        <button type="button" class="ib" aria-label=${ui.t('bold')} title=${ui.t('bold')} onClick=${() => wrap('*')}>${icon('type')}</button>
        <${EmojiPicker} ui=${ui} label=${ui.t('emoji')} mark="smile" onPick=${(name: string) => insert(`${emojiNames[name] ?? ''} `)} />
        <button type="button" class="ib" aria-label=${ui.t('mention')} title=${ui.t('mention')} onClick=${() => insert('@')}>${icon('at-sign')}</button>
        <button type="button" class="ib" aria-label=${ui.t('slash')} title=${ui.t('slash')} onClick=${() => {
          write('/')
          field.current?.focus()
        }}>${icon('square-slash')}</button>
        <button type="button" class=${text.trim() === '' ? 'ib send' : 'ib send on'} aria-label=${ui.t('send')} title=${ui.t('send')} aria-disabled=${text.trim() === ''} onClick=${send}>${icon('send-horizontal')}</button></div>
    </div>
  </div>`
}

const botFace = (ui: Ui) =>
  userOf(ui.model, ui.model.state?.app.botUserId ?? '') &&
  html`<span class="av nox av20" aria-hidden="true">${icon('moon', 'i14')}</span>`
