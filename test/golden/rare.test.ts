import { describe, it } from 'vitest'
import type { Phrase } from '../../src/texts/phrase.ts'
import { phrase } from '../../src/texts/phrase.ts'
import { plainPhrase } from '../../src/texts/render.ts'
import { expectGolden } from '../helpers/golden.ts'

const people = {
  kind: 'people',
  names: ['Alice Martin', 'Carol Nguyen', 'Hugo Roy', 'Inès Faure', 'Jean Roux'],
} as const
const service = 'user-api'
const env = 'development'
const minutes = (n: number) => ({ kind: 'duration', ms: n * 60_000 }) as const

/** Sentences that take a broken cluster, a rare rule or a long life to be said: as they read, filled in. */
const rare: readonly Phrase[] = [
  phrase('failure.probe', { probe: '/healthz:8080' }),
  phrase('failure.create'),
  phrase('failure.container', { container: 'app' }),
  phrase('failure.crash', { container: 'app', exit: '1', n: 1 }),
  phrase('failure.forbidden', { resource: 'deployments', verb: 'patch' }),
  phrase('failure.forbidden.plain'),
  phrase('failure.timeout', { limit: minutes(15) }),
  phrase('deploy.now', { before: 'v2.3.1', ready: 1, total: 1 }),
  phrase('deploy.down'),
  phrase('state.cancelled', { action: phrase('action.restart', { service, env }), person: 'Bob Dupont' }),
  phrase('state.unknown', { action: phrase('action.scale', { service, n: 1, env }), step: phrase('step.patching') }),
  phrase('step.resumed'),
  phrase('error.image.template', { service, wanted: phrase('word.sha') }),
  phrase('error.noTarget', { service, env }),
  phrase('error.noTarget.next', { known: { kind: 'environments', names: ['staging', 'development', 'recette'] } }),
  phrase('error.clusterUnknown', { cluster: 'prod-9' }),
  phrase('error.targetCluster', { service, cluster: 'prod-1', env }),
  phrase('error.notFound', { what: service }),
  phrase('error.number', { n: '4711' }),
  phrase('error.tooLong'),
  phrase('error.turned'),
  phrase('error.turned.next'),
  phrase('error.order'),
  phrase('error.cluster.tls'),
  phrase('error.cluster.credentials'),
  phrase('error.cluster.conflict', { what: service }),
  phrase('error.cluster.quota'),
  phrase('error.cluster.refused', { why: 'admission webhook denied the request' }),
  phrase('error.cluster.silent'),
  phrase('error.cluster.busy'),
  phrase('error.cluster.failed', { status: 500 }),
  phrase('error.container', {
    deployment: service,
    container: 'app',
    known: { kind: 'list', items: ['web', 'proxy'] },
  }),
  phrase('error.cronJob', { cronJob: 'backup', namespace: 'prod' }),
  phrase('refused.noZone', { env }),
  phrase('refused.noZone.next', { people }),
  phrase('refused.resource', { resource: 'prod-db' }),
  phrase('refused.resource.next', { people }),
  phrase('refused.type', { actionType: phrase('type.scale') }),
  phrase('refused.who', { people }),
  phrase('refused.quota.day', { limit: 50 }),
  phrase('refused.quota.month', { tenant: 'Société X', limit: 10_000 }),
  phrase('refused.agent', { agent: 'NOX' }),
  phrase('refused.project', { resource: 'billing' }),
  phrase('refused.outside', { tenant: 'Société X' }),
  phrase('refused.flag'),
  phrase('approval.nobody', { group: 'seniors' }),
  phrase('approval.noLongerAllowed', { person: 'Bob Dupont' }),
  phrase('approval.decided'),
  phrase('approval.partial', { given: 2, needed: 3, group: 'seniors' }),
  phrase('approval.rule', { n: 2, group: 'seniors' }),
  phrase('cluster.ok', { cluster: 'prod-1' }),
  phrase('cluster.bad', { n: 7, cluster: 'prod-1' }),
  phrase('cluster.problem.node', { node: 'prod-node-1', why: 'NotReady' }),
  phrase('cluster.problem.more', { n: 1 }),
  phrase('service.moving', { service, env, ready: 1, total: 3 }),
  phrase('pods.none', { what: service, where: phrase('action.in', { env }) }),
  phrase('events.none', {
    what: service,
    where: phrase('action.in', { env }),
    since: phrase('period.in', { since: minutes(90) }),
  }),
  phrase('logs.cut', { limit: 5_000 }),
  phrase('usage.you', { used: 1, limit: 1 }),
  phrase('usage.tenant', { tenant: 'Société X', used: 9_876, limit: 10_000, forecast: 12_345 }),
  phrase('audit.title.many', {
    n: 100,
    what: phrase('audit.of.deploy'),
    thing: phrase('audit.thing', { resource: service }),
    where: phrase('action.in', { env }),
    who: phrase('audit.by', { person: 'Bob Dupont' }),
    outcome: phrase('audit.with.failed'),
    since: phrase('audit.since', { period: phrase('period.last', { since: minutes(7 * 24 * 60) }) }),
  }),
  phrase('audit.verified.last', { n: 20_000, total: 1_234_567 }),
  phrase('audit.broken', { k: 42 }),
  phrase('can.unknownPerson'),
  phrase('can.confirm', { action: phrase('action.type', { actionType: phrase('type.backup'), env }) }),
  phrase('recheck.notStarted', { n: '142' }),
  phrase('cancel.late', { n: '142' }),
  phrase('action.notYours', { n: '142', person: 'Bob Dupont' }),
  phrase('notInChannel'),
  phrase('notTaken'),
  phrase('tell.nobody'),
]

describe.each(['fr', 'en'] as const)('rare sentences in %s', (language) => {
  it('read well', async () => {
    const plain = (each: Phrase) => plainPhrase(each, language).replace(/[\u202f\u00a0]/g, ' ')
    await expectGolden(
      `rare.${language}`,
      rare.map((each) => ({ title: each.key, drawn: plain(each) })),
    )
  })
})
