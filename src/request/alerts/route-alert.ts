import type { TenantSnapshot } from '../../actions/tenant-knowledge.ts'
import {
  type Alert,
  type AlertHours,
  type AlertRoute,
  type AlertSettings,
  fitsPattern,
  type Severity,
} from '../../domain/alert.ts'
import type { Member } from '../../domain/member.ts'
import { mayBeTold, onCallOn } from '../../domain/on-call.ts'
import { isWithin, weekClock } from '../../permissions/index.ts'

/** Whom an alert is told to. */
export interface AlertDestination {
  readonly kind: 'channel' | 'person' | 'elsewhere'
  /** A channel's id, a person's, or `mailto:…`, `teams:…`. */
  readonly id: string
}

export interface Routed {
  readonly destinations: readonly AlertDestination[]
  /** Who is told, and when, where nobody acknowledges; `null` = nobody. */
  readonly escalation: { readonly afterMs: number; readonly people: readonly string[] } | null
  /** The routes that fit, by their names. */
  readonly routes: readonly string[]
}

/** All that routing looks at besides the alert. */
export interface Routing {
  readonly settings: AlertSettings
  /** Routes that stand elsewhere: the channel of a cluster's watch. */
  readonly more?: readonly AlertRoute[]
  readonly members: readonly Member[]
  /** Told where a tenant has no route at all, so that nothing is lost. */
  readonly admins: readonly string[]
  readonly timeZone: string
  readonly now: number
}

const everyDay = [1, 2, 3, 4, 5, 6, 7]
const mostAdmins = 3

/** Is this moment within the hours? */
export const isInHours = ({ days, from, to }: AlertHours, now: number, timeZone: string): boolean =>
  isWithin({ days: days.length === 0 ? everyDay : days, from, to }, now, timeZone)

const fitsAny = (patterns: readonly string[], text: string | null): boolean =>
  patterns.length === 0 || (text !== null && patterns.some((pattern) => fitsPattern(pattern, text)))

const fitsSeverity = (wanted: readonly Severity[], severity: Severity) =>
  wanted.length === 0 || wanted.includes(severity)

/** Does a route take this alert at this moment? */
export function fitsRoute(route: AlertRoute, alert: Alert, now: number, timeZone: string): boolean {
  return (
    fitsSeverity(route.severities, alert.severity) &&
    fitsAny(route.services, alert.service) &&
    fitsAny(route.environments, alert.environment) &&
    Object.entries(route.labels).every(([name, pattern]) => fitsPattern(pattern, alert.labels[name] ?? '')) &&
    (route.hours === null || isInHours(route.hours, now, timeZone))
  )
}

/** Who of a group is on call today, in the tenant's zone. */
export const onCall = (
  { settings, members, timeZone, now }: Pick<Routing, 'settings' | 'members' | 'timeZone' | 'now'>,
  group: string | null,
): readonly string[] => (group === null ? [] : onCallOn(settings, members, group, weekClock(now, timeZone).day))

/** The ways of a route out of Slack: letters only of what is critical. */
export const elsewhereOf = ({ emails = [], teams = null }: AlertRoute, isCritical: boolean): readonly string[] => [
  ...(isCritical ? emails.map((address) => `mailto:${address}`) : []),
  ...(teams === null ? [] : [`teams:${teams}`]),
]

/** Where an alert goes, by all rules that take it. */
export function routeAlert(alert: Alert, routing: Routing): Routed {
  const { settings, members, timeZone, now } = routing
  const routes = [...settings.routes, ...(routing.more ?? [])]
  const fitting = routes.filter((route) => fitsRoute(route, alert, now, timeZone))
  const channels = new Set(fitting.flatMap(({ channel }) => channel ?? []))
  const isCritical = alert.severity === 'critical'
  const elsewhere = new Set(fitting.flatMap((route) => elsewhereOf(route, isCritical)))
  const subscribed = settings.subscriptions.filter(
    ({ severities, services }) => fitsSeverity(severities, alert.severity) && fitsAny(services, alert.service),
  )
  const people = new Set([
    ...fitting.flatMap((route) => [...route.people, ...onCall(routing, route.rota)]),
    ...subscribed.map(({ userId }) => userId),
  ])
  const isUnset = settings.routes.length === 0 && settings.subscriptions.length === 0 && fitting.length === 0
  if (isUnset) for (const admin of routing.admins.slice(0, mostAdmins)) people.add(admin)
  const told = [...people].filter((userId) => isUnset || mayBeTold(members, userId))
  return {
    destinations: [
      ...[...channels].map((id) => ({ kind: 'channel', id }) as const),
      ...told.map((id) => ({ kind: 'person', id }) as const),
      ...[...elsewhere].map((id) => ({ kind: 'elsewhere', id }) as const),
    ],
    escalation: escalationOf(fitting, routing),
    routes: fitting.map(({ name }) => name),
  }
}

/** The soonest of the routes', to all whom they name; who is on call where a route names nobody. */
function escalationOf(fitting: readonly AlertRoute[], routing: Routing): Routed['escalation'] {
  const escalating = fitting.filter(({ escalateAfter }) => escalateAfter !== null)
  const minutes = Math.min(...escalating.map(({ escalateAfter }) => escalateAfter ?? Number.POSITIVE_INFINITY))
  const named = escalating.flatMap((route) =>
    route.escalateTo.length > 0 ? route.escalateTo : onCall(routing, route.rota),
  )
  const people = [...new Set(named)].filter((userId) => mayBeTold(routing.members, userId))
  return Number.isFinite(minutes) && people.length > 0 ? { afterMs: minutes * 60_000, people } : null
}

/** The bearing of a tenant's snapshot on an alert: what its buttons may offer. */
export const targetOf = ({ knowledge }: TenantSnapshot, alert: Alert) => {
  const service = knowledge.services.find(({ name }) => name === alert.service)
  const target = service?.targets.find(({ environment }) => environment === alert.environment)
  return service && target ? { service: service.name, environment: target.environment } : null
}

const quarter = 15 * 60_000

/** When hours that hold now end. */
export function endOfHours(hours: AlertHours, now: number, timeZone: string): number {
  let at = Math.floor(now / quarter) * quarter + quarter
  const latest = now + 8 * 24 * 60 * 60_000
  while (at < latest && isInHours(hours, at, timeZone)) at += quarter
  return at
}
