import { randomBytes } from 'node:crypto'
import type { Installation, TokenRecord } from '../model.ts'
import type { AppSettings } from '../options.ts'
import type { Ids } from './ids.ts'
import type { World } from './world.ts'

/** Where the app is installed, and the tokens that came of it. */
export class Installations {
  readonly #app: AppSettings
  readonly #world: World
  readonly #ids: Ids
  readonly #tokens = new Map<string, TokenRecord>()
  /** By workspace id, or organisation id for org-wide ones. */
  readonly #byOwner = new Map<string, Installation>()

  constructor(app: AppSettings, world: World, ids: Ids) {
    this.#app = app
    this.#world = world
    this.#ids = ids
    if (app.appToken) {
      const scopes = ['connections:write']
      this.#tokens.set(app.appToken, { token: app.appToken, kind: 'app', installation: null, scopes, revoked: null })
    }
  }

  token(value: string): TokenRecord | undefined {
    return this.#tokens.get(value)
  }

  /** The installation that serves a workspace: its own, else its organisation's. */
  of(teamId: string): Installation | undefined {
    const enterprise = this.#world.teams.get(teamId)?.enterprise
    return this.#byOwner.get(teamId) ?? (enterprise ? this.#byOwner.get(enterprise.id) : undefined)
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
      token: `xoxb-${owner}-${this.#ids.next('X')}-${randomBytes(18).toString('base64url')}`,
    }
    this.#byOwner.set(owner, installation)
    this.#tokens.set(installation.token, {
      token: installation.token,
      kind: 'bot',
      installation,
      scopes: installation.scopes,
      revoked: null,
    })
    for (const id of orgWide && enterpriseId ? this.#world.teamsOf(enterpriseId).map((each) => each.id) : [teamId]) {
      this.#inviteBot(id)
    }
    return installation
  }

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
        if (channel.kind !== 'im') channel.members = channel.members.filter((id) => id !== team?.botUserId)
      }
    }
  }

  get app(): AppSettings {
    return this.#app
  }

  #inviteBot(teamId: string): void {
    const bot = this.#world.teams.get(teamId)?.botUserId
    for (const channel of this.#world.channelsOf(teamId)) {
      if (bot && this.#world.appChannels.has(channel.id) && !channel.members.includes(bot)) channel.members.push(bot)
    }
  }
}
