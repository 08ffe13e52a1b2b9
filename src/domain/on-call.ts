import type { AlertSettings } from './alert.ts'
import type { Member } from './member.ts'

/** The most people of one table, and of a group that is on call as a whole. */
export const mostOnCall = 20

/**
 * Who is on call on a day of the week (1 Monday to 7 Sunday), by Slack's ids: whom the table names for the day, else the
 * group of that name as a whole, whether its people were put in by hand or follow a Slack user group.
 */
export function onCallOn(
  { rotas }: AlertSettings,
  members: readonly Member[],
  group: string,
  day: number,
): readonly string[] {
  const today = rotas.find((each) => each.group === group)?.week[day - 1] ?? []
  return today.length > 0 ? today : peopleOfGroup(members, group).slice(0, mostOnCall)
}

/** Who of a group may be told of alerts, by Slack's ids. */
export const peopleOfGroup = (members: readonly Member[], group: string): readonly string[] =>
  members
    .filter((member) => member.groups.includes(group) && mayBeTold(members, member.slackUserId))
    .map(({ slackUserId }) => slackUserId)

/** Alerts go directly only to people of the team who may be told of them. */
export const mayBeTold = (members: readonly Member[], userId: string): boolean =>
  members.some(
    (member) =>
      member.slackUserId === userId &&
      member.removedAt === undefined &&
      member.role !== 'guest' &&
      member.flags.canReceiveAlerts,
  )

/** The groups that are on call at all: those with a table, and those that a route names. */
export const groupsOnCall = ({ rotas, routes }: AlertSettings): readonly string[] => [
  ...new Set([...rotas.map(({ group }) => group), ...routes.flatMap(({ rota }) => rota ?? [])]),
]
