import type { SandboxEvent, SandboxLogLine, SandboxTrace } from '../client-api.ts'
import type { Core } from './core.ts'
import type { EmitOverrides, Events } from './delivery/events.ts'
import type { Delivered } from './delivery/post-to-nox.ts'
import { DoublePeople } from './double-people.ts'
import { createParts, defaultRedirectPath } from './double-server.ts'
import type { Faults } from './faults.ts'
import { type InstallResult, installInto } from './http/install-flow.ts'
import { setAccess, showChannels, uninstall } from './install.ts'
import type { Installation, Message, View } from './model.ts'
import type { SlackDoubleOptions } from './options.ts'
import { apiMessage } from './present-api.ts'
import type { NewTrace } from './traces.ts'
import { waitFor } from './wait-for.ts'

type Json = Record<string, unknown>

/** A local Slack: its Web API, its events, and what people do in it. */
export class SlackDouble extends DoublePeople {
  readonly #core: Core
  readonly #options: SlackDoubleOptions
  readonly #events: Events

  constructor(options: SlackDoubleOptions) {
    const parts = createParts(options)
    super(parts)
    this.#core = parts.core
    this.#options = options
    this.#events = parts.events
  }

  get faults(): Faults {
    return this.#core.faults
  }

  /** Method tiers and posting limits; a benchmark switches them off. */
  set rateLimits(enabled: boolean) {
    this.#core.rateLimits.enabled = enabled
  }

  /** The last requests to and from NOX, oldest first, secrets masked. */
  get traces(): SandboxTrace[] {
    return this.#core.traces.list()
  }

  /** Remembers a request of NOX to somebody else than Slack, for the inspector. */
  trace(trace: NewTrace): void {
    this.#core.traces.add(trace)
  }

  /** Remembers what NOX logged for a request. */
  log(traceId: string, line: SandboxLogLine): void {
    this.#core.logs.add(traceId, line)
  }

  /** What NOX logged for a request that it got, or for the one that made it send this one. */
  logOf(trace: SandboxTrace): SandboxLogLine[] {
    return this.#core.logs.of(trace.cause ?? trace.id)
  }

  /** Installs through NOX's own install page, or the `page` that NOX links to, as a person's browser does. */
  install(
    teamId: string,
    userId: string,
    options: { readonly orgWide?: boolean; readonly page?: string } = {},
  ): Promise<InstallResult> {
    const paths = {
      install: options.page ?? this.#core.app.installPath,
      redirect: this.#options.redirectPath ?? defaultRedirectPath,
    }
    return installInto(this.#core, paths, { teamId, userId, orgWide: options.orgWide ?? false })
  }

  /** Installs without NOX's part in it, for an app that takes its token from elsewhere. */
  grant(
    teamId: string,
    userId: string,
    scopes: readonly string[],
    options: { readonly orgWide?: boolean } = {},
  ): Installation {
    const installation = this.#core.installations.add(teamId, options.orgWide ?? false, userId, scopes)
    showChannels(this.#core, teamId)
    return installation
  }

  installation(teamId: string): Installation | undefined {
    return this.#core.installations.of(teamId)
  }

  /** Opens a workspace of an organisation to the org-wide install, or closes it. */
  setAccess(teamId: string, isOpen: boolean): void {
    setAccess(this.#core, teamId, isOpen)
  }

  uninstall(teamId: string): void {
    const installation = this.#core.installations.of(teamId)
    if (installation) uninstall(this.#core, installation)
  }

  /** The modals that a person has open, the visible one last. */
  views(userId: string): readonly View[] {
    return this.#core.views.stack(userId)
  }

  home(userId: string): View | undefined {
    return this.#core.views.home(userId)
  }

  /** Messages of a channel (id), threads and ephemeral ones included, oldest first. */
  messages(channel: string): Message[] {
    return this.#core.messages.all(channel)
  }

  /** A message as the Web API shows it. */
  apiMessage(message: Message): Json {
    return apiMessage(this.#core, message)
  }

  /** The first message, old, new or changed, that fits. @throws Error after `timeoutMs` */
  waitForMessage(fits: (message: Message) => boolean, timeoutMs = 15_000): Promise<Message> {
    const { messages, world, hub } = this.#core
    const find = (event?: SandboxEvent) => {
      if (!event) return [...world.channels.keys()].flatMap((id) => messages.all(id)).find(fits)
      if (event.type !== 'message' && event.type !== 'message_changed') return undefined
      const changed = messages.get(event.message.channel, event.message.ts)
      return changed && fits(changed) ? changed : undefined
    }
    return waitFor(hub, find, timeoutMs, 'no message came that fits')
  }

  /** The visible modal of a person, once it fits. @throws Error after `timeoutMs` */
  waitForView(userId: string, fits: (view: View) => boolean = () => true, timeoutMs = 15_000): Promise<View> {
    const find = () => [this.views(userId).at(-1)].find((view) => view !== undefined && fits(view))
    return waitFor(this.#core.hub, find, timeoutMs, 'no modal came that fits')
  }

  /** The Home tab of a person, once it fits. @throws Error after `timeoutMs` */
  waitForHome(userId: string, fits: (view: View) => boolean = () => true, timeoutMs = 15_000): Promise<View> {
    const find = () => [this.home(userId)].find((view) => view !== undefined && fits(view))
    return waitFor(this.#core.hub, find, timeoutMs, 'no Home tab came that fits')
  }

  /** Sends any event as a test wants it: wrong signature, old timestamp, known event id. Gives NOX's answer. */
  emit(teamId: string, event: Json, overrides: EmitOverrides = {}): Promise<Delivered> {
    return this.#events.emit(teamId, event, overrides)
  }
}

/** A local Slack that holds all of its state itself: many can run in one process. */
export function createSlackDouble(options: SlackDoubleOptions): SlackDouble {
  return new SlackDouble(options)
}
