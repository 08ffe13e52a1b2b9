import { render } from 'preact'
import type { SandboxEvent } from '../../client-api.ts'
import { type Api, createApi } from './api.ts'
import { App } from './app.ts'
import { appTab, createUi } from './context.ts'
import { html } from './html.ts'
import { listenToKeys } from './keys.ts'
import { Store } from './model.ts'
import type { Lang } from './words.ts'

/** `#T…/U…/C…/ts`; without them, Bob in #devops of the company. */
function readAddress() {
  const [team = '', user = '', channel = '', thread] = location.hash.slice(1).split('/')
  const known = team !== '' && user !== ''
  if (!known) return { team: 'T0SOCIETEX', user: 'U0BOB', channel: 'C0DEVOPS', thread: null }
  return { team, user, channel, thread: thread || null }
}

const saved = localStorage.getItem('nox-lang')
const lang: Lang = saved === 'fr' || saved === 'en' ? saved : navigator.language.startsWith('en') ? 'en' : 'fr'
document.documentElement.lang = lang
const theme = localStorage.getItem('nox-theme')

const store = new Store({
  lang,
  theme: theme === 'light' || theme === 'dark' ? theme : 'system',
  ...readAddress(),
  state: null,
  messages: {},
  home: null,
  homeTab: 'home',
  views: [],
  requests: [],
  statuses: {},
  isUp: true,
  panel: 'none',
  isInspecting: false,
  tour:
    Number(sessionStorage.getItem('nox-tour') ?? '0') >= 0 ? Number(sessionStorage.getItem('nox-tour') ?? '0') : null,
  newFrom: {},
  prompts: {},
  loaded: [],
  outbox: [],
  pane: 'content',
  toast: null,
})
let api: Api = createApi(store.model)
let stream: EventSource | undefined

function open(channel: string, thread: string | null = null): void {
  const { team, user } = store.model
  const { [store.model.channel]: _, ...newFrom } = store.model.newFrom
  store.set({ pane: 'content', panel: 'none', ...(channel === store.model.channel ? {} : { newFrom }) })
  location.hash = `#${team}/${user}/${channel}${thread ? `/${thread}` : ''}`
}

/** Reads what the person sees; again after each lost connection. */
async function load(): Promise<void> {
  let isSame = false
  const { views } = store.model
  await store.read(api.state(), ['channel', 'faults'], (state) => {
    // Meanwhile the person may have become another.
    isSame = state.team === store.model.team && state.user === store.model.user
    if (!isSame) return
    const known = state.channels.some((each) => each.id === store.model.channel)
    // A form that was opened or closed meanwhile stays so.
    const shown = store.model.views === views ? state.views : store.model.views
    store.set({ state, views: shown, ...(known ? {} : { channel: state.channels[0]?.id ?? '' }) })
  })
  if (isSame) await loadChannel()
}

async function loadChannel(): Promise<void> {
  const { channel, thread, state } = store.model
  const unread = state?.channels.find((each) => each.id === channel)?.unread ?? 0
  const asked = Promise.all([api.messages(channel), ...(thread ? [api.messages(channel, thread)] : [])])
  await store.read(asked, ['message', 'message_changed', 'message_deleted'], (lists) => {
    store.putMessages(lists.flatMap((list) => list.messages))
    const first = lists[0]?.messages.filter((message) => message.user !== store.model.user).at(-unread)
    const isNew = unread > 0 && first !== undefined && store.model.newFrom[channel] === undefined
    store.set({
      loaded: [...new Set([...store.model.loaded, channel])],
      ...(isNew ? { newFrom: { ...store.model.newFrom, [channel]: first.ts } } : {}),
    })
  })
  const tab = appTab(store.model)
  if (tab) await store.read(api.home(tab), ['home'], ({ home }) => home && store.set({ home }))
}

function listen(): void {
  stream?.close()
  stream = new EventSource(api.streamUrl())
  stream.onmessage = ({ data }: MessageEvent<string>) => {
    const event = JSON.parse(data) as SandboxEvent
    store.apply(event)
    if (event.type === 'installed' || event.type === 'workspaces') void load().catch(tell)
  }
  stream.onopen = () => {
    store.set({ isUp: true })
    // The page's language is that of the person's Slack, whoever the person is now.
    void api
      .speak(store.model.lang)
      .catch(() => {})
      .then(load)
      .catch(tell)
  }
  stream.onerror = () => store.set({ isUp: false })
  void api.requests().then(
    ({ requests }) => store.set({ requests }),
    () => {},
  )
}

/** Once more from the start: the state, then the stream. */
async function reload(): Promise<void> {
  await load().then(listen, () => {})
}

const tell = (error: unknown) => store.set({ toast: error instanceof Error ? error.message : String(error) })

addEventListener('hashchange', () => {
  const before = store.model
  const now = readAddress()
  const isOther = now.team !== before.team || now.user !== before.user
  store.set({
    ...now,
    ...(isOther ? { messages: {}, home: null, views: [], state: null, loaded: [], newFrom: {} } : {}),
  })
  if (isOther) {
    api = createApi(now)
    listen()
  } else void loadChannel().catch(tell)
})
listenToKeys(store, open)

const root = document.getElementById('app') as HTMLElement
const draw = () => render(html`<${App} ui=${createUi(store.model, store, api, open, reload)} />`, root)
store.subscribe(draw)
draw()
listen()
