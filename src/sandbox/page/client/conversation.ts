import { useLayoutEffect, useRef } from 'preact/hooks'
import type { SandboxMessage } from '../../client-api.ts'
import { Composer } from './composer.ts'
import type { Ui } from './context.ts'
import { html, icon } from './html.ts'
import { Message } from './message.ts'
import { inThread, topLevel } from './model.ts'

/** Messages, oldest first; who reads the end stays at the end. */
function MessageList({
  messages,
  ui,
  isInThread,
  label,
}: {
  messages: readonly SandboxMessage[]
  ui: Ui
  isInThread: boolean
  label: string
}) {
  const list = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  useLayoutEffect(() => {
    if (isAtEnd.current && list.current) list.current.scrollTop = list.current.scrollHeight
  }, [messages])
  const onScroll = (event: Event) => {
    const { scrollTop, scrollHeight, clientHeight } = event.target as HTMLElement
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < 80
  }
  return html`<div class="scroll" role="log" aria-label=${label} tabindex="0" ref=${list} onScroll=${onScroll}>
    ${messages.length === 0 ? html`<div class="empty"><div class="ic">${icon('message-square', 'i20')}</div><h2>${ui.t('empty')}</h2><p class="muted">${ui.t('emptyHint')}</p></div>` : html`<span></span>`}
    ${messages.map((message, index) => html`${isInThread && index === 1 && html`<div class="nrep">${messages.length === 2 ? ui.t('replyOne') : ui.t('replies', { n: messages.length - 1 })}</div>`}<${Message} key=${message.ts} message=${message} ui=${ui} isInThread=${isInThread} />`)}
  </div>`
}

/** A channel: its head, its messages, where one writes. */
export function ChannelPane({ ui }: { ui: Ui }) {
  const channel = ui.model.state?.channels.find((each) => each.id === ui.model.channel)
  if (!channel) return html`<div></div>`
  const name = channel.kind === 'im' ? channel.name : `#${channel.name}`
  return html`<header class="head">
      <button type="button" class="ib phone-only" aria-label=${ui.t('back')} onClick=${() => ui.store.set({ pane: 'list' })}>${icon('arrow-left')}</button>
      <div class="grow two"><h1>${icon(channel.kind === 'private' ? 'lock' : 'hash')}${channel.name}</h1><span class="topic small trunc">${channel.topic}</span></div></header>
    <${MessageList} key=${channel.id} messages=${topLevel(ui.model)} ui=${ui} isInThread=${false} label=${name} />
    <${Composer} key=${channel.id} ui=${ui} channel=${channel.id} thread=${null} label=${ui.t('messageIn', { name })} />`
}

/** A thread beside its channel. */
export function ThreadPane({ ui }: { ui: Ui }) {
  const { model } = ui
  const channel = model.state?.channels.find((each) => each.id === model.channel)
  const messages = inThread(model)
  return html`<aside class="thread" aria-label=${ui.t('thread')}>
    <header class="head"><div class="grow two"><h2>${ui.t('thread')}</h2><span class="topic small">${channel?.kind === 'im' ? '' : `#${channel?.name ?? ''}`}</span></div>
      <button type="button" class="ib" aria-label=${ui.t('close')} onClick=${() => ui.open(model.channel, null)}>${icon('x')}</button></header>
    <${MessageList} key=${model.thread} messages=${messages} ui=${ui} isInThread=${true} label=${ui.t('thread')} />
    <${Composer} key=${`t${model.thread}`} ui=${ui} channel=${model.channel} thread=${model.thread} label=${ui.t('reply')} />
  </aside>`
}
