import type { Core } from '../core.ts'
import { SlackError, withMessages } from '../errors.ts'
import type { Channel, Installation, Team, TokenRecord } from '../model.ts'
import type { Tier } from '../rate-limits.ts'

type Json = Record<string, unknown>

/** How an argument is read; `!` = required. `json` also comes as a JSON string in a form. */
export type ArgumentKind = 'string' | 'string!' | 'number' | 'number!' | 'boolean' | 'json' | 'json!'

/** One Web API method: what it needs and what it does. */
export interface Method {
  /** Any one of these is enough; none = no scope needed. */
  readonly scopes: readonly string[]
  readonly tier: Tier
  readonly token: 'bot' | 'app' | 'user' | 'none'
  readonly args: Readonly<Record<string, ArgumentKind>>
  run(call: Call): Json
}

export type Methods = Readonly<Record<string, Method>>

/** One request to the Web API, checked: its arguments are read and its token allows it. */
export class Call {
  readonly core: Core
  readonly args: Json
  readonly #token: TokenRecord | null

  constructor(core: Core, token: TokenRecord | null, args: Json) {
    this.core = core
    this.#token = token
    this.args = args
  }

  text(name: string): string | undefined {
    const value = this.args[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }

  /** An argument that the method's table calls required. */
  need(name: string): string {
    return this.text(name) ?? ''
  }

  number(name: string): number | undefined {
    const value = this.args[name]
    return typeof value === 'number' ? value : undefined
  }

  flag(name: string): boolean {
    return this.args[name] === true
  }

  json(name: string): unknown {
    return this.args[name]
  }

  get installation(): Installation {
    if (!this.#token?.installation) throw new SlackError('not_allowed_token_type')
    return this.#token.installation
  }

  get token(): TokenRecord {
    if (!this.#token) throw new SlackError('not_authed')
    return this.#token
  }

  /** The workspace of the call; an org-wide token names it with `team_id`. */
  get team(): Team {
    const installation = this.installation
    const id = installation.teamId ?? this.text('team_id')
    if (!id) throw withMessages('invalid_arguments', ['missing required field: team_id'])
    const team = this.core.world.teams.get(id)
    if (!team || !this.mayEnter(team.id)) throw new SlackError('team_access_not_granted')
    return team
  }

  /** @throws SlackError `missing_scope` when the token has none of these */
  requireScope(...scopes: readonly string[]): void {
    if (scopes.some((scope) => this.token.scopes.includes(scope))) return
    throw new SlackError('missing_scope', { needed: scopes[0], provided: this.token.scopes.join(',') })
  }

  mayEnter(teamId: string): boolean {
    const { teamId: own, enterpriseId } = this.installation
    if (own) return own === teamId
    const isOfOrg = this.core.world.teams.get(teamId)?.enterprise?.id === enterpriseId
    return isOfOrg && !this.core.installations.closed.has(teamId)
  }

  /** The bot's user in a workspace of the token; in a channel that another company shares, the token's own. */
  bot(teamId: string): string {
    const team = this.mayEnter(teamId) ? this.core.world.teams.get(teamId) : undefined
    return team?.botUserId ?? this.installation.botUserId
  }

  /** A channel by id (or `#name`) that the token may see. @throws SlackError `channel_not_found` */
  visibleChannel(name: string): Channel {
    const found = name.startsWith('#')
      ? this.core.world.channelsOf(this.team.id).find((each) => each.name === name.slice(1))
      : this.core.world.channels.get(name)
    if (!found || !this.core.world.teamsIn(found).some((id) => this.mayEnter(id)))
      throw new SlackError('channel_not_found')
    if (found.kind !== 'public' && !found.members.includes(this.bot(found.teamId))) {
      throw new SlackError('channel_not_found')
    }
    return found
  }

  /**
   * A channel that the bot may write in; a user's id stands for the direct messages with that user.
   * @param options.open public channels take a message from outside, by the scope `chat:write.public`
   * @throws SlackError `channel_not_found`, `not_in_channel`, `is_archived`
   */
  writableChannel(name: string, options: { readonly open?: boolean } = {}): Channel {
    const user = this.core.world.users.get(name)
    if (user && this.mayEnter(user.teamId) && !user.isBot) {
      return this.core.world.directMessage(user.teamId, user.id, this.bot(user.teamId))
    }
    const channel = this.visibleChannel(name)
    const fromOutside =
      options.open === true && channel.kind === 'public' && this.token.scopes.includes('chat:write.public')
    if (!fromOutside && !channel.members.includes(this.bot(channel.teamId))) throw new SlackError('not_in_channel')
    if (channel.archived) throw new SlackError('is_archived')
    return channel
  }
}

/** Reads arguments by their table. @throws SlackError `invalid_arguments` */
export function readArguments(table: Method['args'], given: Json): Json {
  const problems: string[] = []
  const read: Json = {}
  for (const [name, kind] of Object.entries(table)) {
    const raw = given[name]
    if (raw === undefined || raw === null || raw === '') {
      if (kind.endsWith('!')) problems.push(`missing required field: ${name}`)
      continue
    }
    const value = readValue(kind.replace('!', ''), raw)
    if (value === undefined) problems.push(`must be a valid ${kind.replace('!', '')} [json-pointer:/${name}]`)
    else read[name] = value
  }
  if (problems.length > 0) throw withMessages('invalid_arguments', problems)
  return read
}

function readValue(kind: string, raw: unknown): unknown {
  if (kind === 'string') return typeof raw === 'string' ? raw : typeof raw === 'number' ? String(raw) : undefined
  if (kind === 'number') {
    const number = typeof raw === 'number' ? raw : typeof raw === 'string' && raw.trim() ? Number(raw) : Number.NaN
    return Number.isFinite(number) ? number : undefined
  }
  if (kind === 'boolean') {
    if (raw === true || raw === 'true' || raw === '1' || raw === 1) return true
    return raw === false || raw === 'false' || raw === '0' || raw === 0 ? false : undefined
  }
  if (typeof raw !== 'string') return raw
  try {
    return JSON.parse(raw)
  } catch {
    return undefined
  }
}

/** One page of a list by `limit` and `cursor`, with Slack's `response_metadata`. */
export function page<T>(call: Call, items: readonly T[], fallback = 100): { items: T[]; next_cursor: string } {
  const cursor = call.text('cursor')
  const start = cursor ? Number(Buffer.from(cursor, 'base64').toString().replace('offset:', '')) : 0
  if (!Number.isSafeInteger(start) || start < 0) throw new SlackError('invalid_cursor')
  const limit = call.number('limit') || fallback
  if (limit < 0 || limit > 1000) throw new SlackError('invalid_limit')
  const end = start + limit
  return {
    items: items.slice(start, end),
    next_cursor: end < items.length ? Buffer.from(`offset:${end}`).toString('base64') : '',
  }
}
