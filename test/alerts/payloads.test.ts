import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Alert, AlertSource } from '../../src/domain/alert.ts'
import { readAlerts } from '../../src/integrations/alert-payloads/index.ts'
import * as payloads from './payloads.ts'

const now = Date.parse('2026-03-01T12:00:00Z')
const read = (source: AlertSource, payload: unknown, headers = {}) =>
  readAlerts(source, { headers, body: JSON.stringify(payload) }, now)
const alertsOf = (source: AlertSource, payload: unknown, headers = {}): readonly Alert[] => {
  const reading = read(source, payload, headers)
  if (reading.kind !== 'alerts') throw new Error(reading.kind)
  return reading.alerts
}
const event = { 'x-github-event': 'workflow_run' }

describe('payloads in the forms that their vendors document', () => {
  it('reads Grafana’s', () => {
    const [high, cpu] = alertsOf('grafana', payloads.grafana)
    expect(high).toMatchObject({
      source: 'grafana',
      fingerprint: 'c6eadffa33fcdf37',
      title: 'High memory usage',
      summary: 'This alert was triggered for zone us-1',
      severity: 'critical',
      service: 'user-api',
      environment: 'prod',
      links: ['https://play.grafana.org/alerting/1afz29v7z/edit'],
      state: 'firing',
      at: Date.parse('2021-10-12T07:51:03.157Z'),
    })
    expect(cpu).toMatchObject({ state: 'resolved', severity: 'warning', at: Date.parse('2021-10-12T07:58:03.157Z') })
  })

  it('reads Grafana’s from before unified alerting', () => {
    const [panel] = alertsOf('grafana', payloads.grafanaPanel)
    const [over] = alertsOf('grafana', { ...payloads.grafanaPanel, state: 'ok' })
    expect(panel).toMatchObject({ title: 'Panel Title alert', service: 'billing', state: 'firing', at: now })
    expect(over).toMatchObject({ state: 'resolved', fingerprint: panel?.fingerprint })
  })

  it('reads Alertmanager’s, with fingerprints and before there were some', () => {
    const [down] = alertsOf('alertmanager', payloads.alertmanager)
    expect(down).toMatchObject({
      fingerprint: '5ef77f1f8a3ecfac',
      severity: 'critical',
      service: 'web',
      environment: 'staging',
      links: ['https://runbooks.example.com/down', 'http://prometheus:9090/graph?g0.expr=up+%3D%3D+0'],
    })
    const [old] = alertsOf('alertmanager', payloads.oldAlertmanager)
    const [end] = alertsOf('alertmanager', {
      ...payloads.oldAlertmanager,
      alerts: [{ ...payloads.oldAlertmanager.alerts[0], status: 'resolved', endsAt: '2026-03-01T11:00:00Z' }],
    })
    expect(end).toMatchObject({ state: 'resolved', fingerprint: old?.fingerprint })
    expect(read('alertmanager', { ...payloads.alertmanager, truncatedAlerts: 4 })).toMatchObject({ missing: 4 })
  })

  it('reads Datadog’s, ours and its own', () => {
    const [slow] = alertsOf('datadog', payloads.datadog)
    const [over] = alertsOf('datadog', { ...payloads.datadog, transition: 'Recovered', date: '1406662673000' })
    expect(slow).toMatchObject({
      title: '[Triggered on {service:checkout}] Checkout answers slowly',
      severity: 'critical',
      service: 'checkout',
      environment: 'prod',
      state: 'firing',
      at: 1_406_662_672_000,
      links: ['https://app.datadoghq.com/event/event?id=123456'],
    })
    expect(over).toMatchObject({ state: 'resolved', fingerprint: slow?.fingerprint })
    expect(alertsOf('datadog', { ...payloads.datadog, transition: 'Warn', priority: '$ALERT_PRIORITY' })).toMatchObject(
      [{ severity: 'warning' }],
    )
    const [cpu] = alertsOf('datadog', payloads.datadogDefault)
    const [cool] = alertsOf('datadog', {
      ...payloads.datadogDefault,
      title: payloads.datadogDefault.title.replace('Triggered', 'Recovered'),
    })
    expect(cpu).toMatchObject({ title: 'CPU is high', state: 'firing' })
    expect(cool).toMatchObject({ state: 'resolved', fingerprint: cpu?.fingerprint })
    expect(read('datadog', { title: 'A new user signed up' })).toEqual({ kind: 'nothing' })
  })

  it('reads failed runs of GitHub’s default branch, and what ends them', () => {
    const [failed] = alertsOf('github', payloads.github('failure'), event)
    const [passed] = alertsOf('github', payloads.github('success'), event)
    expect(failed).toMatchObject({ title: 'CI · societe-x/user-api', state: 'firing', severity: 'error' })
    expect(passed).toMatchObject({ state: 'resolved', fingerprint: failed?.fingerprint })
    for (const over of [{ head_branch: 'feature' }, { event: 'pull_request' }, { conclusion: 'cancelled' }]) {
      expect(read('github', payloads.github('failure', over), event)).toEqual({ kind: 'nothing' })
    }
    expect(read('github', { zen: 'x' }, { 'x-github-event': 'ping' })).toEqual({ kind: 'nothing' })
  })

  it('reads GitHub’s failed deployments and the checks of other apps, and what ends them', () => {
    const deployment = { 'x-github-event': 'deployment_status' }
    const [failed] = alertsOf('github', payloads.githubDeployment('failure'), deployment)
    const [error] = alertsOf('github', payloads.githubDeployment('error'), deployment)
    const [done] = alertsOf('github', payloads.githubDeployment('success'), deployment)
    expect(failed).toMatchObject({
      title: 'Deployment: production · societe-x/user-api',
      summary: 'Health checks failed',
      environment: 'production',
      state: 'firing',
      links: ['https://github.com/societe-x/user-api/actions/runs/7/job/9'],
    })
    expect(error).toMatchObject({ state: 'firing', fingerprint: failed?.fingerprint })
    expect(done).toMatchObject({ state: 'resolved', fingerprint: failed?.fingerprint })
    for (const state of ['queued', 'pending', 'in_progress', 'inactive']) {
      expect(read('github', payloads.githubDeployment(state), deployment)).toEqual({ kind: 'nothing' })
    }
    const checks = { 'x-github-event': 'check_suite' }
    const [red] = alertsOf('github', payloads.githubChecks('failure'), checks)
    const [green] = alertsOf('github', payloads.githubChecks('success'), checks)
    expect(red).toMatchObject({ title: 'CircleCI Checks · societe-x/user-api', state: 'firing' })
    expect(green).toMatchObject({ state: 'resolved', fingerprint: red?.fingerprint })
    // It tells of these by workflow_run.
    expect(read('github', payloads.githubChecks('failure', 'github-actions'), checks)).toEqual({ kind: 'nothing' })
  })

  it('cuts and cleans whatever stands in it', () => {
    const long = 'x'.repeat(100_000)
    const labels = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`l${n}${long}`, long]))
    const hostile = {
      ...payloads.grafana.alerts[0],
      labels: { ...labels, alertname: `<!here>\u0000\u202e ${long}`, service: long, __proto__: 'x' },
      annotations: { summary: { deep: true } },
      generatorURL: 'javascript:alert(1)',
      dashboardURL: 'https://user:secret@example.com/',
      fingerprint: '../../x',
      unknown: { field: [1] },
    }
    const [alert] = alertsOf('grafana', { alerts: [hostile, null, 7, { status: 'odd' }] })
    expect(JSON.stringify(alert).length).toBeLessThan(10_000)
    expect(alert?.links).toEqual([])
    expect(alert?.fingerprint).toMatch(/^[0-9a-f]{32}$/)
    expect(Object.keys(alert?.labels ?? {})).toHaveLength(30)
    expect(alert?.title).not.toMatch(/\p{Cc}|\p{Cf}/u)
  })

  it('never throws, whatever comes in', () => {
    const sources = fc.constantFrom<AlertSource>('grafana', 'alertmanager', 'datadog', 'github', 'kubernetes')
    const keys = fc.constantFrom(
      'alerts',
      'status',
      'labels',
      'startsAt',
      'ruleId',
      'state',
      'title',
      'workflow_run',
      'action',
    )
    const value = fc.letrec((tie) => ({
      any: fc.oneof(fc.jsonValue(), fc.dictionary(keys, tie('any')), fc.array(tie('any'), { maxLength: 3 })),
    })).any
    fc.assert(
      fc.property(sources, value, (source, payload) => {
        expect(['alerts', 'nothing', 'unreadable']).toContain(read(source, payload, event).kind)
      }),
    )
    expect(readAlerts('grafana', { headers: {}, body: '{' }, now)).toEqual({ kind: 'unreadable' })
  })
})
