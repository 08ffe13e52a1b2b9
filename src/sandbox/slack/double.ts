import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { ActionPress, SandboxTrace, SandboxView } from '../client-api.ts'
import { type Core, createCore } from './core.ts'
import { sendCommand } from './delivery/commands.ts'
import { type EmitOverrides, Events } from './delivery/events.ts'
import type { Values } from './delivery/input-state.ts'
import { Interactions } from './delivery/interactions.ts'
import { type Actor, actor } from './delivery/payloads.ts'
import { type Delivered, Poster } from './delivery/post-to-nox.ts'
import { SocketMode } from './delivery/socket-mode.ts'
import type { SubmissionResult } from './delivery/submission.ts'
import { Transport } from './delivery/transport.ts'
import type { Faults } from './faults.ts'
import { type InstallResult, installInto } from './http/install-flow.ts'
import { isDoublePath, type RouterContext, route } from './http/router.ts'
import { showChannels, uninstall } from './install.ts'
import type { Installation, Message, View } from './model.ts'
import type { SlackDoubleOptions } from './options.ts'
import { openHome, type SayOptions, say } from './people.ts'
import { apiMessage } from './present.ts'
import { waitFor } from './wait-for.ts'

type Json = Record<string, unknown>

/** A local Slack: its Web API, its events, and what people do in it. */
export class SlackDouble {
  readonly #core: Core
  readonly #options: SlackDoubleOptions
  readonly #poster: Poster
  readonly #socket: SocketMode
  readonly #events: Events
  readonly #transport: Transport
  readonly #interactions: Interactions
  readonly #context: RouterContext
  #server: ReturnType<typeof createServer> | null = null

  constructor(options: SlackDoubleOptions) {
    const core = createCore(options)
    const ackTimeoutMs = options.ackTimeoutMs ?? 3000
    this.#core = core
    this.#options = options
    this.#poster = new Poster(core, options.eventsPath ?? '/slack/events', ackTimeoutMs)
    this.#socket = new SocketMode(core, ackTimeoutMs)
    this.#transport = new Transport(core, this.#poster, this.#socket)
    this.#events = new Events(core, this.#transport, options.timeFactor ?? 1)
    this.#interactions = new Interactions(core, this.#transport)
    core.events = this.#events
    core.openSocket = () => this.#socket.open()
    this.#context = {
      core,
      transport: this.#transport,
      interactions: this.#interactions,
      onCluster: options.onCluster,
      redirectPath: this.#redirectPath,
      up: () => this.#socket.connected || this.#poster.up !== false,
    }
  }

  /** Listens on the loopback; port 0 takes a free one. */
  async listen(port = 0): Promise<{ url: string }> {
    const server = createServer(this.requestListener)
    server.on('upgrade', (request, socket, head) => {
      if (!this.upgrade(request, socket, head)) socket.destroy()
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
    this.#server = server
    this.#core.publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    return { url: this.#core.publicUrl }
  }

  async close(): Promise<void> {
    this.#events.close()
    this.#socket.close()
    this.#poster.close()
    const server = this.#server
    if (!server) return
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }

  /** For a node server that the double is mounted into; ask `handles` first, and call `setPublicUrl`. */
  readonly requestListener = (request: IncomingMessage, response: ServerResponse): void => {
    void route(this.#context, request, response)
  }

  /** Takes a WebSocket upgrade of Socket Mode; false if it is not the double's. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    return this.#socket.upgrade(request, socket, head)
  }

  handles(path: string): boolean {
    return isDoublePath(path)
  }

  get url(): string {
    return this.#core.publicUrl
  }

  /** What NOX takes as `slackApiUrl`. */
  get apiUrl(): string {
    return `${this.#core.publicUrl}/api/`
  }

  /** Where a person allows the app: Bolt's `authorizationUrl`. */
  get authorizationUrl(): string {
    return `${this.#core.publicUrl}/oauth/v2/authorize`
  }

  setNoxUrl(url: string): void {
    this.#core.noxUrl = url.replace(/\/$/, '')
  }

  setPublicUrl(url: string): void {
    this.#core.publicUrl = url.replace(/\/$/, '')
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

  /** Installs through NOX's own install page, as a person's browser does. */
  install(teamId: string, userId: string, options: { readonly orgWide?: boolean } = {}): Promise<InstallResult> {
    const paths = { install: this.#options.installPath ?? '/slack/install', redirect: this.#redirectPath }
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

  uninstall(teamId: string): void {
    const installation = this.#core.installations.of(teamId)
    if (installation) uninstall(this.#core, installation)
  }

  /** A person writes; `channel` is an id or a `#name`. Gives the stored message. */
  say(teamId: string, userId: string, channel: string, text: string, options: SayOptions | string = {}): Message {
    const threaded = typeof options === 'string' ? { threadTs: options } : options
    return say(this.#core, this.#who(teamId, userId), this.channelId(teamId, channel), text, threaded)
  }

  /** The id of a channel by `#name` or id. */
  channelId(teamId: string, name: string): string {
    const named = this.#core.world.channelsOf(teamId).find((each) => `#${each.name}` === name)
    return named?.id ?? name
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
  waitForMessage(fits: (message: Message) => boolean, timeoutMs = 5000): Promise<Message> {
    const { messages, world, hub } = this.#core
    const find = () => [...world.channels.keys()].flatMap((id) => messages.all(id)).find(fits)
    return waitFor(hub, find, timeoutMs, 'no message came that fits')
  }

  /** The visible modal of a person, once it fits. @throws Error after `timeoutMs` */
  waitForView(userId: string, fits: (view: View) => boolean = () => true, timeoutMs = 5000): Promise<View> {
    const find = () => [this.views(userId).at(-1)].find((view) => view !== undefined && fits(view))
    return waitFor(this.#core.hub, find, timeoutMs, 'no modal came that fits')
  }

  /** The Home tab of a person, once it fits. @throws Error after `timeoutMs` */
  waitForHome(userId: string, fits: (view: View) => boolean = () => true, timeoutMs = 5000): Promise<View> {
    const find = () => [this.home(userId)].find((view) => view !== undefined && fits(view))
    return waitFor(this.#core.hub, find, timeoutMs, 'no Home tab came that fits')
  }

  /** Sends any event as a test wants it: wrong signature, old timestamp, known event id. Gives NOX's answer. */
  emit(teamId: string, event: Json, overrides: EmitOverrides = {}): Promise<Delivered> {
    return this.#events.emit(teamId, event, overrides)
  }

  get #redirectPath(): string {
    return this.#options.redirectPath ?? '/slack/oauth_redirect'
  }

  #who(teamId: string, userId: string): Actor {
    return actor(this.#core, teamId, userId)
  }
}

/** A local Slack that holds all of its state itself: many can run in one process. */
export function createSlackDouble(options: SlackDoubleOptions): SlackDouble {
  return new SlackDouble(options)
}
