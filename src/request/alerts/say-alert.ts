import { isFlapping, isOpen } from '../../domain/absorb-alert.ts'
import { type AlertStorm, alertSourceNames, type KeptAlert } from '../../domain/alert.ts'
import type { Answer, Button, Field, Link } from '../../domain/answer.ts'
import { type Phrase, phrase, type Value } from '../../texts/phrase.ts'

/** What an alert's buttons may offer; each is decided again when it is pressed, by the presser's rights. */
export interface AlertOffers {
  /** Where its service runs, as the catalogue has it. */
  readonly target: { readonly service: string; readonly environment: string } | null
  readonly hasTickets: boolean
  readonly hasIncidents: boolean
  /** The deployment that came within the hour before it began. */
  readonly suspect: { readonly number: number; readonly at: number; readonly version: string | null } | null
}

const emoji = { critical: '🔴', error: '🟠', warning: '🟡', info: '🔵' } as const
/** How bad an incident is that is declared from an alert. */
const severityOfIncident = { critical: 'sev1', error: 'sev2', warning: 'sev3', info: 'sev4' } as const
const mutes = [
  ['button.alert.mute.hour', { duration: 'PT1H' }],
  ['button.alert.mute.hours', { duration: 'PT4H' }],
  ['button.alert.mute.morning', { until: 'morning' }],
] as const

const timeOf = (at: number): Value => ({ kind: 'time', at, as: 'ago' })

/** The message of one problem. */
export function sayAlert(kept: KeptAlert, offers: AlertOffers, now: number): Answer {
  const { alert } = kept
  const isOver = alert.state === 'resolved'
  const about = { title: alert.title, emoji: emoji[alert.severity] }
  return {
    kind: 'notice',
    title: phrase(isOver ? 'alert.over' : 'alert.title', about),
    lines: linesOf(kept, offers, now),
    fields: fieldsOf(kept),
    ...(isOver ? {} : { buttons: buttonsOf(kept, offers), more: moreOf(kept, offers, now) }),
    context: originOf(kept),
  }
}

function linesOf(kept: KeptAlert, offers: AlertOffers, now: number): readonly Phrase[] {
  const { alert, acknowledgedBy, acknowledgedAt, mutedUntil, mutedBy, escalatedAt, endedAt } = kept
  const lines: Phrase[] = []
  if (alert.summary !== '') lines.push(phrase('alert.summary', { summary: alert.summary }))
  if (endedAt !== null && alert.state === 'resolved') {
    lines.push(phrase('alert.lasted', { duration: { kind: 'duration', ms: Math.max(0, endedAt - kept.beganAt) } }))
  }
  if (isFlapping(kept, now)) lines.push(phrase('alert.flapping', { n: kept.flips }))
  if (acknowledgedBy !== null && acknowledgedAt !== null) {
    lines.push(
      phrase('alert.acknowledged', { by: { kind: 'mention', userId: acknowledgedBy }, ago: timeOf(acknowledgedAt) }),
    )
  } else if (escalatedAt !== null && alert.state === 'firing') {
    lines.push(phrase('alert.escalated', { ago: timeOf(escalatedAt) }))
  }
  if (alert.state === 'firing' && mutedUntil !== null && mutedUntil > now) {
    const by: Value = mutedBy === null ? 'NOX' : { kind: 'mention', userId: mutedBy }
    lines.push(phrase('alert.muted', { by, until: { kind: 'time', at: mutedUntil, as: 'date' } }))
  }
  if (alert.state === 'firing' && offers.suspect) {
    const { number, at, version } = offers.suspect
    const said = version === null ? '' : phrase('alert.suspect.version', { version })
    lines.push(phrase('alert.suspect', { n: String(number), ago: timeOf(at), version: said }))
  }
  return lines
}

const environmentOf = (name: string | null): Value => (name === null ? '–' : { kind: 'environments', names: [name] })

function fieldsOf({ alert, count, beganAt, lastAt }: KeptAlert): readonly Field[] {
  const text = (value: string | null): Value => (value === null ? '–' : { kind: 'code', text: value })
  return [
    { label: phrase('alert.field.severity'), value: phrase(`severity.${alert.severity}`) },
    { label: phrase('alert.field.service'), value: text(alert.service) },
    { label: phrase('alert.field.environment'), value: environmentOf(alert.environment) },
    { label: phrase('alert.field.since'), value: timeOf(beganAt) },
    { label: phrase('alert.field.count'), value: phrase('alert.times', { n: count }) },
    { label: phrase('alert.field.last'), value: timeOf(lastAt) },
  ]
}

/** The code that people type, and where it came from. */
function originOf({ id, alert }: KeptAlert): readonly (Phrase | Link)[] {
  const source = alertSourceNames[alert.source]
  const code = { id: id.slice(0, 8) }
  const [url] = alert.links
  if (url === undefined) return [phrase('alert.id', { ...code, source })]
  return [phrase('alert.id.linked', code), { label: phrase('alert.link', { source }), url }]
}

const order = (label: Phrase, command: string, args: Record<string, string>, style?: 'primary' | 'danger'): Button => ({
  label,
  does: { kind: 'order', command, args },
  ...(style ? { style } : {}),
})

/** What a night on call asks for first. */
function buttonsOf({ id, alert, acknowledgedBy }: KeptAlert, { target, ...offers }: AlertOffers): readonly Button[] {
  const incident = {
    title: alert.title,
    severity: severityOfIncident[alert.severity],
    ...(target ? { service: target.service } : {}),
  }
  return [
    ...(acknowledgedBy === null ? [order(phrase('button.alert.ack'), 'alerts.ack', { id }, 'primary')] : []),
    ...(target ? [order(phrase('button.logs'), 'logs', { ...target })] : []),
    ...(offers.hasIncidents ? [order(phrase('button.alert.incident'), 'incident.open', incident)] : []),
    ...(target && offers.suspect ? [order(phrase('button.alert.rollback'), 'rollback', { ...target }, 'danger')] : []),
  ]
}

/** The rest. */
function moreOf(kept: KeptAlert, { hasTickets }: AlertOffers, now: number): readonly Button[] {
  const { id, alert } = kept
  const ticket = { title: `${alert.title} (${id.slice(0, 8)})` }
  return [
    ...(isOpen(kept, now)
      ? mutes.map(([label, howLong]) => order(phrase(label), 'alerts.quiet', { id, ...howLong }))
      : [order(phrase('button.unmute'), 'alerts.loud', { id })]),
    ...(hasTickets ? [order(phrase('button.alert.ticket'), 'ticket.create', ticket)] : []),
  ]
}

/** The collective message of a storm. */
export function sayStorm(storm: AlertStorm, total: number, firing: number): Answer {
  const isOver = firing === 0
  const show: Button = {
    label: phrase('button.alert.show'),
    does: { kind: 'order', command: 'alerts.received', args: { id: storm.id } },
  }
  return {
    kind: 'notice',
    title: phrase(isOver ? 'storm.over' : 'storm.title', { n: total }),
    lines: [phrase('storm.text', { n: firing })],
    buttons: [show, { label: phrase('button.home'), does: { kind: 'open', surface: 'home' } }],
  }
}
