/** Payloads as their vendors document them, in every form that is in use. */

/** Grafana 9 to 12: grafana.com/docs, "Webhook notifications" of unified alerting. */
export const grafana = {
  receiver: 'My Super Webhook',
  status: 'firing',
  orgId: 1,
  alerts: [
    {
      status: 'firing',
      labels: {
        alertname: 'High memory usage',
        team: 'blue',
        zone: 'us-1',
        service: 'user-api',
        env: 'prod',
        severity: 'critical',
      },
      annotations: {
        description: 'The system has high memory usage',
        runbook_url: 'https://myrunbook.com/runbook/1234',
        summary: 'This alert was triggered for zone us-1',
      },
      startsAt: '2021-10-12T09:51:03.157076+02:00',
      endsAt: '0001-01-01T00:00:00Z',
      generatorURL: 'https://play.grafana.org/alerting/1afz29v7z/edit',
      fingerprint: 'c6eadffa33fcdf37',
      silenceURL: 'https://play.grafana.org/alerting/silence/new?alertmanager=grafana',
      dashboardURL: '',
      panelURL: '',
      values: { B: 44.23943737541908, C: 1 },
    },
    {
      status: 'resolved',
      labels: { alertname: 'High CPU usage', team: 'blue', zone: 'eu-1' },
      annotations: { description: 'The system has high CPU usage', summary: 'This alert was triggered for zone eu-1' },
      startsAt: '2021-10-12T09:56:03.157076+02:00',
      endsAt: '2021-10-12T09:58:03.157076+02:00',
      generatorURL: 'https://play.grafana.org/alerting/d1rdpdv7k/edit',
      fingerprint: 'bc97ff14869b13e3',
      silenceURL: 'https://play.grafana.org/alerting/silence/new?alertmanager=grafana',
      dashboardURL: '',
      panelURL: '',
      values: { B: 44.23943737541908, C: 1 },
    },
  ],
  groupLabels: {},
  commonLabels: { team: 'blue' },
  commonAnnotations: {},
  externalURL: 'https://play.grafana.org/',
  version: '1',
  groupKey: '{}:{}',
  truncatedAlerts: 0,
  title: '[FIRING:2]  (blue)',
  state: 'alerting',
  message: '**Firing**',
}

/** The alerting of panels, until Grafana 10. */
export const grafanaPanel = {
  dashboardId: 1,
  evalMatches: [{ value: 1, metric: 'Count', tags: {} }],
  imageUrl: 'https://grafana.com/assets/img/blog/mixed_styles.png',
  message: 'Notification Message',
  orgId: 1,
  panelId: 2,
  ruleId: 1,
  ruleName: 'Panel Title alert',
  ruleUrl: 'http://localhost:3000/d/hZ7BuVbWz/test-dashboard?fullscreen&edit&tab=alert&panelId=2&orgId=1',
  state: 'alerting',
  tags: { service: 'billing', severity: 'warning' },
  title: '[Alerting] Panel Title alert',
}

/** prometheus.io/docs, "webhook_config", version 4. */
export const alertmanager = {
  version: '4',
  groupKey: '{}:{alertname="InstanceDown"}',
  truncatedAlerts: 0,
  status: 'firing',
  receiver: 'nox',
  groupLabels: { alertname: 'InstanceDown' },
  commonLabels: { alertname: 'InstanceDown', job: 'node', severity: 'page' },
  commonAnnotations: { summary: 'Instance down' },
  externalURL: 'http://alertmanager:9093',
  alerts: [
    {
      status: 'firing',
      labels: {
        alertname: 'InstanceDown',
        instance: 'a:9100',
        job: 'node',
        severity: 'page',
        namespace: 'staging',
        app: 'web',
      },
      annotations: { summary: 'Instance down', runbook_url: 'https://runbooks.example.com/down' },
      startsAt: '2026-03-01T10:00:00.000Z',
      endsAt: '0001-01-01T00:00:00Z',
      generatorURL: 'http://prometheus:9090/graph?g0.expr=up+%3D%3D+0',
      fingerprint: '5ef77f1f8a3ecfac',
    },
  ],
}

const { fingerprint: _, ...withoutFingerprint } = alertmanager.alerts[0] as (typeof alertmanager.alerts)[number]
/** Before Alertmanager 0.20: no fingerprints. */
export const oldAlertmanager = { ...alertmanager, alerts: [withoutFingerprint] }

/** Datadog with the payload that NOX asks for. */
export const datadog = {
  alert_id: '1234567',
  aggreg_key: '9bd4ac313a4d1e8fae2482df7b77628',
  transition: 'Triggered',
  priority: 'P1',
  title: '[P1] [Triggered on {service:checkout}] Checkout answers slowly',
  message: 'p95 above 2 s',
  tags: 'env:prod,monitor,service:checkout,team:shop',
  date: '1406662672000',
  link: 'https://app.datadoghq.com/event/event?id=123456',
}

/** Datadog's own default payload. */
export const datadogDefault = {
  body: '%%%\n@webhook-nox\n%%%',
  last_updated: '1406662672000',
  event_type: 'metric_alert_monitor',
  title: '[Triggered on {host:i-0a}] CPU is high',
  date: '1406662672000',
  org: { id: '1', name: 'Acme' },
  id: '2103904910',
}

/** GitHub's deployment_status, as of its webhooks' documentation. */
export const githubDeployment = (state: string) => ({
  action: 'created',
  deployment_status: {
    id: 1_234,
    state,
    description: 'Health checks failed',
    environment: 'production',
    target_url: '',
    log_url: 'https://github.com/societe-x/user-api/actions/runs/7/job/9',
    environment_url: '',
    created_at: '2026-03-01T10:00:00Z',
    updated_at: '2026-03-01T10:00:00Z',
  },
  deployment: {
    id: 42,
    ref: 'main',
    sha: 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e',
    task: 'deploy',
    environment: 'production',
  },
  repository: {
    full_name: 'societe-x/user-api',
    default_branch: 'main',
    html_url: 'https://github.com/societe-x/user-api',
  },
})

/** GitHub's check_suite, as of its webhooks' documentation. */
export const githubChecks = (conclusion: string, slug = 'circleci-checks') => ({
  action: 'completed',
  check_suite: {
    id: 118_578_147,
    head_branch: 'main',
    head_sha: 'ec26c3e57ca3a959ca5aad62de7213c562f8c821',
    status: 'completed',
    conclusion,
    pull_requests: [],
    app: { id: 18_001, slug, name: slug === 'github-actions' ? 'GitHub Actions' : 'CircleCI Checks' },
    created_at: '2026-03-01T09:58:00Z',
    updated_at: '2026-03-01T10:00:00Z',
    head_commit: { id: 'ec26c3e57ca3a959ca5aad62de7213c562f8c821', message: 'Update README.md' },
  },
  repository: {
    full_name: 'societe-x/user-api',
    default_branch: 'main',
    html_url: 'https://github.com/societe-x/user-api',
  },
})

/** GitHub's workflow_run, as of its webhooks' documentation. */
export const github = (conclusion: string, over: object = {}) => ({
  action: 'completed',
  repository: { full_name: 'societe-x/user-api', default_branch: 'main' },
  workflow_run: {
    id: 40_299,
    workflow_id: 7,
    name: 'CI',
    display_title: 'Break it',
    head_branch: 'main',
    event: 'push',
    conclusion,
    updated_at: '2026-03-01T10:00:00Z',
    html_url: 'https://github.com/societe-x/user-api/actions/runs/40299',
    ...over,
  },
})
