import { seededWorkspaces } from '../workspaces.ts'
import { Faults } from './faults.ts'
import { Hub } from './hub.ts'
import { IdTokens } from './id-tokens.ts'
import { Logs } from './logs.ts'
import { type AppSettings, appSettings, type SlackDoubleOptions } from './options.ts'
import { RateLimits } from './rate-limits.ts'
import { Files } from './state/files.ts'
import { Grants } from './state/grants.ts'
import { Ids, Timestamps } from './state/ids.ts'
import { Installations } from './state/installations.ts'
import { Messages } from './state/messages.ts'
import { Pins } from './state/pins.ts'
import { ResponseUrls } from './state/response-urls.ts'
import { ScheduledMessages } from './state/scheduled.ts'
import { Triggers } from './state/triggers.ts'
import { Unread } from './state/unread.ts'
import { Views } from './state/views.ts'
import { World } from './state/world.ts'
import { type Later, later } from './timers.ts'
import { Traces } from './traces.ts'

/** Sends events and payloads to the app; what the rest of the double needs of it. */
export interface EventSink {
  /**
   * Queues an event of a workspace for the app, if it subscribed to it. Resolves once the app has answered the first
   * time, or at once where it is not sent, or held back.
   */
  event(teamId: string, subscription: string, event: Record<string, unknown>, foreign?: EventOrigin): Promise<void>
}

/** Where an event of a shared channel came from (Slack Connect). */
export interface EventOrigin {
  readonly shared: boolean
  /** The other company's workspace. */
  readonly teamId?: string
}

/** Everything that one double holds; each double has its own. */
export interface Core {
  readonly app: AppSettings
  readonly now: () => number
  readonly later: Later
  readonly ids: Ids
  readonly timestamps: Timestamps
  readonly world: World
  readonly installations: Installations
  readonly messages: Messages
  readonly unread: Unread
  readonly files: Files
  readonly pins: Pins
  /** Messages whose links the app was told of, by unfurl id. */
  readonly unfurls: Map<string, { readonly channel: string; readonly ts: string }>
  readonly scheduled: ScheduledMessages
  readonly views: Views
  readonly triggers: Triggers
  readonly grants: Grants
  readonly idTokens: IdTokens
  readonly responseUrls: ResponseUrls
  readonly hub: Hub
  readonly faults: Faults
  readonly traces: Traces
  readonly logs: Logs
  readonly rateLimits: RateLimits
  /** The workspace without the app that somebody looks at: consent begins with it. */
  suggestedTeam: string
  /** Where this double is reached, without a slash at the end. */
  publicUrl: string
  /** Where NOX is reached, without a slash at the end. */
  noxUrl: string
  events: EventSink
  /** How long an uploaded picture can't be shown by a block yet, ms. */
  readonly pictureDelayMs: number
  /** A new Socket Mode address. */
  openSocket: (() => string) | null
}

/** A Slack before its server listens: `publicUrl` is set by who starts it. */
export function createCore(options: SlackDoubleOptions): Core {
  const now = options.now ?? Date.now
  const ids = new Ids()
  const app = appSettings(options)
  const world = new World(options.workspaces ?? seededWorkspaces, app.name, ids, now())
  const core: Core = {
    app,
    now,
    later: options.later ?? later,
    ids,
    timestamps: new Timestamps(now),
    world,
    installations: new Installations(app, world, ids, now),
    messages: new Messages(options.maxMessagesPerChannel ?? 5000),
    unread: new Unread(),
    files: new Files(),
    pins: new Pins(),
    unfurls: new Map(),
    scheduled: new ScheduledMessages(),
    views: new Views(),
    triggers: new Triggers(now),
    grants: new Grants(now),
    idTokens: new IdTokens(),
    responseUrls: new ResponseUrls(now),
    hub: new Hub(),
    faults: new Faults(),
    traces: new Traces(options.maxTraces ?? 500),
    logs: new Logs(4 * (options.maxTraces ?? 500)),
    rateLimits: new RateLimits(options.rateLimits ?? true, now),
    pictureDelayMs: options.pictureDelayMs ?? 150,
    suggestedTeam: '',
    publicUrl: '',
    noxUrl: (options.noxUrl ?? '').replace(/\/$/, ''),
    events: { event: async () => {} },
    openSocket: null,
  }
  core.faults.onChange = () => core.hub.emit({ type: 'faults', faults: core.faults.list() })
  core.traces.onAdd = (trace) => {
    if (core.hub.listening) core.hub.emit({ type: 'request', request: trace() })
  }
  return core
}
