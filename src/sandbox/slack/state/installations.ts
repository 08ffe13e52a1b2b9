import { randomBytes } from 'node:crypto'
import { SlackError } from '../errors.ts'
import type { Installation, TokenRecord } from '../model.ts'
import type { AppSettings } from '../options.ts'
import type { Ids } from './ids.ts'
import type { World } from './world.ts'

/** Where the app is installed, and the tokens that came of it. */
export class Installations {
  readonly #world: World
  readonly #ids: Ids
  readonly #tokens = new Map<string, TokenRecord>()
  /** By workspace id, or organisation id for org-wide ones. */
  readonly #byOwner = new Map<string, Installation>()
  readonly #app: AppSettings
  readonly #now: () => number

  constructor(app: AppSettings, world: World, ids: Ids, now: () => number) {
    this.#app = app
    this.#now = now
    this.#world = world
    this.#ids = ids
    if (app.appToken) {
      const scopes = ['connections:write']
      this.#tokens.set(app.appToken, { token: app.appToken, kind: 'app', installation: null, scopes, revoked: null })
    }
  }

  /** A token of a person who signed in. */
  signIn(userId: string, scopes: readonly string[]): string {
    const token = `xoxp-${this.#ids.next('X')}-${randomBytes(18).toString('base64url')}`
    this.#tokens.set(token, { token, kind: 'user', userId, installation: null, scopes, revoked: null })
    return token
  }

  token(value: string): TokenRecord | undefined {
    return this.#tokens.get(value)
  }

  /** The installation that serves a workspace: its own, else its organisation's. */
  of(teamId: string): Installation | undefined {
    const enterprise = this.#world.teams.get(teamId)?.enterprise
    const wide = enterprise && !this.closed.has(teamId) ? this.#byOwner.get(enterprise.id) : undefined
    return this.#byOwner.get(teamId) ?? wide
  }

  /** Bot id of a workspace's bot user; stays the same over re-installs. */
  botId(botUserId: string): string {
    return botUserId.replace(/^U/, 'B')
  }

  /** Installs (again) into a workspace, or into its whole organisation; older tokens go on working, as Slack's do. */
  add(teamId: string, orgWide: boolean, installedBy: string, scopes: readonly string[]): Installation {
    const team = this.#world.teams.get(teamId)
    if (!team) throw new Error(`no workspace ${teamId}`)
    const enterpriseId = team.enterprise?.id ?? null
    const owner = orgWide && enterpriseId ? enterpriseId : teamId
    const before = this.#byOwner.get(owner)
    const installation: Installation = {
      teamId: orgWide ? null : teamId,
      enterpriseId,
      botId: this.botId(team.botUserId),
      botUserId: team.botUserId,
      installedBy,
      scopes: [...new Set([...(before?.scopes ?? []), ...scopes])],
      ...this.#newTokens(owner),
    }
    this.#keep(owner, installation)
    for (const id of orgWide && enterpriseId ? this.#world.teamsOf(enterpriseId).map((each) => each.id) : [teamId]) {
      this.#inviteBot(id)
    }
    return installation
  }

  /**
   * The next token for a refresh token, which is used up by it; the one before works on until its end.
   * @throws SlackError `invalid_refresh_token`
   */
  refresh(refreshToken: string): Installation {
    const found = [...this.#byOwner].find(([, each]) => each.refreshToken === refreshToken)
    if (!found || !refreshToken) throw new SlackError('invalid_refresh_token')
    return this.#renew(...found)
  }

  /** A token that ends, for one that does not. @throws SlackError `invalid_auth`, `token_already_exchanged` */
  exchange(token: string): Installation {
    const record = this.#tokens.get(token)
    const found = [...this.#byOwner].find(([, each]) => each.token === token)
    if (record?.kind !== 'bot') throw new SlackError('invalid_auth')
    if (!found || record.expiresAt !== undefined) throw new SlackError('token_already_exchanged')
    record.revoked = 'token_revoked'
    return this.#renew(...found)
  }

  #renew(owner: string, before: Installation): Installation {
    const installation = { ...before, ...this.#newTokens(owner) }
    this.#keep(owner, installation)
    return installation
  }

  #newTokens(owner: string): { token: string; refreshToken?: string } {
    const token = `xoxb-${owner}-${this.#ids.next('X')}-${randomBytes(18).toString('base64url')}`
    if (this.#app.tokenLifetime === null) return { token }
    return { token: `xoxe.${token}`, refreshToken: `xoxe-1-${randomBytes(24).toString('base64url')}` }
  }

  #keep(owner: string, installation: Installation): void {
    const { tokenLifetime } = this.#app
    const { token, scopes } = installation
    this.#byOwner.set(owner, installation)
    const end = tokenLifetime === null ? {} : { expiresAt: this.#now() + tokenLifetime * 1000 }
    this.#tokens.set(token, { token, kind: 'bot', installation, scopes, revoked: null, ...end })
  }

  /** Workspaces of an organisation that an org-wide install may not enter. */
  readonly closed = new Set<string>()

  /** Ends an installation: its tokens answer `account_inactive` and its bot leaves all channels. */
  remove(installation: Installation): void {
    const owner = installation.teamId ?? installation.enterpriseId ?? ''
    this.#byOwner.delete(owner)
    for (const record of this.#tokens.values()) {
      const of = record.installation
      if (of && (of.teamId ?? of.enterpriseId) === owner) record.revoked = 'account_inactive'
    }
    const teams = installation.teamId
      ? [this.#world.teams.get(installation.teamId)]
      : this.#world.teamsOf(installation.enterpriseId ?? '')
    for (const team of teams) {
      for (const channel of team ? this.#world.channelsOf(team.id) : []) {
        if (channel.kind !== 'im' && channel.kind !== 'mpim')
          channel.members = channel.members.filter((id) => id !== team?.botUserId)
      }
    }
  }

  save(): { readonly tokens: TokenRecord[]; readonly owners: [string, Installation][] } {
    return { tokens: [...this.#tokens.values()].filter(({ kind }) => kind === 'bot'), owners: [...this.#byOwner] }
  }

  load(saved: ReturnType<Installations['save']>): void {
    for (const record of saved.tokens) this.#tokens.set(record.token, record)
    for (const [owner, installation] of saved.owners) this.#byOwner.set(owner, installation)
  }

  #inviteBot(teamId: string): void {
    const bot = this.#world.teams.get(teamId)?.botUserId
    for (const channel of this.#world.channelsOf(teamId)) {
      if (bot && this.#world.appChannels.has(channel.id) && !channel.members.includes(bot)) channel.members.push(bot)
    }
  }
}
