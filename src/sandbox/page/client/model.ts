import type {
  SandboxEvent,
  SandboxMessage,
  SandboxPrompt,
  SandboxState,
  SandboxTrace,
  SandboxView,
} from '../../client-api.ts'
import type { Lang } from './words.ts'

/** Everything that the page shows. */
export interface Model {
  readonly lang: Lang
  readonly theme: 'system' | 'light' | 'dark'
  readonly team: string
  readonly user: string
  readonly state: SandboxState | null
  readonly channel: string
  readonly thread: string | null
  /** By channel, by ts. */
  readonly messages: Readonly<Record<string, Readonly<Record<string, SandboxMessage>>>>
  readonly home: SandboxView | null
  readonly homeTab: 'home' | 'messages' | 'about'
  readonly views: readonly SandboxView[]
  readonly requests: readonly SandboxTrace[]
  readonly statuses: Readonly<Record<string, { readonly text: string; readonly stoppable: boolean }>>
  readonly isUp: boolean
  readonly panel:
    | 'none'
    | 'break'
    | 'you'
    | 'workspace'
    | 'simulated'
    | 'goto'
    | 'sheet'
    | 'new-workspace'
    | 'new-message'
  readonly isInspecting: boolean
  readonly tour: number | null
  /** By channel: what the app suggests to say. */
  readonly prompts: Readonly<Record<string, { readonly title: string; readonly prompts: readonly SandboxPrompt[] }>>
  /** By channel: the first message that was not read yet when the person came. */
  readonly newFrom: Readonly<Record<string, string>>
  /** Channels whose messages were read from the server. */
  readonly loaded: readonly string[]
  /** What is on its way, or did not arrive. */
  readonly outbox: readonly Outgoing[]
  /** On a phone: the list of channels, or what is in one. */
  readonly pane: 'list' | 'content'
  readonly toast: string | null
}

/** Something said that the server has not taken yet. */
export interface Outgoing {
  readonly id: string
  readonly channel: string
  readonly thread: string | null
  readonly text: string
  readonly failed: boolean
}

/** Requests that the inspector shows. */
const keptRequests = 300

type Listener = (model: Model) => void

/** The one place where the page's state changes. */
export class Store {
  model: Model
  readonly #listeners = new Set<Listener>()
  /** What the stream has told since each reading began that has not ended yet. */
  readonly #readings = new Set<SandboxEvent[]>()

  constructor(model: Model) {
    this.model = model
  }

  set(change: Partial<Model>): void {
    this.model = { ...this.model, ...change }
    for (const listener of this.#listeners) listener(this.model)
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  putMessages(messages: readonly SandboxMessage[]): void {
    this.set({ messages: withMessages(this.model, messages) })
  }

  /** Takes over what the stream tells. */
  apply(event: SandboxEvent): void {
    for (const heard of this.#readings) heard.push(event)
    this.set(changeBy(this.model, event))
  }

  /**
   * Takes over an answer that was asked for. What the stream told meanwhile of the same things stays: the answer may be
   * the older of the two.
   */
  async read<T>(answer: Promise<T>, of: readonly SandboxEvent['type'][], take: (value: T) => void): Promise<void> {
    const heard: SandboxEvent[] = []
    this.#readings.add(heard)
    try {
      take(await answer)
    } finally {
      this.#readings.delete(heard)
    }
    for (const event of heard) if (of.includes(event.type)) this.set(changeBy(this.model, event))
  }
}

function withMessages(model: Model, messages: readonly SandboxMessage[]): Model['messages'] {
  const all: Record<string, Record<string, SandboxMessage>> = { ...model.messages }
  for (const message of messages) all[message.channel] = { ...all[message.channel], [message.ts]: message }
  return all
}

function changeBy(model: Model, event: SandboxEvent): Partial<Model> {
  switch (event.type) {
    case 'message':
    case 'message_changed':
      return { messages: withMessages(model, [event.message]) }
    case 'message_deleted': {
      const { [event.ts]: _, ...rest } = model.messages[event.channel] ?? {}
      return { messages: { ...model.messages, [event.channel]: rest } }
    }
    case 'view_opened':
      return { views: [...model.views.filter((each) => each.id !== event.view.id), event.view] }
    case 'view_updated':
      return { views: model.views.map((each) => (each.id === event.view.id ? newer(each, event.view) : each)) }
    case 'view_closed':
      return { views: model.views.filter((each) => each.id !== event.id) }
    case 'home':
      return { home: event.view }
    case 'channel':
      return { state: model.state && { ...model.state, channels: withChannel(model.state.channels, event.channel) } }
    case 'prompts': {
      const { channel, title, prompts } = event
      return { prompts: { ...model.prompts, [channel]: { title, prompts } } }
    }
    case 'faults':
      return { state: model.state && { ...model.state, faults: event.faults } }
    case 'installed':
    case 'workspaces':
      return {}
    case 'nox':
      return { isUp: event.up }
    case 'request':
      return { requests: [...model.requests, event.request].slice(-keptRequests) }
    case 'status': {
      const key = `${event.channel} ${event.thread_ts}`
      const { [key]: _, ...rest } = model.statuses
      const status = { text: event.text, stoppable: event.stoppable }
      return { statuses: event.text === '' ? rest : { ...rest, [key]: status } }
    }
  }
}

/** The later version of a view, in whichever order its versions are heard of: `<seconds>.<count in base 36>`. */
export const newer = (a: SandboxView, b: SandboxView): SandboxView => (a.hash > b.hash ? a : b)

function withChannel(channels: SandboxState['channels'], channel: SandboxState['channels'][number]) {
  const known = channels.some((each) => each.id === channel.id)
  return known ? channels.map((each) => (each.id === channel.id ? channel : each)) : [...channels, channel]
}

const byTime = (a: SandboxMessage, b: SandboxMessage) => Number(a.ts) - Number(b.ts)

/** Messages of a channel that are not answers in a thread. */
export const topLevel = (model: Model): readonly SandboxMessage[] =>
  Object.values(model.messages[model.channel] ?? {})
    .filter((message) => message.thread_ts === undefined || message.thread_ts === message.ts)
    .sort(byTime)

/** A thread with its root. */
export const inThread = (model: Model): readonly SandboxMessage[] =>
  Object.values(model.messages[model.channel] ?? {})
    .filter((message) => message.ts === model.thread || message.thread_ts === model.thread)
    .sort(byTime)
