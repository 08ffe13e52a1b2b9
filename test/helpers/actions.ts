import { ulid } from 'ulid'
import type { AuditEntry } from '../../src/domain/audit-record.ts'
import type { NewAction } from '../../src/storage/types/ledger.ts'
import type { Storage } from '../../src/storage/types/storage.ts'

/** A tenant to work in. */
export async function createTenant(storage: Storage, id = 'T1'): Promise<string> {
  const tenant = { id, kind: 'company', name: 'Société X', plan: 'starter', language: 'fr', timeZone: 'UTC' } as const
  await storage.tenants.create(tenant, 1)
  return id
}

/** An order as the road hands it to the ledger. */
export function newAction(over: Partial<NewAction> = {}): NewAction {
  return {
    tenantId: 'T1',
    id: ulid(),
    eventId: ulid(),
    memberId: 'M1',
    userId: 'U1',
    place: { channel: 'slack', conversationId: 'C1', threadTs: '1.1', kind: 'channel' },
    command: 'deploy',
    args: { service: 'user-api', environment: 'staging' },
    language: 'fr',
    environment: 'staging',
    resource: 'user-api',
    plan: { kind: 'run' },
    quota: null,
    now: 1_000,
    leaseMs: 30_000,
    ...over,
  }
}

export const quota = (dayLimit: number, monthLimit: number | null = null) => ({
  day: '2026-11-24',
  dayLimit,
  month: '2026-11',
  monthLimit,
})

export const entry = (over: Partial<AuditEntry> = {}): AuditEntry => ({
  at: 2_000,
  actor: 'U1',
  actionId: null,
  actionNumber: null,
  command: 'deploy',
  environment: 'staging',
  resource: 'user-api',
  result: 'done',
  details: {},
  ...over,
})
