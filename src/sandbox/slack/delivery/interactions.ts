import { setTimeout as wait } from 'node:timers/promises'
import type { ActionPress } from '../../client-api.ts'
import { isRecord, Report } from '../blocks/check.ts'
import { optionLists } from '../blocks/select-elements.ts'
import type { Core } from '../core.ts'
import { SlackError } from '../errors.ts'
import { slowMs } from '../http/faulty.ts'
import { closeModals } from '../methods/views.ts'
import { apiMessage, apiView } from '../present-api.ts'
import { blockActions, blockSuggestion, visibleView } from './actions.ts'
import { inputErrors, inputState, type Values } from './input-state.ts'
import { type Actor, actorIn, channelName, interactionBase, memberChannel, responseUrl } from './payloads.ts'
import type { Delivered } from './post-to-nox.ts'
import { applySubmission, type SubmissionResult } from './submission.ts'
import { parse, type Transport } from './transport.ts'

type Json = Record<string, unknown>

/** Why Slack's client shows a warning: NOX took over 3 seconds, or could not be reached or refused. */
function checkDelivered(delivered: Delivered): void {
  if (delivered.reason === 'http_timeout') throw new SlackError('timeout')
  if (delivered.reason) throw new SlackError('dispatch_failed')
}

/** @throws SlackError `shortcut_not_found` */
function checkShortcut(core: Core, callbackId: string, type: 'message' | 'global'): void {
  const known = core.app.shortcuts.find((shortcut) => shortcut.callback_id === callbackId)
  if ((known?.type ?? 'message') !== type || !known) throw new SlackError('shortcut_not_found')
}

/** The workspace that a payload is for. */
const teamOf = (payload: Json): string => String((payload.team as Json).id)

/** What people do with buttons, menus, modals and shortcuts, sent to NOX and answered by it. */
export class Interactions {
  readonly #core: Core
  readonly #transport: Transport

  constructor(core: Core, transport: Transport) {
    this.#core = core
    this.#transport = transport
  }

  /** @throws SlackError `timeout`, `dispatch_failed`, or why there is nothing to press */
  async press(who: Actor, press: ActionPress): Promise<void> {
    const payload = blockActions(this.#core, who, press)
    checkDelivered(await this.#send(actorIn(this.#core, who, teamOf(payload)), payload, press.action_id))
  }

  /** Options of an external select. @throws SlackError as `press` */
  async suggest(
    who: Actor,
    ask: Pick<ActionPress, 'source' | 'block_id' | 'action_id'> & { readonly value: string },
  ): Promise<unknown[]> {
    const payload = blockSuggestion(this.#core, who, ask)
    const delivered = await this.#send(actorIn(this.#core, who, teamOf(payload)), payload, ask.value)
    checkDelivered(delivered)
    const answer = parse(delivered.body)
    if (!isRecord(answer)) throw new SlackError('dispatch_failed')
    const report = new Report()
    if (answer.option_groups !== undefined) optionLists.option_groups(answer.option_groups, '/option_groups', report)
    else if (!Array.isArray(answer.options) || answer.options.length > 0) {
      optionLists.options(answer.options, '/options', report)
    }
    if (report.problems.length > 0) throw new SlackError('dispatch_failed')
    return [answer.option_groups ?? answer.options].flat()
  }

  /** Submits the visible modal. @throws SlackError `timeout`, `dispatch_failed`, `view_not_found` */
  async submit(who: Actor, viewId: string, given: Values): Promise<SubmissionResult> {
    const view = visibleView(this.#core, who, viewId)
    if (view.type !== 'modal') throw new SlackError('view_not_found')
    const blocks = view.json.blocks as unknown[]
    const values = inputState(blocks, given)
    const errors = inputErrors(blocks, values)
    if (Object.keys(errors).length > 0) return { errors }
    const host = actorIn(this.#core, who, view.teamId)
    const payload = {
      ...interactionBase(this.#core, host, 'view_submission'),
      trigger_id: this.#trigger(host, view.id),
      view: apiView(this.#core, view, { values }),
      response_urls: [],
    }
    const delivered = await this.#send(host, payload, String(view.json.callback_id ?? ''))
    checkDelivered(delivered)
    // What the app calls meanwhile may overtake its answer.
    const slow = this.#core.faults.take('view_submission', ['slow'])
    if (slow) await wait(slow.ms ?? slowMs)
    return applySubmission(this.#core, view, parse(delivered.body))
  }

  /** Closes the visible modal (or all of them, where it says so); NOX hears of it if it asked to. */
  async close(who: Actor, viewId: string): Promise<void> {
    const view = visibleView(this.#core, who, viewId)
    if (view.type !== 'modal') throw new SlackError('view_not_found')
    const values = inputState(view.json.blocks as unknown[])
    const cleared = view.json.clear_on_close === true
    const payload = {
      ...interactionBase(this.#core, actorIn(this.#core, who, view.teamId), 'view_closed'),
      view: apiView(this.#core, view, { values }),
      is_cleared: cleared,
    }
    if (cleared) closeModals(this.#core, who.team.id, who.user.id)
    else {
      this.#core.views.pop(who.user.id)
      const audience = { teamId: who.team.id, users: [who.user.id] }
      this.#core.hub.emit({ type: 'view_closed', id: view.id }, audience)
    }
    if (view.json.notify_on_close === true) await this.#send(who, payload, String(view.json.callback_id ?? ''))
  }

  /** A shortcut on a message. @throws SlackError as `press` */
  async shortcut(who: Actor, callbackId: string, channelId: string, ts: string): Promise<void> {
    const core = this.#core
    checkShortcut(core, callbackId, 'message')
    const channel = memberChannel(core, who, channelId)
    const message = core.messages.get(channel.id, ts)
    if (!message || message.onlyFor) throw new SlackError('message_not_found')
    const payload = {
      ...interactionBase(core, who, 'message_action'),
      callback_id: callbackId,
      action_ts: core.timestamps.next(),
      trigger_id: this.#trigger(who, null),
      channel: { id: channel.id, name: channelName(channel) },
      message_ts: ts,
      message: apiMessage(core, message),
      response_url: responseUrl(core, who, channel.id, ts),
    }
    checkDelivered(await this.#send(who, payload, callbackId))
  }

  /** A shortcut that belongs to no message. @throws SlackError as `press` */
  async globalShortcut(who: Actor, callbackId: string): Promise<void> {
    checkShortcut(this.#core, callbackId, 'global')
    const payload = {
      ...interactionBase(this.#core, who, 'shortcut'),
      callback_id: callbackId,
      action_ts: this.#core.timestamps.next(),
      trigger_id: this.#trigger(who, null),
    }
    checkDelivered(await this.#send(who, payload, callbackId))
  }

  #trigger({ team, user }: Actor, viewId: string | null): string {
    return this.#core.triggers.issue({ teamId: team.id, userId: user.id, viewId })
  }

  async #send({ team }: Actor, payload: Json, about: string): Promise<Delivered> {
    if (!this.#core.installations.of(team.id)) throw new SlackError('app_not_installed')
    return this.#transport.send({ type: 'interactive', name: String(payload.type), about, payload })
  }
}
