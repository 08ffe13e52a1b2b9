import type { ReadAlerts } from '../../capabilities/alert-intake.ts'
import { readAlertmanager } from './alertmanager.ts'
import { readDatadog } from './datadog.ts'
import { isObject } from './fields.ts'
import { readGithub } from './github.ts'
import { readGrafana } from './grafana.ts'

/** Reads the webhooks of every source that sends some. */
export const readAlerts: ReadAlerts = (source, { headers, body }, now) => {
  let payload: unknown
  try {
    payload = JSON.parse(body)
  } catch {
    return { kind: 'unreadable' }
  }
  if (!isObject(payload)) return { kind: 'unreadable' }
  switch (source) {
    case 'grafana':
      return readGrafana(payload, now)
    case 'alertmanager':
      return readAlertmanager(payload, now)
    case 'datadog':
      return readDatadog(payload, now)
    case 'github':
      return readGithub(headers['x-github-event'] ?? '', payload, now)
    case 'kubernetes':
      return { kind: 'unreadable' }
  }
}
