import { useRef, useState } from 'preact/hooks'
import type { Ui } from './context.ts'
import { html, icon } from './html.ts'

interface ComposerProps {
  readonly ui: Ui
  readonly channel: string
  readonly thread: string | null
  readonly label: string
}

/** What the tour types: the composer of the channel takes it over. */
let typeNow: ((text: string) => void) | null = null
export const typeIntoComposer = (text: string): void => typeNow?.(text)

const drafts = new Map<string, string>()
let lastSaid = ''

/** Where a person writes. Enter sends, Shift+Enter makes a line, ↑ in an empty field brings back what was said last. */
export function Composer({ ui, channel, thread, label }: ComposerProps) {
  const key = `${channel} ${thread ?? ''}`
  const [text, setText] = useState(drafts.get(key) ?? '')
  const [failed, setFailed] = useState(false)
  const [active, setActive] = useState(0)
  const field = useRef<HTMLTextAreaElement>(null)
  const write = (next: string) => {
    drafts.set(key, next)
    setText(next)
    setFailed(false)
  }
  if (thread === null)
    typeNow = (next) => {
      write(next)
      field.current?.focus()
    }
  const send = async (said = text) => {
    const words = said.trim()
    if (words === '') return
    write('')
    lastSaid = words
    try {
      if (words.startsWith('/nox')) await ui.api.command(channel, words.slice('/nox'.length).trim())
      else {
        const { message } = await ui.api.say(channel, words, thread ?? undefined)
        ui.store.putMessages([message])
        if (thread === null && /@nox\b/i.test(words)) ui.open(channel, message.ts)
      }
    } catch {
      write(words)
      setFailed(true)
    }
  }
  const offers = suggestions(text, ui)
  const accept = (offer: string) => {
    write(text.replace(/(^|\s)([@/][\p{L}\d._-]*)$/u, (_, before: string) => `${before}${offer} `))
    field.current?.focus()
  }
  const onKey = (event: KeyboardEvent) => {
    const offer = offers[Math.min(active, offers.length - 1)]
    if (offers.length > 0 && event.key === 'ArrowDown') setActive((active + 1) % offers.length)
    else if (offers.length > 0 && event.key === 'ArrowUp') setActive((active - 1 + offers.length) % offers.length)
    else if (offer !== undefined && (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey))) accept(offer)
    else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) void send()
    else if (event.key === 'ArrowUp' && text === '' && lastSaid !== '') write(lastSaid)
    else return
    event.preventDefault()
  }
  const status = ui.model.statuses[key]
  return html`<div>
    <div class="status" role="status">${status && html`<span class="grow">${status.text}</span>${status.stoppable && html`<button type="button" class="b" onClick=${() => ui.act(() => ui.api.stop(channel, thread ?? ''))}>${icon('square', 'i14')}${ui.t('stop')}</button>`}`}
      ${failed && html`<button type="button" class="fail-row" onClick=${() => send()}>${icon('circle-alert')}${ui.t('notSent')}</button>`}</div>
    <div class="comp">
      ${offers.length > 0 && html`<div class="pop complete" role="listbox">${offers.map((offer, index) => html`<button type="button" role="option" key=${offer} aria-selected=${index === active} class=${index === active ? 'mi act' : 'mi'} onClick=${() => accept(offer)}>${offer}</button>`)}</div>`}
      <textarea ref=${field} rows="1" aria-label=${label} placeholder=${label} value=${text} onInput=${(event: Event) => write((event.target as HTMLTextAreaElement).value)} onKeyDown=${onKey}></textarea>
      <div class="comp-b"><button type="button" class="ib" aria-label="@NOX" onClick=${() => write(`${text}@NOX `)}>${icon('at-sign')}</button><span class="grow"></span>
        <button type="button" class=${text.trim() === '' ? 'ib' : 'ib on'} aria-label=${ui.t('send')} onClick=${() => send()}>${icon('send-horizontal')}</button></div>
    </div>
  </div>`
}

/** Names for a word that begins with `@`, the command for one that begins with `/`. */
function suggestions(text: string, ui: Ui): readonly string[] {
  const word = /(?:^|\s)([@/][\p{L}\d._-]*)$/u.exec(text)?.[1]
  if (word === undefined) return []
  if (word.startsWith('/')) return text.trim() === word && '/nox'.startsWith(word) && word !== '/nox' ? ['/nox'] : []
  const names = (ui.model.state?.users ?? []).map((user) => `@${user.is_bot ? 'NOX' : user.name}`)
  return names.filter((name) => name.toLowerCase().startsWith(word.toLowerCase()) && name !== word).slice(0, 6)
}
