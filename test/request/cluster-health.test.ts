import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asReachable, type Cluster, clusterSettings } from '../../src/domain/catalogue.ts'
import { type ErrorCode, NoxError } from '../../src/errors.ts'
import { judgeCluster } from '../../src/request/administration/cluster-health.ts'

const problem = (code: ErrorCode, facts: Record<string, string | number> = {}) => new NoxError(code, 'x', { facts })
const settings = { tenantId: 'T1', id: 'K1', name: 'prod', environments: [], namespaces: [], isDefault: true }

describe('how a cluster is judged', () => {
  it.each([
    ['an answer', null, null],
    ['401', problem('forbidden', { status: 401 }), 'credentials'],
    ['403', problem('forbidden', { status: 403 }), undefined],
    ['404', problem('not-found', { status: 404 }), undefined],
    ['409', problem('conflict', { status: 409 }), undefined],
    ['429', problem('vendor-failed', { status: 429 }), undefined],
    ['500', problem('vendor-failed', { status: 500 }), undefined],
    ['502', problem('vendor-failed', { status: 502 }), 'silent'],
    ['503', problem('vendor-failed', { status: 503 }), 'silent'],
    ['504', problem('vendor-failed', { status: 504 }), 'silent'],
    ['a handshake that fails', problem('vendor-refused', { tls: 'CERT_HAS_EXPIRED' }), 'certificate'],
    ['no connection', problem('unreachable'), 'silent'],
    ['no answer in time', problem('timeout'), 'silent'],
    ['an address that egress refuses', problem('blocked-address'), undefined],
  ] as const)('by %s', (_, seen, why) => {
    expect(judgeCluster(seen)).toBe(why)
  })
})

describe('what an admin set up of a cluster', () => {
  it('stays the same however it does: a watch is not begun anew for that', () => {
    const moment = fc.nat()
    const health = fc.record(
      {
        failingSince: moment,
        failingFor: fc.constantFrom('credentials', 'certificate', 'silent'),
        toldAt: moment,
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(health, fc.option(moment), (noted, checkedAt) => {
        const cluster = { ...settings, checkedAt, ...noted } as Cluster
        expect(clusterSettings(cluster)).toEqual(settings)
        expect(asReachable(cluster)).toEqual({
          ...settings,
          checkedAt,
          ...(noted.toldAt === undefined ? {} : { toldAt: noted.toldAt }),
        })
      }),
    )
  })
})
