import type { AlertReading } from '../../capabilities/alert-intake.ts'
import type { Severity } from '../../domain/alert.ts'
import {
  environmentOf,
  fingerprintOf,
  type Json,
  labelsOf,
  linksOf,
  longestSummary,
  longestTitle,
  serviceOf,
  severityOf,
  textOf,
  timeOf,
} from './fields.ts'

/** A variable that Datadog did not fill in stands as it was written. */
const filled = (value: unknown): unknown => (typeof value === 'string' && /^\$[A-Z_]+$/.test(value) ? undefined : value)

/** `service:user-api,env:prod,team:a` as labels; a word without a value is left out. */
function tagsOf(value: unknown): Readonly<Record<string, string>> {
  const words = typeof value === 'string' ? value.slice(0, 20_000).split(',') : Array.isArray(value) ? value : []
  const pairs = words.flatMap((word) => {
    const tag = String(word)
    const colon = tag.indexOf(':')
    return colon < 1 ? [] : [[tag.slice(0, colon).trimStart(), tag.slice(colon + 1)] as const]
  })
  return labelsOf(Object.fromEntries(pairs))
}

const byTransition = (transition: string): Severity => (/warn/i.test(transition) ? 'warning' : 'error')

/**
 * Datadog's webhook, with the payload that NOX asks for (docs/alerts.md), or Datadog's own default, whose title alone
 * tells the transition: `[Triggered on {host:a}] CPU`.
 */
export function readDatadog(payload: Json, now: number): AlertReading {
  const field = (name: string) => filled(payload[name])
  const title = textOf(field('title'), longestTitle)
  const transition =
    textOf(field('transition'), 30) || (/^\[([A-Za-z][A-Za-z -]*?)(?: on [^\]]*)?\]/.exec(title)?.[1] ?? '')
  if (!/^(?:re-?)?(?:triggered|notify|renotify|warn|no data|recovered)$/i.test(transition)) {
    return { kind: title === '' ? 'unreadable' : 'nothing' }
  }
  const labels = tagsOf(field('tags'))
  const monitor = field('alert_id')
  const group = field('aggreg_key') ?? field('scope') ?? ''
  const name = title.replace(/^\[[^\]]*\]\s*/, '') || 'Datadog'
  const isOver = /recovered/i.test(transition)
  return {
    kind: 'alerts',
    missing: 0,
    alerts: [
      {
        source: 'datadog',
        fingerprint: monitor === undefined ? fingerprintOf('title', name) : fingerprintOf('monitor', monitor, group),
        title: name,
        summary: textOf(field('message') ?? field('body'), longestSummary),
        severity: severityOf(field('priority')) ?? byTransition(transition),
        service: serviceOf(labels),
        environment: environmentOf(labels),
        labels,
        links: linksOf(field('link')),
        state: isOver ? 'resolved' : 'firing',
        at: timeOf(field('date')) ?? timeOf(field('last_updated')) ?? now,
      },
    ],
  }
}
