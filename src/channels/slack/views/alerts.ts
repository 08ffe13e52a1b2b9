import {
  type AlertHours,
  type AlertRoute,
  type AlertSettings,
  type AlertSource,
  alertSourceNames,
  type KeptAlert,
} from '../../../domain/alert.ts'
import { aboutAlert } from '../../../domain/say-received.ts'
import { type Phrase, phrase, type Value } from '../../../texts/phrase.ts'
import type { SlackBlock } from '../blocks/block-kit.ts'
import { renderButton } from '../blocks/render-buttons.ts'
import type { Drawing, HomeReader } from './drawing.ts'
import { controls, opener, overflow, pageBlocks } from './list.ts'

/** What the Alerts tab shows. */
export interface AlertsShown {
  /** One page of those that fire. */
  readonly firing: readonly KeptAlert[]
  readonly from: number
  readonly total: number
  readonly muted: readonly KeptAlert[]
  readonly settings: AlertSettings
  /** Open addresses, by their source. */
  readonly sources: readonly { readonly source: AlertSource; readonly since: number | null }[]
  readonly configures: boolean
  readonly subscribes: boolean
  readonly userId: string
  /** Names of people, by their Slack ids. */
  readonly names: ReadonlyMap<string, string>
  /** Who is on call today, by rota. */
  readonly onDuty: ReadonlyMap<string, readonly string[]>
  readonly now: number
}

/** Muted alerts, routes and rotas that one look shows. */
const shownMuted = 10
const shownRoutes = 20

/** The Alerts tab; the addresses of sources are for those who may configure them. */
export function alertsBlocks(shown: AlertsShown, draw: Drawing, reader: HomeReader): SlackBlock[] {
  return [
    ...firingBlocks(shown, draw, reader),
    ...mutedBlocks(shown, draw, reader),
    ...mineBlocks(shown, draw),
    ...routeBlocks(shown, draw),
    ...rotaBlocks(shown, draw),
    ...quietBlocks(shown, draw),
    ...(shown.configures ? sourceBlocks(shown, draw) : []),
  ]
}

const lineOf = (
  { id, alert, count, beganAt, acknowledgedBy }: KeptAlert,
  names: ReadonlyMap<string, string>,
): Phrase => {
  const [url] = alert.links
  return phrase('home.alert', {
    severity: phrase(`severity.${alert.severity}`),
    title: url === undefined ? alert.title : { kind: 'link', url, label: alert.title },
    ...aboutAlert(alert.service, count),
    id: id.slice(0, 8),
    ago: { kind: 'time', at: beganAt, as: 'ago' },
    by: acknowledgedBy === null ? '' : phrase('home.alert.by', { by: names.get(acknowledgedBy) ?? acknowledgedBy }),
  })
}

function firingBlocks({ firing, from, total, names }: AlertsShown, draw: Drawing, reader: HomeReader): SlackBlock[] {
  const rows = firing.map((kept, index) => {
    const args = { id: kept.id }
    const button = { label: phrase('button.alert.ack'), does: { kind: 'order', command: 'alerts.ack', args } } as const
    const ack = kept.acknowledgedBy === null ? renderButton(button, reader.language, 300 + index, reader.app) : null
    return draw.section(lineOf(kept, names), ack ?? undefined)
  })
  return [
    ...(total === 0
      ? [draw.section(phrase('received.none'))]
      : [draw.header(phrase('home.alerts', { n: total })), ...rows]),
    ...pageBlocks(draw, total, from),
  ]
}

function mutedBlocks({ muted, names }: AlertsShown, draw: Drawing, reader: HomeReader): SlackBlock[] {
  if (muted.length === 0) return []
  const rows = muted.slice(0, shownMuted).map((kept, index) => {
    const args = { id: kept.id }
    const button = { label: phrase('button.unmute'), does: { kind: 'order', command: 'alerts.loud', args } } as const
    const text = phrase('home.alert.muted', {
      title: kept.alert.title,
      id: kept.id.slice(0, 8),
      until: { kind: 'time', at: kept.mutedUntil ?? 0, as: 'date' },
      by: kept.mutedBy === null ? 'NOX' : (names.get(kept.mutedBy) ?? kept.mutedBy),
    })
    return draw.section(text, renderButton(button, reader.language, 400 + index, reader.app) ?? undefined)
  })
  return [draw.header(phrase('home.alerts.muted')), ...rows]
}

function mineBlocks({ settings, userId, subscribes }: AlertsShown, draw: Drawing): SlackBlock[] {
  if (!subscribes) return []
  const mine = settings.subscriptions.find((each) => each.userId === userId)
  const text = mine
    ? phrase('home.alerts.mine', {
        severities: listOf(mine.severities.map((each) => phrase(`severity.${each}`))),
        services: anyOf(mine.services),
      })
    : phrase('home.alerts.mine.none')
  return [draw.section(text, opener(draw, 'alerts.mine', 'button.edit'))]
}

