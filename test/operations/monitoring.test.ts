import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { SyntaxNode } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { createMetrics } from '../../src/observability/metrics.ts'

const root = resolve(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(resolve(root, path), 'utf8')

interface Rule {
  readonly alert: string
  readonly expr: string
  readonly for?: string
  readonly labels: { readonly severity: string }
  readonly annotations: { readonly summary: string; readonly runbook: string }
}
interface Panel {
  readonly title: string
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  readonly targets: readonly { readonly expr: string }[]
}

const rules = (parse(read('monitoring/alerts.yml')) as { groups: { rules: Rule[] }[] }).groups.flatMap(
  (each) => each.rules,
)
const dashboard = JSON.parse(read('monitoring/dashboard.json')) as {
  panels: Panel[]
  templating: { list: { name: string }[] }
}
/** What Grafana fills in before Prometheus sees it. */
const filled = (expr: string) => expr.replaceAll('$__rate_interval', '5m').replaceAll('$job', 'nox')

interface Selector {
  readonly metric: string
  /** Labels that are compared, with the value. */
  readonly matchers: readonly (readonly [string, string, string])[]
}

/** What a query asks for, by Prometheus' own grammar. @throws Error where it is no PromQL */
function readQuery(expr: string): { readonly selectors: readonly Selector[]; readonly groupedBy: readonly string[] } {
  const text = (node: SyntaxNode) => expr.slice(node.from, node.to)
  const selectors: Selector[] = []
  const groupedBy: string[] = []
  parser.parse(expr).iterate({
    enter({ node }) {
      if (node.type.isError) throw new Error(`no PromQL at ${node.from}: ${expr}`)
      if (node.name === 'GroupingLabels') groupedBy.push(...node.getChildren('LabelName').map(text))
      if (node.name !== 'VectorSelector') return
      const metric = node.getChild('Identifier')
      const matchers = (node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []).map((each) => {
        const [name, operator, value] = ['LabelName', 'MatchOp', 'StringLiteral'].map((kind) => each.getChild(kind))
        return [name ? text(name) : '', operator ? text(operator) : '', value ? text(value).slice(1, -1) : ''] as const
      })
      selectors.push({ metric: metric ? text(metric) : '', matchers })
    },
  })
  return { selectors, groupedBy }
}

/** Labels that Prometheus itself puts on what it reads. */
const ofPrometheus = ['job', 'instance']
const exposed = new Map<string, Map<string, Set<string>>>()
beforeAll(async () => {
  const metrics = createMetrics({ countOpen: async () => ({ running: 1, waiting: 1 }) })
  for (const status of [200, 500]) metrics.eventReceived('mention', status, 0.01)
  for (const result of ['done', 'failed', 'unknown', 'refused'] as const) metrics.actionEnded('deploy', result, 5)
  for (const result of ['ok', 'limited', 'refused', 'unknown']) metrics.callMade('chat.postMessage', result, 0.1)
  for (const at of ['meter', 'counter'] as const) metrics.differenceFound(at)
  for (const line of (await metrics.expose()).split('\n')) {
    const [, name, labels = ''] = /^([a-z_0-9]+)(?:\{(.*)\})? /.exec(line) ?? []
    if (!name) continue
    const known = exposed.get(name) ?? new Map<string, Set<string>>()
    for (const [, label = '', value = ''] of labels.matchAll(/(\w+)="([^"]*)"/g)) {
      known.set(label, (known.get(label) ?? new Set()).add(value))
    }
    exposed.set(name, known)
  }
})

/** What a query asks for that NOX does not expose. */
function wrong(expr: string): readonly string[] {
  const { selectors, groupedBy } = readQuery(filled(expr))
  const problems = selectors.length === 0 ? ['it asks for nothing'] : []
  for (const { metric, matchers } of selectors) {
    const labels = metric === 'up' ? new Map() : exposed.get(metric)
    if (!labels) problems.push(`there is no ${metric}`)
    for (const [label, operator, value] of matchers) {
      if (ofPrometheus.includes(label)) continue
      const values = [...((labels?.get(label) as Set<string> | undefined) ?? [])]
      const fits = (each: string) => (operator.endsWith('~') ? new RegExp(`^(?:${value})$`).test(each) : each === value)
      if (!values.some(fits)) problems.push(`${metric} has no ${label}${operator}${value}`)
    }
    if (!matchers.some(([label]) => label === 'job')) problems.push(`${metric} of any job`)
    for (const label of groupedBy) {
      if (!labels?.has(label) && !ofPrometheus.includes(label)) problems.push(`${metric} has no label ${label}`)
    }
  }
  return problems
}

it('a query that is wrong is told', () => {
  expect(wrong('sum(rate(nox_event_total{job="nox"}[5m]))')).toContain('there is no nox_event_total')
  expect(wrong('nox_actions_total{job="nox", result="lost"}')).toContain('nox_actions_total has no result=lost')
  expect(wrong('sum by (verb) (nox_actions_total{job="nox"})')).toContain('nox_actions_total has no label verb')
  expect(() => readQuery('sum(rate(nox_events_total[5m])')).toThrow('no PromQL')
})

describe('the alert rules', () => {
  it.each(rules)(
    '$alert asks for what NOX exposes, and says what to do',
    ({ alert, expr, labels, annotations, ...rest }) => {
      expect(wrong(expr)).toEqual([])
      expect(alert).toMatch(/^Nox[A-Za-z]+$/)
      expect(['warning', 'critical']).toContain(labels.severity)
      expect(annotations.summary).toMatch(/\.$/)
      if (rest.for !== undefined) expect(rest.for).toMatch(/^\d+[mh]$/)
      const [path = '', anchor] = annotations.runbook.split('#')
      const headings = [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
        title.toLowerCase().replaceAll(' ', '-'),
      )
      expect(headings).toContain(anchor)
    },
  )

  it('are many, and each has its own name', () => {
    expect(rules.length).toBeGreaterThan(8)
    expect(new Set(rules.map((each) => each.alert)).size).toBe(rules.length)
  })
})

describe('the Grafana dashboard', () => {
  it.each(dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ title, expr }))))(
    '"$title" asks for what NOX exposes: $expr',
    ({ expr }) => {
      expect(wrong(expr)).toEqual([])
    },
  )

  it('shows every metric of NOX, in panels that do not cover each other', () => {
    const shown = dashboard.panels
      .flatMap((each) => each.targets)
      .map((each) => each.expr)
      .join(' ')
    const own = [...exposed.keys()]
      .filter((name) => name.startsWith('nox_'))
      .map((name) => name.replace(/_(bucket|sum|count)$/, ''))
    expect(own.length).toBeGreaterThan(6)
    expect(own.filter((name) => !shown.includes(name))).toEqual([])
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) => {
      expect(x + w).toBeLessThanOrEqual(24)
      return Array.from({ length: w * h }, (_, at) => `${x + (at % w)}.${y + Math.floor(at / w)}`)
    })
    expect(new Set(cells).size).toBe(cells.length)
    expect(dashboard.templating.list.map((each) => each.name)).toEqual(['datasource', 'job'])
  })
})
