/**
 * What the sandbox's page and its server say to each other, under `/sandbox/api`.
 * Every call names who looks: `?team=T…&user=U…`. Errors: `{ error: string }` with a 4xx.
 *
 * GET  /state                            → SandboxState
 * GET  /messages?channel=C…[&thread=ts]  → { messages: SandboxMessage[] } (oldest first; top level, or the thread with its root)
 * POST /messages                         { channel, text, thread_ts? } → { message }   (text as typed: `@NOX déploie …`; the server encodes mentions)
 * POST /commands                         { channel, command: '/nox', text }            → { ok }
 * POST /actions                          ActionPress  → { ok } | { error: 'timeout' | 'dispatch_failed' }   (buttons, menus, overflow)
 * POST /suggestions                      { action_id, block_id, value, source } → { options: unknown[] }     (external selects)
 * POST /view-submissions                 { view_id, values } → { errors?: Record<blockId, string>; view?: SandboxView; clear?: boolean }
 * POST /view-closes                      { view_id }
 * POST /home                             { tab: 'home' | 'messages' }   (app_home_opened) → { home: SandboxView | null }
 * POST /locale     { locale: 'en-GB' }   (the language of that person's Slack) → { ok }, once the app knows
 * POST /shortcuts                        { callback_id, message_ts, channel } → { ok }   (message shortcut)
 * POST /dismiss                          { channel, ts }   (ephemeral)
 * GET  /files/:id                        → the file's content
 * POST /stop                   { channel, thread_ts }   (the Stop button of a status) → { ok }
 * POST /uninstall                                       (admins) → { ok };  installing goes through NOX's install page
 * GET  /requests                                        → { requests: SandboxTrace[] } (oldest first; newer ones come by the stream)
 * GET  /requests/log?id=R…                              → { lines: SandboxLogLine[] }  (what NOX logged for a request, or for the one that caused it)
 * POST /reactions                        { channel, ts, name, add: boolean }
 * POST /faults                           SandboxFault → { ok };  GET /faults → { faults: SandboxFault[] }
 * DELETE /faults[?kind=…&method=…]       all of them, or one
 * POST /workspaces                       { name } → { team, user, channel }   (a new workspace, without the app)
 * POST /direct                           { user } | { users } → { channel }   (direct messages with a person, or several)
 * POST /uploads                          { name, base64 } → { file: { id, name } }   (a file of a form, seen by the app alone)
 * POST /files                            { channel, thread_ts?, text?, name, base64 } → { message }   (a person shares a file)
 * POST /cluster                          { what: 'crash' | 'fail-rollout' | 'heal', service: string } → { ok }
 * POST /alert                            { what: 'fire' | 'resolve', service: string } → { ok }
 * GET  /stream                           → text/event-stream of SandboxEvent (for this user)
 */
export interface SandboxState {
  teams: SandboxTeam[]
  team: string
  user: string
  users: SandboxUser[]
  channels: SandboxChannel[]
  app: { id: string; name: string; botUserId: string; installed: boolean }
  /** Message shortcuts of the app's manifest. */
  shortcuts: { callback_id: string; name: string }[]
  /** View being open for this user, top of the stack last. */
  views: SandboxView[]
  faults: SandboxFault[]
  /** Where an admin installs the app. */
  install: string
}

export interface SandboxTeam {
  id: string
  name: string
  kind: 'company' | 'individual'
  installed: boolean
  icon: string
  /** Who looks at it first, and at what. */
  user: string
  channel: string
}

export interface SandboxUser {
  id: string
  name: string
  real_name: string
  /** `admin`, `developer`, `senior`, `guest`: shown in the switcher. */
  title: string
  is_bot: boolean
  color: string
  team: string
}

export interface SandboxChannel {
  id: string
  name: string
  /** `im` = direct messages of two, `mpim` = of several. */
  kind: 'public' | 'private' | 'im' | 'mpim'
  topic: string
  /** With another company (Slack Connect). */
  shared?: boolean
  members: string[]
  /** For `im`: the other side. */
  user?: string
  unread: number
  mentions: number
}

/** A message as Slack stores it, with what the page needs beside. */
export interface SandboxMessage {
  channel: string
  ts: string
  user: string
  bot_id?: string
  text: string
  blocks?: unknown[]
  thread_ts?: string
  reply_count?: number
  reply_users?: string[]
  latest_reply?: string
  edited?: { ts: string }
  files?: { id: string; name: string; title: string; size: number; lines?: number }[]
  reactions?: { name: string; users: string[]; count: number }[]
  ephemeral?: boolean
  /** The name that the app wrote under, where it is not its own. */
  username?: string
  /** `:emoji:`, or the address of a picture. */
  icon?: string
  attachments?: unknown[]
  /** It still grows. */
  streaming?: boolean
  metadata?: unknown
}

export interface SandboxView {
  id: string
  type: 'modal' | 'home'
  /** The raw view JSON: title, submit, close, blocks, callback_id, private_metadata. */
  view: Record<string, unknown>
  hash: string
}

/** What a press of an element sends, as Slack's clients would know it. */
export interface ActionPress {
  source: { kind: 'message'; channel: string; ts: string } | { kind: 'view'; view_id: string }
  block_id: string
  action_id: string
  /** The element's type and the chosen value(s) in Slack's form: `{type:'button', value}`, `{type:'static_select', selected_option}`, … */
  element: Record<string, unknown>
  /** `view.state.values` / `state.values` of the surface at the press. */
  values?: Record<string, Record<string, unknown>>
}

export interface SandboxFault {
  kind: 'rate-limit' | 'server-error' | 'slow' | 'reset' | 'duplicate-events' | 'reorder-events'
  /** A Web API method, or `*`. */
  method: string
  /** How many times; omitted = until removed. */
  times?: number
}

export type SandboxEvent =
  | { type: 'message'; message: SandboxMessage }
  | { type: 'message_changed'; message: SandboxMessage }
  | { type: 'message_deleted'; channel: string; ts: string }
  | { type: 'view_opened'; view: SandboxView }
  | { type: 'view_updated'; view: SandboxView }
  | { type: 'view_closed'; id: string }
  | { type: 'home'; view: SandboxView }
  | { type: 'channel'; channel: SandboxChannel }
  | { type: 'nox'; up: boolean }
  | { type: 'installed'; team: string; installed: boolean }
  | { type: 'workspaces' }
  | { type: 'faults'; faults: SandboxFault[] }
  | { type: 'request'; request: SandboxTrace }
  | { type: 'prompts'; channel: string; prompts: SandboxPrompt[]; title: string }
  | { type: 'status'; channel: string; thread_ts: string; text: string; stoppable: boolean }

/** What the app suggests to say to it. */
export interface SandboxPrompt {
  title: string
  message: string
}

/** One request to or from NOX, for the inspector. */
export interface SandboxTrace {
  id: string
  at: number
  direction: 'to-nox' | 'from-nox'
  name: string
  about: string
  status: number
  ms: number
  request: unknown
  response: unknown
  /** Who is at the other end. */
  peer: 'slack' | 'kubernetes' | 'vendor'
  /** Of a request from NOX: the one to NOX that caused it. */
  cause?: string
}

/** A line of NOX's log. */
export interface SandboxLogLine {
  at: number
  level: 'debug' | 'info' | 'warn' | 'error' | 'fatal'
  text: string
  facts: Record<string, unknown>
}