const listOf = (items: readonly Value[]): Value => ({ kind: 'list', items })
const anyOf = (items: readonly string[]): Value => (items.length === 0 ? phrase('home.alerts.any') : listOf(items))

const hoursOf = (hours: AlertHours): Phrase =>
  phrase('home.alerts.hours', {
    from: hours.from,
    to: hours.to,
    days: hours.days.length === 0 ? '' : listOf(hours.days.map((day) => phrase(`day.${day as 1}`))),
  })

function routeLine(route: AlertRoute, names: ReadonlyMap<string, string>): Phrase {
  const {
    name,
    severities,
    services,
    environments,
    labels,
    channel,
    people,
    rota,
    escalateAfter,
    hours,
    emails = [],
    teams,
  } = route
  const which: Value[] = [
    ...(severities.length > 0 ? [listOf(severities.map((each) => phrase(`severity.${each}`)))] : []),
    ...services,
    ...environments,
    ...Object.entries(labels).map(([label, value]) => `${label}=${value}`),
    ...(hours ? [hoursOf(hours)] : []),
  ]
  const where: Value[] = [
    ...(channel === null ? [] : [phrase('home.channel', { channel: { kind: 'conversation', id: channel } })]),
    ...people.map((id) => names.get(id) ?? id),
    ...(teams ? [`Microsoft Teams (${teams})`] : []),
    ...emails,
    ...(rota === null ? [] : [phrase('home.route.rota', { rota })]),
  ]
  return phrase('home.route', {
    name,
    which: which.length === 0 ? phrase('home.alerts.any') : listOf(which),
    where: listOf(where),
    escalation: escalateAfter === null ? '' : phrase('home.route.escalation', { n: escalateAfter }),
  })
}

function routeBlocks({ settings, configures, names }: AlertsShown, draw: Drawing): SlackBlock[] {
  const menu = [
    ['button.alert.test', 'test'],
    ['button.edit', 'edit'],
    ['button.remove', 'remove'],
  ] as const
  const rows = settings.routes
    .slice(0, shownRoutes)
    .map((route) =>
      draw.section(routeLine(route, names), configures ? overflow(draw, `alerts.route.${route.id}`, menu) : undefined),
    )
  return [
    draw.header(phrase('home.routes')),
    ...(rows.length === 0 ? [draw.section(phrase('home.routes.none'))] : rows),
    ...(configures ? [controls([opener(draw, 'alerts.add.route', 'button.alert.route')])] : []),
  ]
}

function rotaBlocks({ settings, configures, names, onDuty }: AlertsShown, draw: Drawing): SlackBlock[] {
  const menu = [
    ['button.edit', 'edit'],
    ['button.remove', 'remove'],
  ] as const
  const rows = settings.rotas.map(({ group }, index) => {
    const people = (onDuty.get(group) ?? []).map((id) => names.get(id) ?? id)
    const text = phrase('home.rota', { group, today: people.length > 0 ? { kind: 'people', names: people } : '–' })
    return draw.section(text, configures ? overflow(draw, `alerts.rota.${index}`, menu) : undefined)
  })
  if (rows.length === 0 && !configures) return []
  return [
    draw.header(phrase('home.rotas')),
    ...(rows.length === 0 ? [draw.section(phrase('home.rotas.none'))] : rows),
    ...(configures ? [controls([opener(draw, 'alerts.add.rota', 'button.alert.rota')])] : []),
  ]
}

function quietBlocks({ settings: { quiet }, configures }: AlertsShown, draw: Drawing): SlackBlock[] {
  if (!quiet && !configures) return []
  const text = quiet ? phrase('home.quiet', { hours: hoursOf(quiet) }) : phrase('home.quiet.none')
  return [draw.section(text, configures ? opener(draw, 'alerts.edit.quiet', 'button.edit') : undefined)]
}

function sourceBlocks({ sources }: AlertsShown, draw: Drawing): SlackBlock[] {
  const menu = [
    ['button.alert.renew', 'renew'],
    ['button.alert.close', 'close'],
  ] as const
  const rows = sources.map(({ source, since }) => {
    const name = alertSourceNames[source]
    if (since === null) {
      return draw.section(
        phrase('home.source.none', { name }),
        opener(draw, `alerts.hook.${source}`, 'button.alert.address'),
      )
    }
    const text = phrase('home.source', { name, ago: { kind: 'time', at: since, as: 'ago' } })
    return draw.section(text, overflow(draw, `alerts.source.${source}`, menu))
  })
  return [draw.header(phrase('home.sources')), draw.context(phrase('home.sources.about')), ...rows]
}
