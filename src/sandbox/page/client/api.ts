import type {
  ActionPress,
  SandboxFault,
  SandboxLogLine,
  SandboxMessage,
  SandboxState,
  SandboxTrace,
  SandboxView,
} from '../../client-api.ts'
import type { Lang } from './words.ts'

/** As Slack names them. */
const locales: Readonly<Record<Lang, string>> = { fr: 'fr-FR', en: 'en-GB' }

/** Who looks. */
export interface Who {
  readonly team: string
  readonly user: string
}

export type Values = Record<string, Record<string, unknown>>
type Source = ActionPress['source']

/** A call that the sandbox refused, by its code. */
export class ApiError extends Error {}

/** A browser keeps at most 64 KiB of requests alive for a page that was left (Fetch standard); letters of up to 3 bytes. */
const longestKept = 20_000

/** The sandbox's API for one person. */
export function createApi({ team, user }: Who) {
  const address = (path: string, query: Record<string, string> = {}) =>
    `/sandbox/api${path}?${new URLSearchParams({ team, user, ...query })}`

  async function call<T>(path: string, init: RequestInit & { query?: Record<string, string> } = {}): Promise<T> {
    const response = await fetch(address(path, init.query), init)
    const body = (await response.json()) as T & { error?: string }
    if (!response.ok) throw new ApiError(body.error ?? String(response.status))
    return body
  }
  function post<T>(path: string, body: object): Promise<T> {
    const text = JSON.stringify(body)
    // What was pressed arrives, even where the page is left at once.
    const keepalive = text.length < longestKept
    return call<T>(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: text, keepalive })
  }

  return {
    state: () => call<SandboxState>('/state'),
    messages: (channel: string, thread?: string) =>
      call<{ messages: SandboxMessage[] }>('/messages', { query: { channel, ...(thread ? { thread } : {}) } }),
    say: (channel: string, text: string, thread_ts?: string) =>
      post<{ message: SandboxMessage }>('/messages', { channel, text, ...(thread_ts ? { thread_ts } : {}) }),
    command: (channel: string, command: string, text: string) => post('/commands', { channel, command, text }),
    press: (press: ActionPress) => post('/actions', press),
    suggest: (source: Source, block_id: string, action_id: string, value: string) =>
      post<{ options: SelectOption[] }>('/suggestions', { source, block_id, action_id, value }),
    submit: (view_id: string, values: Values) =>
      post<{ errors?: Record<string, string>; view?: SandboxView; clear?: boolean }>('/view-submissions', {
        view_id,
        values,
      }),
    closeView: (view_id: string) => post('/view-closes', { view_id }),
    home: (tab: 'home' | 'messages') => post<{ home: SandboxView | null }>('/home', { tab }),
    speak: (lang: Lang) => post('/locale', { locale: locales[lang] }),
    shortcut: (callback_id: string, channel: string, message_ts: string) =>
      post('/shortcuts', { callback_id, channel, message_ts }),
    dismiss: (channel: string, ts: string) => post('/dismiss', { channel, ts }),
    react: (channel: string, ts: string, name: string, add: boolean) => post('/reactions', { channel, ts, name, add }),
    stop: (channel: string, thread_ts: string) => post('/stop', { channel, thread_ts }),
    uninstall: () => post('/uninstall', {}),
    requests: () => call<{ requests: SandboxTrace[] }>('/requests'),
    requestLog: (id: string) => call<{ lines: SandboxLogLine[] }>('/requests/log', { query: { id } }),
    faults: () => call<{ faults: SandboxFault[] }>('/faults'),
    addFault: (fault: SandboxFault) => post('/faults', fault),
    clearFaults: (fault?: SandboxFault) =>
      call('/faults', {
        method: 'DELETE',
        ...(fault ? { query: { kind: fault.kind, method: fault.method } } : {}),
      }),
    upload: (name: string, base64: string) =>
      post<{ file: { id: string; name: string } }>('/uploads', { name, base64 }),
    newWorkspace: (name: string) => post<{ team: string; user: string; channel: string }>('/workspaces', { name }),
    group: (users: readonly string[]) => post<{ channel: string }>('/direct', { users }),
    direct: (user: string) => post<{ channel: string }>('/direct', { user }),
    share: (file: { channel: string; name: string; base64: string; text?: string; thread_ts?: string }) =>
      post<{ message: SandboxMessage }>('/files', file),
    cluster: (what: 'crash' | 'fail-rollout' | 'heal', service: string) => post('/cluster', { what, service }),
    alert: (what: 'fire' | 'resolve', service: string) => post('/alert', { what, service }),
    fileUrl: (id: string) => address(`/files/${id}`),
    streamUrl: () => address('/stream'),
  }
}

export type Api = ReturnType<typeof createApi>

export interface SelectOption {
  readonly text: { readonly text: string }
  readonly value: string
  readonly description?: { readonly text: string }
  /** The heading it stands under. */
  readonly group?: string
}
