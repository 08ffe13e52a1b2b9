import { createHash } from 'node:crypto'
import type { Alert, AlertSource, Severity } from '../../domain/alert.ts'

export type Json = { readonly [name: string]: unknown }

/** An object, neither an array nor `null`. */
export const isObject = (value: unknown): value is Json =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** The object, or an empty one in place of anything else: payloads lack what they like. */
export const objectOf = (value: unknown): Json => (isObject(value) ? value : {})

/** The array, or an empty one in place of anything else. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** A foreign text: one line of it, without control characters, cut. */
export function textOf(value: unknown, longest: number): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'string') return ''
  // Cut before it is looked through: it may be a megabyte.
  const plain = value
    .slice(0, longest * 4)
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
  const letters = [...plain]
  return letters.length <= longest ? plain : `${letters.slice(0, longest - 1).join('')}…`
}

export const longestTitle = 150
export const longestSummary = 500
const mostLabels = 30
const longestName = 60
const longestValue = 120
const mostLinks = 3
const longestLink = 1_500

/** Labels of one alert: 30, by their names, each short. */
export function labelsOf(value: unknown): Readonly<Record<string, string>> {
  const labels: Record<string, string> = Object.create(null) as Record<string, string>
  let n = 0
  for (const [name, each] of Object.entries(objectOf(value)).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const key = textOf(name, longestName)
    const text = textOf(each, longestValue)
    if (key === '' || text === '') continue
    labels[key] = text
    n += 1
    if (n >= mostLabels) break
  }
  return { ...labels }
}

/** Whole web addresses, once each. */
export function linksOf(...values: readonly unknown[]): readonly string[] {
  const links = values.filter((value): value is string => {
    if (typeof value !== 'string' || value.length > longestLink || !/^https?:\/\/\S+$/.test(value)) return false
    const url = URL.canParse(value) ? new URL(value) : null
    return url !== null && url.username === '' && url.password === ''
  })
  return [...new Set(links)].slice(0, mostLinks)
}

/** A moment in ISO 8601 or ms or s since 1970; `null` = none, also Go's zero time. */
export function timeOf(value: unknown): number | null {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.slice(0, 40) : ''
  const at = /^\d{9,14}$/.test(text) ? Number(text) * (text.length <= 11 ? 1000 : 1) : Date.parse(text)
  return Number.isFinite(at) && at > 0 && at < 8e15 ? Math.floor(at) : null
}

const names: Readonly<Record<Severity, RegExp>> = {
  critical: /^(?:critical|crit|page|p0|p1|sev-?[01]|emergency|fatal|disaster|blocker)$/i,
  error: /^(?:error|err|major|high|p2|sev-?2|severe)$/i,
  warning: /^(?:warning|warn|minor|medium|p3|sev-?3|average)$/i,
  info: /^(?:info|informational|information|notice|none|low|p4|p5|sev-?[45]|debug|ok)$/i,
}

/** What a rule calls its severity; `null` = nothing that is known. */
export function severityOf(...values: readonly unknown[]): Severity | null {
  for (const value of values) {
    const text = textOf(value, 30)
    for (const severity of ['critical', 'error', 'warning', 'info'] as const) {
      if (names[severity].test(text)) return severity
    }
  }
  return null
}

const serviceLabels = [
  'service',
  'service_name',
  'app',
  'application',
  'app_kubernetes_io_name',
  'deployment',
  'component',
]
const environmentLabels = ['environment', 'env', 'deployment_environment', 'stage', 'namespace']

const firstOf = (labels: Readonly<Record<string, string>>, wanted: readonly string[]): string | null => {
  for (const name of wanted) if (labels[name] !== undefined) return labels[name]
  return null
}

/** The service that labels name, by the first of the usual labels that is there; `null` = none is. */
export const serviceOf = (labels: Readonly<Record<string, string>>) => firstOf(labels, serviceLabels)
/** As `serviceOf`, of the environment. */
export const environmentOf = (labels: Readonly<Record<string, string>>) => firstOf(labels, environmentLabels)

/** A name of what is wrong, the same each time. */
export const fingerprintOf = (...parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)

/** An alert of a Prometheus kind: Grafana's and Alertmanager's. */
export function prometheusAlert(
  source: AlertSource,
  value: unknown,
  common: Json,
  now: number,
  links: readonly unknown[],
): Alert | null {
  if (!isObject(value)) return null
  const { status, startsAt, endsAt, fingerprint } = value
  const state = status === 'resolved' ? 'resolved' : status === 'firing' ? 'firing' : null
  if (state === null || !isObject(value.labels)) return null
  const labels = labelsOf(value.labels)
  // Looked up, not copied together: each of 10,000 alerts would copy what they have in common.
  const [own, shared] = [objectOf(value.annotations), objectOf(common.commonAnnotations)]
  const noted = (name: string): unknown => (Object.hasOwn(own, name) ? own[name] : shared[name])
  const ended = timeOf(endsAt)
  const began = timeOf(startsAt) ?? now
  const name = textOf(labels.alertname ?? noted('summary') ?? common.title, longestTitle)
  const summary = textOf(noted('summary') ?? noted('description') ?? noted('message'), longestSummary)
  return {
    source,
    fingerprint:
      typeof fingerprint === 'string' && /^[\w-]{4,64}$/.test(fingerprint) ? fingerprint : fingerprintOf(labels),
    title: name === '' ? source : name,
    summary: summary === name ? '' : summary,
    severity: severityOf(labels.severity, labels.priority, labels.level) ?? 'warning',
    service: serviceOf(labels),
    environment: environmentOf(labels),
    labels,
    links: linksOf(...links),
    state,
    at: state === 'resolved' ? Math.max(ended ?? now, began) : began,
  }
}
