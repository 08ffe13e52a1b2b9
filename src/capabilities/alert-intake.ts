import type { Alert, AlertSource } from '../domain/alert.ts'
import type { HookRequest } from './hooks.ts'

/** What a delivery of alerts came to. */
export type AlertReading =
  | {
      readonly kind: 'alerts'
      readonly alerts: readonly Alert[] /** Left out by the source itself. */
      readonly missing: number
    }
  /** Genuine, and about no alert: a ping. */
  | { readonly kind: 'nothing' }
  /** Not what this source sends. */
  | { readonly kind: 'unreadable' }

/** Reads a source's webhook; whatever is in it, what comes out is short and of the right kind. */
export type ReadAlerts = (source: AlertSource, request: HookRequest, now: number) => AlertReading

/** The way in for alerts that reach NOX otherwise than by a webhook: the watch of a cluster. */
export interface AlertIntake {
  /** Durable when it resolves. A repeated delivery changes nothing; order does not matter. */
  receive(tenantId: string, alerts: readonly Alert[]): Promise<void>
}
