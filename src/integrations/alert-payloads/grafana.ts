import type { AlertReading } from '../../capabilities/alert-intake.ts'
import type { Alert } from '../../domain/alert.ts'
import {
  environmentOf,
  fingerprintOf,
  type Json,
  labelsOf,
  linksOf,
  listOf,
  longestSummary,
  longestTitle,
  objectOf,
  prometheusAlert,
  serviceOf,
  severityOf,
  textOf,
} from './fields.ts'

/** Grafana's unified alerting (8 and later), and the alerting of panels that Grafana had before (until 10). */
export function readGrafana(payload: Json, now: number): AlertReading {
  if (Array.isArray(payload.alerts)) {
    const alerts = payload.alerts.flatMap((each) => {
      const { dashboardURL, panelURL, generatorURL } = objectOf(each)
      return prometheusAlert('grafana', each, payload, now, [panelURL, dashboardURL, generatorURL]) ?? []
    })
    const missing = Number(payload.truncatedAlerts)
    if (alerts.length === 0) return { kind: listOf(payload.alerts).length === 0 ? 'nothing' : 'unreadable' }
    return { kind: 'alerts', alerts, missing: Number.isSafeInteger(missing) ? Math.max(0, missing) : 0 }
  }
  const legacy = readPanel(payload, now)
  return legacy ? { kind: 'alerts', alerts: [legacy], missing: 0 } : { kind: 'unreadable' }
}

function readPanel(
  { ruleId, ruleName, ruleUrl, state, title, message, tags, dashboardId, panelId }: Json,
  now: number,
): Alert | null {
  const isOver = state === 'ok' || state === 'paused'
  if (ruleId === undefined || !(isOver || state === 'alerting' || state === 'no_data')) return null
  const labels = labelsOf(tags)
  return {
    source: 'grafana',
    fingerprint: fingerprintOf('panel', ruleId, dashboardId, panelId),
    title: textOf(ruleName ?? title, longestTitle) || 'Grafana',
    summary: textOf(message, longestSummary),
    severity: severityOf(labels.severity, labels.priority) ?? 'warning',
    service: serviceOf(labels),
    environment: environmentOf(labels),
    labels,
    links: linksOf(ruleUrl),
    state: isOver ? 'resolved' : 'firing',
    // It tells no moment: it is taken as it comes in.
    at: now,
  }
}
