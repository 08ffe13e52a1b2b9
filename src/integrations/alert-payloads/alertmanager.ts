import type { AlertReading } from '../../capabilities/alert-intake.ts'
import { type Json, listOf, objectOf, prometheusAlert } from './fields.ts'

/** Alertmanager's webhook, version 4; also where it has no fingerprints yet (before 0.20). */
export function readAlertmanager(payload: Json, now: number): AlertReading {
  if (!Array.isArray(payload.alerts)) return { kind: 'unreadable' }
  const alerts = listOf(payload.alerts).flatMap((each) => {
    const { generatorURL, annotations } = objectOf(each)
    const { runbook_url, dashboard_url } = objectOf(annotations)
    return prometheusAlert('alertmanager', each, payload, now, [runbook_url, dashboard_url, generatorURL]) ?? []
  })
  const missing = Number(payload.truncatedAlerts)
  if (alerts.length === 0) return { kind: payload.alerts.length === 0 ? 'nothing' : 'unreadable' }
  return { kind: 'alerts', alerts, missing: Number.isSafeInteger(missing) ? Math.max(0, missing) : 0 }
}
