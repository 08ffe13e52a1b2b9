import type { Services } from '../../actions/services.ts'
import type { Payments } from '../../capabilities/payments.ts'
import { dayMs } from '../../domain/plans.ts'
import type { Tenant } from '../../domain/tenant.ts'
import { endOfMonth, monthKey, startOfDayKey } from '../../permissions/index.ts'
import { administrationEntry } from '../governance/guard.ts'
import { byNox } from './settle-plan.ts'

/** Usage goes to the meter this often at most, for each tenant (ms). */
const often = 3_600_000
/** The month before is reported for so long: what ran at its end may end later (ms). */
const late = 2 * dayMs

const lastTold = new WeakMap<Services, Map<string, number>>()

/** Differences that were seen once, by tenant and month: what is under way looks like one for a moment. */
const suspected = new WeakMap<Services, Map<string, string>>()

/** Compares ledger, counter and meter, and tells the meter what the ledger counted since it was told last. */
export async function meterUsage(services: Services, payments: Payments, signal?: AbortSignal): Promise<void> {
  const told = lastTold.get(services) ?? new Map<string, number>()
  lastTold.set(services, told)
  for (const { tenantId, customerId } of await services.storage.billing.customers()) {
    if (signal?.aborted) return
    const now = services.now()
    if (now - (told.get(tenantId) ?? Number.NEGATIVE_INFINITY) < often) continue
    told.set(tenantId, now)
    try {
      for (const found of await meterTenant(services, payments, tenantId, customerId)) {
        await tellDifference(services, tenantId, found)
      }
    } catch (error) {
      services.log.error(
        { err: error, tenant: tenantId },
        'usage could not be reported to the meter; tried again later',
      )
    }
  }
}

/**
 * Compares, then reports one tenant's units of this month, and of the last one where it has just ended. In this order
 * the meter, which adds up with some delay, has had the time since the look before.
 */
export async function meterTenant(
  services: Services,
  payments: Payments,
  tenantId: string,
  customerId: string,
): Promise<readonly Reconciliation[]> {
  const tenant = await services.storage.tenants.find(tenantId)
  if (!tenant) return []
  const now = services.now()
  const periods = [...new Set([monthKey(now - late, tenant.timeZone), monthKey(now, tenant.timeZone)])]
  const found: Reconciliation[] = []
  for (const period of periods) {
    found.push(await reconcile(services, payments, tenant, customerId, period))
    await reportMonth(services, payments, tenant, customerId, period)
  }
  return found
}

/**
 * What is to be told is written down before it is told, with an identifier of its own: after a crash the same is told
 * again, and the meter counts it once (Stripe keeps identifiers for at least 24 hours).
 */
async function reportMonth(
  { storage, now }: Services,
  payments: Payments,
  { id: tenantId, timeZone }: Tenant,
  customerId: string,
  period: string,
): Promise<void> {
  for (;;) {
    const state = await storage.billing.metered(tenantId, period)
    if (state.pending > 0) {
      const identifier = `nox-${tenantId}-${period}-${state.reported}-${state.pending}`
      // The last second of a month still counts in it.
      const at = Math.min(now(), monthEnd(period, timeZone) - 1_000)
      await payments.reportUsage({ customerId, units: state.pending, identifier, at })
      const done = { reported: state.reported + state.pending, pending: 0 }
      if (!(await storage.billing.setMetered(tenantId, period, state, done))) continue
    }
    const { reported } = await storage.billing.metered(tenantId, period)
    const { ended } = await storage.billing.countedInMonth(tenantId, period)
    if (ended <= reported) return
    const next = { reported, pending: ended - reported }
    await storage.billing.setMetered(tenantId, period, { reported, pending: 0 }, next)
  }
}

/** The three counts of a month, and what they lack or have too much: 0 = they agree. */
export interface Reconciliation {
  readonly period: string
  readonly ledger: number
  readonly counter: number
  readonly meter: number
  /** What the meter has beyond what it was told. */
  readonly atMeter: number
  /** What the counter that limits has beyond what the ledger counts. */
  readonly atCounter: number
}

/** Compares ledger, counter and meter. */
export async function reconcile(
  services: Services,
  payments: Payments,
  tenant: Tenant,
  customerId: string,
  period: string,
): Promise<Reconciliation> {
  const { storage } = services
  const { id: tenantId, timeZone } = tenant
  const [{ ended, open }, used, meter, { reported }] = [
    await storage.billing.countedInMonth(tenantId, period),
    await storage.billing.monthsUsed([period]),
    await payments.meteredUsage(customerId, startOfDayKey(`${period}-01`, timeZone), monthEnd(period, timeZone)),
    await storage.billing.metered(tenantId, period),
  ]
  const counter = used.find((row) => row.tenantId === tenantId)?.used ?? 0
  // What runs now is in the counter, and may still be given back.
  const atCounter = counter < ended ? counter - ended : Math.max(0, counter - ended - open)
  return { period, ledger: ended, counter, meter, atMeter: meter - reported, atCounter }
}

/** A difference that two looks saw is told: an error in the log, a metric, and a record in the tenant's audit, once each. */
async function tellDifference(services: Services, tenantId: string, found: Reconciliation): Promise<void> {
  const { storage, log, metrics, now } = services
  const { period, ledger, counter, meter, atMeter, atCounter } = found
  const seen = suspected.get(services) ?? new Map<string, string>()
  suspected.set(services, seen)
  const where = `${tenantId} ${period}`
  const what = `${atMeter} ${atCounter}`
  if (atMeter === 0 && atCounter === 0) return void seen.delete(where)
  if (seen.get(where) !== what) return void seen.set(where, what)
  if (!(await storage.billing.tellOnce(tenantId, `difference ${period} ${what}`, now()))) return
  log.error({ tenant: tenantId, ...found }, 'ledger, counter and meter do not agree')
  if (atMeter !== 0) metrics.differenceFound?.('meter')
  if (atCounter !== 0) metrics.differenceFound?.('counter')
  const details = { ledger, counter, meter, atMeter, atCounter }
  const about = { command: 'billing.reconcile', resource: period, result: 'failed', details } as const
  await storage.audit.append(tenantId, administrationEntry(now(), byNox, about))
}

const monthEnd = (period: string, timeZone: string): number =>
  endOfMonth(startOfDayKey(`${period}-15`, timeZone), timeZone)
