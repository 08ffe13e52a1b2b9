import { describe, expect, it } from 'vitest'
import { rankByWords } from '../../src/capabilities/rank-by-words.ts'
import { wantedImage } from '../../src/commands/image.ts'
import type { Service } from '../../src/domain/catalogue.ts'
import { readAlerts } from '../../src/integrations/alert-payloads/index.ts'
import { siteOfRelease } from '../../src/integrations/github/releases.ts'
import { declaredInputs } from '../../src/integrations/github/workflows.ts'
import { toWiki } from '../../src/integrations/jira/documents.ts'
import { readNames } from '../../src/integrations/jira/settings.ts'
import { listAll } from '../../src/integrations/kubernetes/apis.ts'
import { quotaFailure } from '../../src/integrations/kubernetes/watch-rollout.ts'

const many = 400_000
const read = (source: 'datadog' | 'grafana', payload: unknown) =>
  readAlerts(source, { headers: {}, body: JSON.stringify(payload) }, 0)

// What is not read in a time that grows with the text alone outlasts the runner's limit: by hours, some of it.
describe('what a sender made to be long to read', () => {
  it('takes no longer: tags of Datadog', () => {
    const payload = { title: '[Triggered] CPU', tags: [' '.repeat(1_000_000), ' service: web:8080', ':x', 'alone'] }
    const reading = read('datadog', payload)
    expect(reading).toMatchObject({ alerts: [{ service: 'web:8080', labels: { service: 'web:8080' } }] })
    expect(Object.keys((reading.kind === 'alerts' && reading.alerts[0]?.labels) || {})).toEqual(['service'])
  })

  it('takes no longer: annotations that many alerts have in common', () => {
    const names = Array.from({ length: 50_000 }, (_, n) => [`n${n}`, ''])
    const commonAnnotations = { ...Object.fromEntries(names), summary: 'in common', description: 'more' }
    const own = [{ summary: 'its own' }, { description: 'no summary' }, undefined]
    const alerts = Array.from({ length: 12_000 }, (_, n) => ({
      status: 'firing',
      labels: { alertname: 'a' },
      annotations: own[n],
    }))
    const reading = read('grafana', { alerts, commonAnnotations })
    const told = reading.kind === 'alerts' ? reading.alerts.map(({ summary }) => summary) : []
    expect([told.length, ...told.slice(0, 3)]).toEqual([12_000, 'its own', 'in common', 'in common'])
  })

  it('takes no longer: the branch of an image', () => {
    const service = { name: 'web', imageTemplate: 'r.example/{service}:{branch-slug}', defaultBranch: 'main' }
    const image = (branch: string) => wantedImage(service as Service, { branch }).image
    expect(image(`-.a${'-'.repeat(many)}b`)).toBe('r.example/web:a')
    expect(image(`/${'a'.repeat(127)}/b`)).toBe(`r.example/web:${'a'.repeat(127)}`)
  })

  it('takes no longer: blanks in what goes to Jira', () => {
    expect(toWiki(`a${' '.repeat(many)}# b`)).toBe(`a${' '.repeat(many)}# b`)
    expect(toWiki(`\n${' '.repeat(many)}# b`)).toBe(`\n${' '.repeat(many)}\\# b`)
    expect(toWiki('# a\n h1. b\nc # d h2. e\nbq. f')).toBe('\\# a\n h1&#46; b\nc # d h2. e\nbq&#46; f')
  })

  it('takes no longer: the words of a search', () => {
    const titles = Array.from({ length: many }, (_, n) => `a ${n}`)
    expect(rankByWords(titles, 'a '.repeat(20_000), (title) => title)).toHaveLength(many)
  })
})

describe('what a vendor made to be long to read', () => {
  it('takes no longer: the address of a release', () => {
    expect(siteOfRelease('https://github.com/acme/releases/releases/tag/v1')).toBe('https://github.com/acme/releases')
    expect(siteOfRelease(`${'/releases/'.repeat(many)}\n`)).toBe(`${'/releases/'.repeat(many)}\n`)
  })

  it('takes no longer: a workflow', () => {
    const keys = Array.from({ length: 40_000 }, (_, n) => `k${n.toString(36)}:`)
    const start = 'on:\n  workflow_dispatch:\n    inputs:\n      sha:\n'
    expect(declaredInputs(`${start}${keys.join('\n')}`)).toEqual(['sha'])
    // Each key is not compared with all others: GitHub itself refuses a workflow that has one twice.
    expect(declaredInputs('name: a\nname: b\non: workflow_dispatch')).toEqual([])
    expect(declaredInputs(`${start}${'#'.repeat(many)}`)).toBeNull()
  })

  it('takes no longer: what is told of a quota', () => {
    const message = (rest: string) => `exceeded quota: a, requested: cpu=2, used: cpu=9, limited: cpu=10${rest}`
    expect(quotaFailure(message(' '.repeat(many)), 'prod').reason).toBe('Quota')
    expect(quotaFailure(`used: cpu=${'9'.repeat(many)}, limited: `, 'prod').reason).toBe('Other')
    expect(quotaFailure('used: a=b '.repeat(many), 'prod').reason).toBe('Other')
  })

  it('is held to the length of a list, where a cluster gives more than a page', async () => {
    const items = Array.from({ length: 20_000 }, (_, n) => n)
    expect(await listAll(async () => ({ items, metadata: { _continue: 'more' } }))).toEqual(items.slice(0, 5_000))
  })
})

it('takes no longer: the names that an admin gave to types and priorities', () => {
  expect(readNames(`bug=${'\t'.repeat(many)}a${'\t'.repeat(many)}\u0000`)).toBeNull()
  expect(readNames(' ops.Bug =\tAno = malie  \n\nhigh=Haute')).toEqual(
    new Map([
      ['OPS.bug', 'Ano = malie'],
      ['high', 'Haute'],
    ]),
  )
  expect(readNames('bug = ')).toBeNull()
  expect(readNames(`bug = ${'a'.repeat(81)}`)).toBeNull()
})
