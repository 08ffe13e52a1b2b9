import type { ActionPress, SandboxView } from '../client-api.ts'
import type { Core } from './core.ts'
import { sendCommand } from './delivery/commands.ts'
import type { Values } from './delivery/input-state.ts'
import type { Interactions } from './delivery/interactions.ts'
import { type Actor, actor } from './delivery/payloads.ts'
import type { SubmissionResult } from './delivery/submission.ts'
import type { Transport } from './delivery/transport.ts'
import { DoubleServer, type Parts } from './double-server.ts'
import type { Message } from './model.ts'
import { openHome, react, type SayOptions, say } from './people.ts'
import { changeUser, deactivate, type UserChange } from './user-change.ts'
import { editUserGroup } from './user-groups.ts'

/** What people do in a local Slack. */
export class DoublePeople extends DoubleServer {
  readonly #core: Core
  readonly #transport: Transport
  readonly #interactions: Interactions

  constructor(parts: Parts) {
    super(parts)
    this.#core = parts.core
    this.#transport = parts.transport
    this.#interactions = parts.interactions
  }

  /** A person writes; `channel` is an id or a `#name`. Gives the stored message. */
  say(teamId: string, userId: string, channel: string, text: string, options: SayOptions | string = {}): Message {
    const threaded = typeof options === 'string' ? { threadTs: options } : options
    return say(this.#core, this.#who(teamId, userId), this.channelId(teamId, channel), text, threaded)
  }

  /** A person chooses the language of their Slack. @param locale as Slack names it: `en-GB` */
  speak(userId: string, locale: string): Promise<void> {
    return this.change(userId, { locale })
  }

  /** A person changes: their language, name or status, or that they are a guest; resolves once the app has answered. */
  change(userId: string, change: UserChange): Promise<void> {
    return changeUser(this.#core, userId, change)
  }

  /** A person reacts to a message. */
  react(teamId: string, userId: string, channel: string, ts: string, name: string): void {
    react(this.#core, this.#who(teamId, userId), this.channelId(teamId, channel), ts, name, true)
  }

  /** An admin of the workspace deactivates an account, or gives it back; resolves once the app has answered to it. */
  deactivate(userId: string, isGone = true): Promise<void> {
    return deactivate(this.#core, userId, isGone)
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

  #who(teamId: string, userId: string): Actor {
    return actor(this.#core, teamId, userId)
  }
}
