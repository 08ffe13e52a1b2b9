import type { WorkspaceSeed } from '../../workspaces.ts'
import type { Channel, Team, User, UserGroup } from '../model.ts'
import type { Ids } from './ids.ts'

/** Workspaces, people and channels. */
export class World {
  readonly teams = new Map<string, Team>()
  readonly users = new Map<string, User>()
  readonly channels = new Map<string, Channel>()
  readonly userGroups: UserGroup[] = []
  /** People whose accounts are deactivated. */
  readonly deactivated = new Set<string>()
  /** Channels that invite the app once it is installed. */
  readonly appChannels = new Set<string>()
  readonly #ids: Ids
  readonly #created: number
  readonly #appName: string

  constructor(seeds: readonly WorkspaceSeed[], appName: string, ids: Ids, nowMs: number) {
    this.#ids = ids
    this.#appName = appName
    this.#created = Math.floor(nowMs / 1000)
    for (const seed of seeds) this.#plant(seed, appName)
  }

  /** Takes in a workspace that was not there from the start. */
  add(seed: WorkspaceSeed): void {
    this.#plant(seed, this.#appName)
  }

  usersOf(teamId: string): User[] {
    const bot = this.teams.get(teamId)?.botUserId
    return [...this.users.values()].filter((user) => user.teamId === teamId || user.id === bot)
  }

  channelsOf(teamId: string): Channel[] {
    return [...this.channels.values()].filter((channel) => this.teamsIn(channel).includes(teamId))
  }

  /** The workspaces that a channel is of: its own, then those that it is shared with. */
  teamsIn({ teamId, connected }: Channel): string[] {
    return [teamId, ...connected.filter((id) => this.teams.has(id))]
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
      purpose: '',
      archived: false,
      members: [one, other],
      created: this.#created,
      shared: false,
      connected: [],
    }
    this.channels.set(id, channel)
    return channel
  }

  /** The direct messages of several users, in this order; made on first use. */
  groupMessage(teamId: string, members: readonly string[]): Channel {
    const known = this.findGroupMessage(members)
    if (known) return known
    const names = members.map((id) => this.users.get(id)?.name ?? id)
    const channel: Channel = {
      id: this.#ids.next('C'),
      teamId,
      name: `mpdm-${names.join('--')}-1`,
      kind: 'mpim',
      topic: '',
      purpose: `Group messaging with: ${names.map((name) => `@${name}`).join(' ')}`,
      archived: false,
      members: [...members],
      created: this.#created,
      shared: false,
      connected: [],
    }
    this.channels.set(channel.id, channel)
    return channel
  }

  /** The same people in any order. */
  findGroupMessage(members: readonly string[]): Channel | undefined {
    const isThat = ({ kind, members: of }: Channel) =>
      kind === 'mpim' && of.length === members.length && members.every((id) => of.includes(id))
    return [...this.channels.values()].find(isThat)
  }

  /** A new channel; its maker is its first member. */
  createChannel(teamId: string, name: string, isPrivate: boolean, members: readonly string[]): Channel {
    const channel: Channel = {
      id: this.#ids.next('C'),
      teamId,
      name,
      kind: isPrivate ? 'private' : 'public',
      topic: '',
      purpose: '',
      archived: false,
      members: [...members],
      created: this.#created,
      shared: false,
      connected: [],
    }
    this.channels.set(channel.id, channel)
    return channel
  }

  findDirectMessage(one: string, other: string): Channel | undefined {
    for (const channel of this.channels.values()) {
      if (channel.kind === 'im' && channel.members.includes(one) && channel.members.includes(other)) return channel
    }
    return undefined
  }

  save(): Channel[] {
    return [...this.channels.values()]
  }

  /** Takes back who is in which channel, and direct messages that the seeds do not know. */
  load(saved: readonly Channel[]): void {
    for (const channel of saved) {
      if (this.teams.has(channel.teamId))
        this.channels.set(channel.id, {
          ...channel,
          archived: channel.archived ?? false,
          connected: channel.connected ?? [],
        })
    }
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
      opens: seed.opens ?? { user: seed.people[0]?.id ?? '', channel: seed.channels[0]?.id ?? '' },
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
        purpose: '',
        archived: false,
        members: [...(channel.members ?? seed.people.filter((person) => !person.isGuest).map((person) => person.id))],
        created: this.#created,
        shared: channel.shared ?? (channel.sharedWith ?? []).length > 0,
        connected: [...(channel.sharedWith ?? [])],
      })
      if (channel.invitesApp) this.appChannels.add(channel.id)
    }
    for (const group of seed.userGroups ?? []) this.userGroups.push({ ...group, teamId })
  }
}
