import type { ActionPress, SandboxEvent, SandboxLogLine, SandboxTrace, SandboxView } from '../client-api.ts'
import type { Core } from './core.ts'
import { sendCommand } from './delivery/commands.ts'
import type { EmitOverrides, Events } from './delivery/events.ts'
import type { Values } from './delivery/input-state.ts'
import type { Interactions } from './delivery/interactions.ts'
import { type Actor, actor } from './delivery/payloads.ts'
import type { Delivered } from './delivery/post-to-nox.ts'
import type { SubmissionResult } from './delivery/submission.ts'
import type { Transport } from './delivery/transport.ts'
import { createParts, DoubleServer, defaultRedirectPath } from './double-server.ts'
import type { Faults } from './faults.ts'
import { type InstallResult, installInto } from './http/install-flow.ts'
import { setAccess, showChannels, uninstall } from './install.ts'
import type { Installation, Message, View } from './model.ts'
import type { SlackDoubleOptions } from './options.ts'
import { openHome, react, type SayOptions, say } from './people.ts'
import { apiMessage } from './present-api.ts'
import type { NewTrace } from './traces.ts'
import { editUserGroup } from './user-groups.ts'
import { waitFor } from './wait-for.ts'

type Json = Record<string, unknown>

/** A local Slack: its Web API, its events, and what people do in it. */
export class SlackDouble extends DoubleServer {
  readonly #core: Core
  readonly #options: SlackDoubleOptions
  readonly #events: Events
  readonly #transport: Transport
  readonly #interactions: Interactions

  constructor(options: SlackDoubleOptions) {
    const parts = createParts(options)
    super(parts)
    this.#core = parts.core
    this.#options = options
    this.#events = parts.events
    this.#transport = parts.transport
    this.#interactions = parts.interactions
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

  /** A person writes; `channel` is an id or a `#name`. Gives the stored message. */
  say(teamId: string, userId: string, channel: string, text: string, options: SayOptions | string = {}): Message {
    const threaded = typeof options === 'string' ? { threadTs: options } : options
    return say(this.#core, this.#who(teamId, userId), this.channelId(teamId, channel), text, threaded)
  }

  /** A person chooses the language of their Slack. @param locale as Slack names it: `en-GB` */
  speak(userId: string, locale: string): void {
    const user = this.#core.world.users.get(userId)
    if (!user) throw new Error(`no user ${userId}`)
    this.#core.world.users.set(userId, { ...user, locale })
  }

  /** A person reacts to a message. */
  react(teamId: string, userId: string, channel: string, ts: string, name: string): void {
    react(this.#core, this.#who(teamId, userId), this.channelId(teamId, channel), ts, name, true)
  }

  /** An admin of the workspace deactivates an account, or gives it back. */
  deactivate(userId: string, isGone = true): void {
    const { deactivated } = this.#core.world
    if (isGone) deactivated.add(userId)
    else deactivated.delete(userId)
  }

  /** Somebody edits a user group in Slack: who is in it, or that it is disabled. */
  editUserGroup(
    teamId: string,
    id: string,
    change: { readonly users?: readonly string[]; readonly disabled?: boolean },
  ) {
    editUserGroup(this.#core, teamId, id, change)
  }

  /** The id of a channel by `#name` or id. */
  channelId(teamId: string, name: string): string {
    const named = this.#core.world.channelsOf(teamId).find((each) => `#${each.name}` === name)
    return named?.id ?? name
  }

  /** Nobody writes in a channel any more, or the app is no longer in it. */
  closeChannel(teamId: string, name: string, how: 'archived' | 'without the app'): void {
    const channel = this.#core.world.channels.get(this.channelId(teamId, name))
    if (!channel) throw new Error(`no channel ${name}`)
    const app = this.#core.world.teams.get(teamId)?.botUserId
    if (how === 'archived') channel.archived = true
    else channel.members = channel.members.filter((id) => id !== app)
  }

  /** As before it was closed. */
  reopenChannel(teamId: string, name: string): void {
    const channel = this.#core.world.channels.get(this.channelId(teamId, name))
    const app = this.#core.world.teams.get(teamId)?.botUserId
    if (!channel || app === undefined) throw new Error(`no channel ${name}`)
    channel.archived = false
    if (!channel.members.includes(app)) channel.members = [...channel.members, app]
  }

  /** An admin of the workspace deletes a message. */
  erase(message: Message): void {
    this.#core.messages.remove(message)
  }

  /** The direct messages of a person with the app. */
  directMessages(teamId: string, userId: string): string {
    const { team } = this.#who(teamId, userId)
    return this.#core.world.directMessage(teamId, userId, team.botUserId).id
  }

  async press(teamId: string, userId: string, press: ActionPress): Promise<void> {
    return this.#interactions.press(this.#who(teamId, userId), press)
  }

  async suggest(teamId: string, userId: string, ask: Parameters<Interactions['suggest']>[1]): Promise<unknown[]> {
    return this.#interactions.suggest(this.#who(teamId, userId), ask)
  }

  async submitView(teamId: string, userId: string, viewId: string, values: Values): Promise<SubmissionResult> {
    return this.#interactions.submit(this.#who(teamId, userId), viewId, values)
  }

  async closeView(teamId: string, userId: string, viewId: string): Promise<void> {
    return this.#interactions.close(this.#who(teamId, userId), viewId)
  }

  async shortcut(teamId: string, userId: string, callbackId: string, channel: string, ts: string): Promise<void> {
    const id = this.channelId(teamId, channel)
    return this.#interactions.shortcut(this.#who(teamId, userId), callbackId, id, ts)
  }

  async globalShortcut(teamId: string, userId: string, callbackId: string): Promise<void> {
    return this.#interactions.globalShortcut(this.#who(teamId, userId), callbackId)
  }

  async slash(teamId: string, userId: string, channel: string, command: string, text: string): Promise<void> {
    const who = this.#who(teamId, userId)
    return sendCommand(this.#core, this.#transport, who, this.channelId(teamId, channel), command, text)
  }

  openHome(teamId: string, userId: string, tab: 'home' | 'messages' = 'home'): SandboxView | null {
    return openHome(this.#core, this.#who(teamId, userId), tab)
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

  #who(teamId: string, userId: string): Actor {
    return actor(this.#core, teamId, userId)
  }
}

/** A local Slack that holds all of its state itself: many can run in one process. */
export function createSlackDouble(options: SlackDoubleOptions): SlackDouble {
  return new SlackDouble(options)
}
