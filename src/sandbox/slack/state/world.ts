import type { WorkspaceSeed } from '../../workspaces.ts'
import type { Channel, Team, User, UserGroup } from '../model.ts'
import type { Ids } from './ids.ts'

/** Workspaces, people and channels. */
export class World {
  readonly teams = new Map<string, Team>()
  readonly users = new Map<string, User>()
  readonly channels = new Map<string, Channel>()
  readonly userGroups: UserGroup[] = []
  /** Channels that invite the app once it is installed. */
  readonly appChannels = new Set<string>()
  readonly #ids: Ids
  readonly #created: number

  constructor(seeds: readonly WorkspaceSeed[], appName: string, ids: Ids, nowMs: number) {
    this.#ids = ids
    this.#created = Math.floor(nowMs / 1000)
    for (const seed of seeds) this.#plant(seed, appName)
  }

  usersOf(teamId: string): User[] {
    const bot = this.teams.get(teamId)?.botUserId
    return [...this.users.values()].filter((user) => user.teamId === teamId || user.id === bot)
  }

  channelsOf(teamId: string): Channel[] {
    return [...this.channels.values()].filter((channel) => channel.teamId === teamId)
  }

  /** Workspaces of one organisation. */
  teamsOf(enterpriseId: string): Team[] {
    return [...this.teams.values()].filter((team) => team.enterprise?.id === enterpriseId)
  }

  /** The direct-message channel of two users; made on first use. */
  directMessage(teamId: string, one: string, other: string): Channel {
    const known = this.findDirectMessage(one, other)
    if (known) return known
    const id = this.#ids.next('D')
    const channel: Channel = {
      id,
      teamId,
      name: id.toLowerCase(),
      kind: 'im',
      topic: '',
      members: [one, other],
      created: this.#created,
      shared: false,
    }
    this.channels.set(id, channel)
    return channel
  }

  findDirectMessage(one: string, other: string): Channel | undefined {
    for (const channel of this.channels.values()) {
      if (channel.kind === 'im' && channel.members.includes(one) && channel.members.includes(other)) return channel
    }
    return undefined
  }

  #plant(seed: WorkspaceSeed, appName: string): void {
    const { id: teamId, botUserId } = seed
    this.teams.set(teamId, {
      id: teamId,
      name: seed.name,
      domain: seed.domain,
      kind: seed.kind,
      icon: seed.icon,
      enterprise: seed.enterprise ?? null,
      botUserId,
    })
    for (const person of seed.people) {
      this.users.set(person.id, {
        id: person.id,
        teamId,
        name: person.name,
        realName: person.realName,
        title: person.title,
        color: person.color,
        email: person.email,
        isBot: false,
        isAdmin: person.isAdmin ?? false,
        isGuest: person.isGuest ?? false,
        locale: person.locale ?? 'en-US',
      })
    }
    // The workspaces of an organisation share one bot user.
    if (!this.users.has(botUserId)) this.#plantBot(teamId, botUserId, appName)
    this.#plantChannels(seed)
  }

  #plantBot(teamId: string, botUserId: string, appName: string): void {
    this.users.set(botUserId, {
      id: botUserId,
      teamId,
      name: appName.toLowerCase(),
      realName: appName,
      title: '',
      color: '#f4c455',
      email: '',
      isBot: true,
      isAdmin: false,
      isGuest: false,
      locale: 'en-US',
    })
  }

  #plantChannels(seed: WorkspaceSeed): void {
    const teamId = seed.id
    for (const channel of seed.channels) {
      this.channels.set(channel.id, {
        id: channel.id,
        teamId,
        name: channel.name,
        kind: channel.private ? 'private' : 'public',
        topic: channel.topic,
        members: [...(channel.members ?? seed.people.filter((person) => !person.isGuest).map((person) => person.id))],
        created: this.#created,
        shared: channel.shared ?? false,
      })
      if (channel.invitesApp) this.appChannels.add(channel.id)
    }
    for (const group of seed.userGroups ?? []) this.userGroups.push({ ...group, teamId })
  }
}
