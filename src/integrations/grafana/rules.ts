import type { AlertRule, Alerts } from '../../capabilities/alerts.ts'
import { type Labels, serviceOf } from '../shared/alertmanager-alerts.ts'
import { listOf } from '../shared/read-answer.ts'
import type { GrafanaClient } from './client.ts'

interface Rule {
  readonly uid?: string
  readonly title: string
  readonly labels?: Labels
  readonly isPaused?: boolean
}

const ruleShape = { uid: 'text', title: 'text', labels: {}, isPaused: 'switch' } as const
const instanceShape = { labels: {} } as const

/** The label by which Grafana's own alerts name their rule. */
const ruleLabel = '__alert_rule_uid__'

/**
 * The rules of Grafana's own alerting, each with what fires of it now.
 * @param manager where its alert manager stands below the client's base
 */
export function createRules(client: GrafanaClient, manager: string): NonNullable<Alerts['rules']> {
  return async ({ service }, call) => {
    const query = { active: 'true', silenced: 'true' }
    const [rules, instances] = await Promise.all([
      client.send({ path: '/v1/provisioning/alert-rules' }, call),
      client.send({ path: `${manager}/alerts`, query }, call),
    ])
    const firing = new Set(
      listOf<{ readonly labels: Labels }>('Grafana', instances, instanceShape, ['labels']).map(
        ({ labels }) => labels[ruleLabel] ?? labels.alertname,
      ),
    )
    const read = ({ uid, title, labels = {}, isPaused }: Rule): AlertRule => ({
      id: uid ?? title,
      title,
      severity: labels.severity ?? null,
      service: serviceOf(labels),
      state: isPaused ? 'paused' : firing.has(uid ?? title) || firing.has(title) ? 'firing' : 'well',
      url: uid === undefined ? null : `${client.site}/alerting/grafana/${encodeURIComponent(uid)}/view`,
    })
    return listOf<Rule>('Grafana', rules, ruleShape, ['title'])
      .map(read)
      .filter((each) => service === undefined || each.service === service)
  }
}
