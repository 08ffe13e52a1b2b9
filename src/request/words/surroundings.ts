import type { Services } from '../../actions/services.ts'
import { optionalText } from '../../commands/arguments.ts'
import type { Command } from '../../commands/command.ts'
import type { Action } from '../../domain/action.ts'
import type { ChannelDefault } from '../../domain/channel-default.ts'
import type { Arguments } from '../../domain/command-spec.ts'
import type { ValueSource } from '../../domain/origin.ts'
import type { Place } from '../../domain/request.ts'

/** What a thread or a channel is about. */
export interface About {
  readonly service?: string
  readonly environment?: string
  readonly cluster?: string
  readonly target?: string
}

/** What stands around an order, the nearest first. */
export type Surroundings = readonly {
  readonly source: ValueSource
  readonly about: About
  /** Another gave the order that says so since who goes on gave theirs. */
  readonly since?: { readonly userId: string; readonly own: About }
}[]

/** Where an order is given. `id`: an order that is looked past, as it is the one that is filled. */
export interface Whereabouts {
  readonly tenantId: string
  readonly place: Place
  readonly userId: string
  readonly id?: string
}

/** Orders of a thread that are looked through for the one that it is about. */
const mostLookedAt = 10

/** Orders that decide, explain or set something up are not what a thread is about. */
export const carriesOn = (command: Command | undefined): boolean =>
  command !== undefined && !aside.has(command.theme) && command.words.name !== 'help'

const aside = new Set(['approve', 'words', 'schedules', 'team'])

/** The orders of a thread that it may be about, newest first. Reads the ledger of this tenant and conversation alone. */
export async function threadOrders(
  services: Services,
  { tenantId, place, id }: Whereabouts,
): Promise<readonly Action[]> {
  if (place.threadTs === null) return []
  const orders = await services.storage.ledger.inThread(tenantId, place.conversationId, place.threadTs, mostLookedAt)
  return orders.filter((order) => order.id !== id && carriesOn(services.findCommand(order.command)))
}

/** What an order is about, by its arguments. */
export function aboutOf(args: Arguments): About {
  const about: { -readonly [name in keyof About]: string } = {}
  for (const name of ['service', 'environment', 'cluster', 'target'] as const) {
    const value = optionalText(args, name)
    if (value !== undefined) about[name] = value
  }
  return about
}

/** What the thread (first) and the channel stand for. `before`: an order of the same message, nearer than both. */
export async function readSurroundings(
  services: Services,
  where: Whereabouts,
  channel: ChannelDefault | undefined,
  before?: Arguments,
): Promise<Surroundings> {
  const orders = before ? [] : await threadOrders(services, where)
  const abouts = before
    ? [{ about: aboutOf(before), userId: where.userId }]
    : orders.map(({ args, userId }) => ({ about: aboutOf(args), userId }))
  const known = abouts.filter(({ about }) => Object.keys(about).length > 0)
  const [thread] = known
  const own = known.find(({ userId }) => userId === where.userId)?.about
  const since = thread && own && thread.userId !== where.userId ? { since: { userId: thread.userId, own } } : {}
  return [
    ...(thread ? [{ source: 'thread', about: thread.about, ...since } as const] : []),
    ...(channel ? [{ source: 'channel', about: channel } as const] : []),
  ]
}
