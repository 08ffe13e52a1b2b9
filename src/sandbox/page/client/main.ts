import { render } from 'preact'
import type { SandboxEvent } from '../../client-api.ts'
import { type Api, createApi } from './api.ts'
import { App } from './app.ts'
import { createUi } from './context.ts'
import { html } from './html.ts'
import { Store } from './model.ts'
import type { Lang } from './words.ts'

/** Who is looked as where the address does not tell. */
const firstPeople: Readonly<Record<string, readonly [user: string, channel: string]>> = {
  T0SOCIETEX: ['U0BOB', 'C0DEVOPS'],
  T0FREELEA: ['U0LEA', 'C0CLIENTS'],
}

/** `#T…/U…/C…/ts` */
function readAddress() {
  const [team = '', user, channel, thread] = location.hash.slice(1).split('/')
  const known = firstPeople[team] ? team : 'T0SOCIETEX'
  const [someone = '', somewhere = ''] = firstPeople[known] ?? []
  return { team: known, user: user || someone, channel: channel || somewhere, thread: thread || null }
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
  tour: 0,
  pane: 'content',
  toast: null,
})
let api: Api = createApi(store.model)
let stream: EventSource | undefined

function open(channel: string, thread: string | null = null): void {
  const { team, user } = store.model
  store.set({ pane: 'content', panel: 'none' })
  location.hash = `#${team}/${user}/${channel}${thread ? `/${thread}` : ''}`
}

/** Reads what the person sees; again after each lost connection. */
async function load(): Promise<void> {
  const state = await api.state()
  const known = state.channels.some((each) => each.id === store.model.channel)
  store.set({ state, views: state.views, ...(known ? {} : { channel: state.channels[0]?.id ?? '' }) })
  await loadChannel()
}

async function loadChannel(): Promise<void> {
  const { channel, thread, state, homeTab } = store.model
  const isApp = state?.channels.find((each) => each.id === channel)?.user === state?.app.botUserId
  const lists = await Promise.all([api.messages(channel), ...(thread ? [api.messages(channel, thread)] : [])])
  store.putMessages(lists.flatMap((list) => list.messages))
  if (isApp && homeTab !== 'about') {
    const { home } = await api.home(homeTab)
    if (home) store.set({ home })
  }
}

function listen(): void {
  stream?.close()
  stream = new EventSource(api.streamUrl())
  stream.onmessage = (event: MessageEvent<string>) => store.apply(JSON.parse(event.data) as SandboxEvent)
  stream.onopen = () => void load().catch(tell)
  void api.requests().then(
    ({ requests }) => store.set({ requests }),
    () => {},
  )
}

const tell = (error: unknown) => store.set({ toast: error instanceof Error ? error.message : String(error) })

addEventListener('hashchange', () => {
  const before = store.model
  const now = readAddress()
  const isOther = now.team !== before.team || now.user !== before.user
  store.set({ ...now, ...(isOther ? { messages: {}, home: null, views: [], state: null } : {}) })
  if (isOther) {
    api = createApi(now)
    listen()
  } else void loadChannel().catch(tell)
})
addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || store.model.views.length > 0) return
  if (store.model.panel !== 'none') store.set({ panel: 'none' })
  else if (store.model.thread !== null) open(store.model.channel, null)
})

const root = document.getElementById('app') as HTMLElement
const draw = () => render(html`<${App} ui=${createUi(store.model, store, api, open)} />`, root)
store.subscribe(draw)
draw()
listen()
