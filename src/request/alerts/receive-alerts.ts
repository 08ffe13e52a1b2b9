import { createHash, timingSafeEqual } from 'node:crypto'
import type { Services } from '../../actions/services.ts'
import type { TenantSnapshot } from '../../actions/tenant-knowledge.ts'
import type { AlertIntake, ReadAlerts } from '../../capabilities/alert-intake.ts'
import type { HookRequest } from '../../capabilities/hooks.ts'
import { type Alert, type AlertSource, alertSources } from '../../domain/alert.ts'
import { isSignedBare, isSignedWith } from '../../egress/hook-signature.ts'
import { NoxError } from '../../errors.ts'
import { foldWithoutAccents } from '../../language/fold.ts'
import { environmentWords } from '../../language/values/environment.ts'
import type { AlertHook } from '../../storage/types/alert-settings.ts'
import type { AlertArrival } from '../../storage/types/alerts.ts'
import { hashSecret } from '../../vault/hash-secret.ts'
import { BusyError, createBatches } from './batch-arrivals.ts'

/** Who may send, looked up before anything of a request is read. */
export interface AlertDoor extends AlertIntake {
  /** `false` = no such address; takes the same time whatever is wrong. */
  opens(tenantId: string, source: string, secret: string): Promise<boolean>
  /** Answers a delivery of an open address with an HTTP status, once it is durable. */
  take(tenantId: string, source: string, secret: string, request: HookRequest): Promise<number>
}

/** How long an address is believed before it is looked up again (ms). */
const believed = 10_000
const mostBelieved = 2_000

const isSource = (text: string): text is AlertSource => alertSources.some((each) => each === text)

/** Everything of a notification that tells it from another; the same for a delivery that is repeated. */
const digestOf = (alert: Alert): string => createHash('sha256').update(JSON.stringify(alert)).digest('base64url')

/** The one way in for alerts. @param onWritten told when something new is durable */
export function createAlertDoor(services: Services, read: () => Promise<ReadAlerts>, onWritten: () => void): AlertDoor {
  const { storage, knowledge, log, now } = services
  const write = createBatches(storage.alerts, now, onWritten)
  const hooks = new Map<string, { readonly hook: AlertHook | null; readonly until: number }>()

  async function hookOf(tenantId: string, source: AlertSource): Promise<AlertHook | null> {
    const key = `${tenantId} ${source}`
    const known = hooks.get(key)
    if (known && known.until > now()) return known.hook
    const hook = await storage.alertHooks.find(tenantId, source)
    // What is not there is looked for each time: a new address works at once.
    if (hook) hooks.set(key, { hook, until: now() + believed })
    else hooks.delete(key)
    if (hooks.size > mostBelieved) hooks.delete(hooks.keys().next().value ?? '')
    return hook
  }

  const snapshotOf = (tenantId: string) =>
    knowledge.snapshot(tenantId).catch((error: unknown) => {
      if (error instanceof NoxError && error.code === 'not-found') return null
      throw error
    })

  async function receive(tenantId: string, alerts: readonly Alert[]): Promise<void> {
    const snapshot = await snapshotOf(tenantId)
    if (!snapshot) throw new NoxError('not-found', 'alerts for a tenant that is gone')
    const arrivals = alerts.map((alert): AlertArrival => ({ alert: placed(alert, snapshot), digest: digestOf(alert) }))
    await write(tenantId, arrivals)
  }

  return {
    receive,
    async opens(tenantId, source, secret) {
      const given = Buffer.from(hashSecret(secret))
      const hook = isSource(source) ? await hookOf(tenantId, source) : null
      const wanted = Buffer.from(hook?.secretHash ?? hashSecret(''))
      return timingSafeEqual(given, wanted) && hook !== null
    },
    async take(tenantId, source, secret, request) {
      if (!isSource(source)) return 404
      if (source === 'grafana' && !isGenuine(secret, request, now())) {
        log.warn({ tenant: tenantId, source }, 'alerts with a wrong signature were refused')
        return 401
      }
      if (source === 'github') {
        const secrets = await storage.integrations.secrets(tenantId, 'github')
        const { webhookSecret } = secrets ?? {}
        const signature = request.headers['x-hub-signature-256']
        if (!webhookSecret || !isSignedWith(webhookSecret, request.body, signature)) {
          log.warn({ tenant: tenantId, source }, 'alerts without a valid signature were refused')
          return 401
        }
      }
      const reading = (await read())(source, request, now())
      if (reading.kind === 'unreadable') return 422
      if (reading.kind === 'nothing') return 204
      if (reading.missing > 0)
        log.warn({ tenant: tenantId, source, missing: reading.missing }, 'a source left out alerts')
      try {
        await receive(tenantId, reading.alerts)
      } catch (error) {
        if (error instanceof BusyError) return 503
        throw error
      }
      return 202
    },
  }
}

/** A signed delivery may be this old (ms). */
const signedFor = 10 * 60_000

/**
 * Grafana (12 and later) signs where an admin entered the address's secret as its HMAC secret: the body alone, or
 * `timestamp:body`. What is signed must be signed right; what is not has the secret of the address alone.
 */
function isGenuine(secret: string, { headers, body }: HookRequest, now: number): boolean {
  const signature = headers['x-grafana-alerting-signature']
  if (signature === undefined) return true
  const timestamp = headers['x-grafana-alerting-timestamp']
  if (timestamp === undefined) return isSignedBare(secret, body, signature)
  const isRecent = Math.abs(now - Number(timestamp) * 1_000) <= signedFor
  return isRecent && isSignedBare(secret, `${timestamp}:${body}`, signature)
}

/** Names as the tenant's catalogue has them: rules and buttons are about those. */
function placed(alert: Alert, { knowledge }: TenantSnapshot): Alert {
  const called = alert.service?.toLowerCase()
  const repository = alert.labels.repository?.toLowerCase()
  const service = knowledge.services.find(
    (each) =>
      (called !== undefined && [each.name, ...each.aliases].some((name) => name.toLowerCase() === called)) ||
      (alert.source === 'github' && repository !== undefined && each.repository?.toLowerCase() === repository),
  )
  const environment =
    alert.environment && (environmentWords.get(foldWithoutAccents(alert.environment))?.value ?? alert.environment)
  return { ...alert, service: service?.name ?? alert.service, environment }
}
