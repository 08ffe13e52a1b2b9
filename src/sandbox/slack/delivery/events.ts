import { isRecord } from '../blocks/check.ts'
import type { Core, EventOrigin, EventSink } from '../core.ts'
import type { Delivered, RequestOverrides } from './post-to-nox.ts'
import type { Transport } from './transport.ts'

type Json = Record<string, unknown>

/** Waits before the three retries of an event, ms: at once, after 1 minute, after 5 minutes. */
const retryWaits = [0, 60_000, 300_000]

/** Longest that a held-back event (fault `reorder-events`) waits for another to overtake it, ms. */
const longestHold = 1000

/** Events that Slack sends without naming the installations that see them. */
const withoutAuthorizations = new Set(['app_uninstalled', 'tokens_revoked'])

/** Scopes that an app needs to be sent an event; any one is enough. */
const scopesOf: Readonly<Record<string, readonly string[]>> = {
  app_mention: ['app_mentions:read'],
  'message.im': ['im:history'],
  'message.mpim': ['mpim:history'],
  member_joined_channel: ['channels:read', 'groups:read'],
  link_shared: ['links:read'],
  subteam_members_changed: ['usergroups:read'],
  subteam_updated: ['usergroups:read'],
  user_change: ['users:read'],
}

/** For the inspector: what an event is about, in a few words. */
function aboutOf({ text, tab, channel, user }: Json): string {
  const person = isRecord(user) ? user.real_name : ''
  return String(text ?? tab ?? channel ?? person)
}

export interface EmitOverrides extends RequestOverrides {
  readonly eventId?: string
  /** Fields of the envelope that replace Slack's own. */
  readonly envelope?: Json
  /** Retry failed deliveries as Slack does; default false for events that a test emits. */
  readonly retry?: boolean
}

/** The Events API: envelopes, at-least-once delivery, faults of order and number. */
export class Events implements EventSink {
  readonly #core: Core
  readonly #transport: Transport
  readonly #timeFactor: number
  readonly #waits = new Set<() => void>()
  #held: (() => void) | null = null

  constructor(core: Core, transport: Transport, timeFactor: number) {
    this.#core = core
    this.#transport = transport
    this.#timeFactor = timeFactor
  }

  async event(teamId: string, subscription: string, event: Json, origin?: EventOrigin): Promise<void> {
    const { app, installations, faults } = this.#core
    const installation = installations.of(teamId)
    const needed = scopesOf[subscription]
    if (!app.events.includes(subscription) || !installation) return
    if (needed && !needed.some((scope) => installation.scopes.includes(scope))) return
    const envelope = this.envelope(teamId, event, origin)
    const name = String(event.type)
    const send = () => this.#attempt(envelope, {}, 0, '', true)
    const held = this.#held
    if (held) {
      this.#held = null
      await send().then(held)
    } else if (faults.take(name, ['reorder-events'])) {
      this.#hold(send)
    } else {
      const sent = send()
      if (faults.take(name, ['duplicate-events'])) void send()
      await sent
    }
  }

  /** Sends any event, as a test wants it; gives the answer to the first attempt. */
  emit(teamId: string, event: Json, overrides: EmitOverrides = {}): Promise<Delivered> {
    const envelope = { ...this.envelope(teamId, event), ...overrides.envelope }
    if (overrides.eventId) envelope.event_id = overrides.eventId
    return this.#attempt(envelope, overrides, 0, '', overrides.retry ?? false)
  }

  envelope(teamId: string, event: Json, origin?: EventOrigin): Json {
    const { app, ids, installations, now, world, timestamps } = this.#core
    const installation = installations.of(teamId)
    const orgWide = installation?.teamId === null
    const enterpriseId = world.teams.get(teamId)?.enterprise?.id ?? null
    const bare = withoutAuthorizations.has(String(event.type)) && !orgWide
    return {
      token: 'sandbox',
      team_id: origin?.teamId ?? teamId,
      ...(origin?.shared || origin?.teamId ? { context_team_id: teamId, context_enterprise_id: enterpriseId } : {}),
      ...(enterpriseId ? { enterprise_id: enterpriseId } : {}),
      api_app_id: app.id,
      event: { event_ts: timestamps.next(), ...event },
      type: 'event_callback',
      event_id: ids.next('Ev'),
      event_time: Math.floor(now() / 1000),
      ...(bare
        ? {}
        : {
            authorizations: [
              {
                enterprise_id: enterpriseId,
                team_id: teamId,
                user_id: world.teams.get(teamId)?.botUserId ?? '',
                is_bot: true,
                is_enterprise_install: orgWide,
              },
            ],
          }),
      is_ext_shared_channel: origin?.shared ?? false,
    }
  }

  close(): void {
    for (const callOff of this.#waits) callOff()
    this.#waits.clear()
    this.#held = null
  }

  /** Keeps an event back until another one was delivered, or for a while if none comes. */
  #hold(send: () => unknown): void {
    const callOff = this.#later(longestHold, () => {
      this.#held = null
      send()
    })
    this.#held = () => {
      callOff()
      this.#waits.delete(callOff)
      send()
    }
  }

  #later(ms: number, run: () => void): () => void {
    const callOff = this.#core.later(ms, () => {
      this.#waits.delete(callOff)
      run()
    })
    this.#waits.add(callOff)
    return callOff
  }

  async #attempt(
    envelope: Json,
    overrides: EmitOverrides,
    attempt: number,
    reason: string,
    retries: boolean,
  ): Promise<Delivered> {
    const event = envelope.event as Json
    const delivered = await this.#transport.send({
      type: 'events_api',
      name: String(event.type),
      about: aboutOf(event).slice(0, 120),
      payload: envelope,
      overrides,
      ...(attempt > 0 ? { retry: { attempt, reason } } : {}),
    })
    const wait = retryWaits[attempt]
    if (retries && delivered.reason && !delivered.noRetry && wait !== undefined) {
      const failed = delivered.reason
      this.#later(wait * this.#timeFactor, () => void this.#attempt(envelope, overrides, attempt + 1, failed, true))
    }
    return delivered
  }
}
