import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { SandboxMessage } from '../../client-api.ts'
import { avatar } from './avatar.ts'
import { type Ui, userOf } from './context.ts'
import { html, icon, type Markup } from './html.ts'
import { Message } from './message.ts'
import type { Outgoing } from './model.ts'
import { mrkdwn } from './mrkdwn.ts'
import { sendMessage } from './send-message.ts'
import { dayName } from './time.ts'
import { typeIntoComposer } from './type-now.ts'

interface MessageListProps {
  readonly channel: string
  readonly thread: string | null
  readonly messages: readonly SandboxMessage[]
  readonly ui: Ui
  readonly label: string
}

/** Loading is shown only where it takes longer than this, ms. */
const patienceMs = 300

/** Messages, oldest first; who reads the end stays at the end. One tab stop, ↑ ↓ from message to message. */
export function MessageList({ channel, thread, messages, ui, label }: MessageListProps) {
  const list = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  const outbox = ui.model.outbox.filter((each) => each.channel === channel && each.thread === thread)
  useLayoutEffect(() => {
    if (isAtEnd.current && list.current) list.current.scrollTop = list.current.scrollHeight
  }, [messages, outbox.length])
  const onScroll = (event: Event) => {
    const { scrollTop, scrollHeight, clientHeight } = event.target as HTMLElement
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < 80
  }
  const onKey = (event: KeyboardEvent) => {
    const articles = [...(list.current?.querySelectorAll<HTMLElement>('article') ?? [])]
    const target = event.target as HTMLElement
    const at = articles.indexOf(target)
    if (target !== list.current && at < 0) return
    if (event.key === 'Enter' && at >= 0) articles[at]?.querySelector<HTMLElement>('.replies, [data-thread]')?.click()
    else if (event.key === 'ArrowRight' && at >= 0) articles[at]?.querySelector<HTMLElement>('button, a[href]')?.focus()
    else {
      const to = {
        ArrowDown: at < 0 ? articles.length - 1 : at + 1,
        ArrowUp: at < 0 ? articles.length - 1 : at - 1,
        Home: 0,
        End: articles.length - 1,
      }[event.key]
      if (to === undefined || !articles[to]) return
      articles[to].focus()
    }
    event.preventDefault()
  }
  const isLoaded = ui.model.loaded.includes(channel)
  const newFrom = thread === null ? ui.model.newFrom[channel] : undefined
  const last = messages.at(-1)?.ts
  return html`<div class="scroll" role="log" aria-label=${label} tabindex="0" ref=${list} onScroll=${onScroll} onKeyDown=${onKey}>
    ${!isLoaded && messages.length === 0 ? html`<${Skeleton} />` : null}
    ${isLoaded && messages.length === 0 && outbox.length === 0 ? emptyView(ui, channel) : null}
    ${messages.map((message, index) => {
      const before = messages[index - 1]
      const isNewDay =
        thread === null && dayName(message.ts, ui.model.lang) !== (before && dayName(before.ts, ui.model.lang))
      return [
        isNewDay &&
          html`<div class="day" key=${`d${message.ts}`}><span>${dayName(message.ts, ui.model.lang)}</span></div>`,
        message.ts === newFrom &&
          html`<div class="new" key="new" role="separator"><span>${ui.t('newMark')}</span></div>`,
        thread !== null &&
          index === 1 &&
          html`<div class="nrep" key="nrep">${messages.length === 2 ? ui.t('replyOne') : ui.t('replies', { n: messages.length - 1 })}</div>`,
        html`<${Message} key=${message.ts} message=${message} ui=${ui} isInThread=${thread !== null} isLast=${message.ts === last} />`,
      ]
    })}
    ${outbox.map((each) => outgoingView(each, ui))}
  </div>`
}

function outgoingView(outgoing: Outgoing, ui: Ui): Markup {
  const { store } = ui
  const drop = () => store.set({ outbox: store.model.outbox.filter((each) => each.id !== outgoing.id) })
  const again = () => {
    drop()
    void sendMessage(ui, outgoing.channel, outgoing.thread, outgoing.text)
  }
  const me = userOf(ui.model, ui.model.user)
  return html`<article class=${outgoing.failed ? 'msg failed' : 'msg sending'} key=${outgoing.id} aria-label=${me?.real_name ?? ''}>${avatar(me)}<div class="body">
    <div class="by"><b>${me?.real_name ?? ''}</b><span class="muted small">${outgoing.failed ? '' : ui.t('sending')}</span></div><p>${mrkdwn(outgoing.text, ui.model)}</p>
    ${outgoing.failed && html`<div class="fail-row" role="alert">${icon('circle-alert', 'i14')}<button type="button" class="link" onClick=${again}>${ui.t('notSent')}</button><button type="button" class="link" onClick=${drop}>${ui.t('remove')}</button></div>`}
  </div></article>`
}

function emptyView(ui: Ui, id: string): Markup {
  const channel = ui.model.state?.channels.find((each) => each.id === id)
  const hasBot = channel?.members.includes(ui.model.state?.app.botUserId ?? '')
  return html`<div class="empty"><div class="ic">${icon('message-square', 'i20')}</div><h2>${ui.t('empty')}</h2>${
    hasBot &&
    html`<p class="muted">${ui.t('emptyHint')}</p>
    <div class="actions"><button type="button" class="b pri" onClick=${() => typeIntoComposer('@NOX help')}>${ui.t('helpMe')}</button>
    <button type="button" class="b" onClick=${() => ui.setTour(0)}>${ui.t('startTour')}</button></div>`
  }</div>`
}

/** Still grey rows while messages are read, where that takes a while. */
function Skeleton() {
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), patienceMs)
    return () => clearTimeout(timer)
  }, [])
  if (!isSlow) return null
  return html`<div aria-hidden="true">${[1, 2, 3, 4, 5].map((row) => html`<div class="sk" key=${row}><i class="a"></i><div class="grow"><i class="l"></i><i class="l"></i></div></div>`)}</div>`
}
