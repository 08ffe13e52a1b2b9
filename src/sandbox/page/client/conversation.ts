import { avatar } from './avatar.ts'
import { Composer } from './composer.ts'
import { isDirect, markOf, type Ui, userOf } from './context.ts'
import { html, icon } from './html.ts'
import { MessageList } from './message-list.ts'
import { inThread, topLevel } from './model.ts'

/** A channel: its head, its messages, where one writes. */
export function ChannelPane({ ui }: { ui: Ui }) {
  const channel = ui.model.state?.channels.find((each) => each.id === ui.model.channel)
  if (!channel) return html`<div class="empty"><p class="muted">${ui.t('noChannel')}</p></div>`
  const isOfTwo = channel.kind === 'im'
  const name = isDirect(channel) ? channel.name : `#${channel.name}`
  const other = channel.user === undefined ? undefined : userOf(ui.model, channel.user)
  const isApp = other?.is_bot === true
  return html`${
    !isApp &&
    html`<header class="head">
      <button type="button" class="ib phone-only" aria-label=${ui.t('back')} onClick=${() => ui.store.set({ pane: 'list' })}>${icon('arrow-left')}</button>
      <div class="grow two"><h1>${isOfTwo ? avatar(other, 'sm') : icon(markOf(channel))}${channel.name}</h1><span class="topic small trunc">${channel.topic}</span></div>
      ${!isOfTwo && facesView(channel.members, ui)}
      <button type="button" class="ib phone-only" data-opens aria-label=${ui.t('controls')} onClick=${() => ui.store.set({ panel: 'sheet' })}>${icon('moon', 'i18')}</button></header>`
  }
    <${MessageList} key=${channel.id} channel=${channel.id} thread=${null} messages=${topLevel(ui.model)} ui=${ui} label=${name} />
    <${Composer} key=${channel.id} ui=${ui} channel=${channel.id} thread=${null} label=${ui.t('messageIn', { name })} />`
}

function facesView(members: readonly string[], ui: Ui) {
  const people = members.flatMap((id) => userOf(ui.model, id) ?? []).filter(({ is_bot }) => !is_bot)
  return html`<span class="faces" title=${people.map(({ real_name }) => real_name).join(', ')}>${people.slice(0, 3).map((user) => avatar(user, 'sm'))}<span class="tn" aria-hidden="true">${people.length}</span><span class="sr">${ui.t('members', { n: people.length })}</span></span>`
}

/** A thread beside its channel. */
export function ThreadPane({ ui }: { ui: Ui }) {
  const { model } = ui
  const channel = model.state?.channels.find((each) => each.id === model.channel)
  const messages = inThread(model)
  const place = channel && isDirect(channel) ? channel.name : `#${channel?.name ?? ''}`
  return html`<aside class="thread" aria-label=${ui.t('thread')}>
    <header class="head"><button type="button" class="ib phone-only" aria-label=${ui.t('back')} onClick=${() => ui.open(model.channel, null)}>${icon('arrow-left')}</button>
      <div class="grow two"><h2>${ui.t('thread')}</h2><span class="topic small">${place}</span></div>
      <button type="button" class="ib nophone" aria-label=${ui.t('close')} onClick=${() => ui.open(model.channel, null)}>${icon('x')}</button></header>
    <${MessageList} key=${model.thread} channel=${model.channel} thread=${model.thread} messages=${messages} ui=${ui} label=${ui.t('thread')} />
    <${Composer} key=${`t${model.thread}`} ui=${ui} channel=${model.channel} thread=${model.thread} label=${ui.t('reply')} />
  </aside>`
}
