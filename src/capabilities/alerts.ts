import { NoxError } from '../errors.ts'
import { phrase } from '../texts/phrase.ts'
import type { CallOptions } from './clusters.ts'

/** One alert that fires now. */
export interface Alert {
  readonly id: string
  readonly title: string
  /** As its rule says it: `critical`; `null` = it does not. */
  readonly severity: string | null
  readonly service: string | null
  readonly isMuted: boolean
  readonly url: string | null
  readonly since: number
}

/** What alerts come from: a rule of Grafana, a monitor of Datadog. */
export interface AlertRule {
  readonly id: string
  readonly title: string
  readonly severity: string | null
  readonly service: string | null
  /** `silent`: it gets no data, so nobody knows. */
  readonly state: 'firing' | 'silent' | 'well' | 'paused'
  readonly url: string | null
}

/** What is to be quiet: one alert, or all of a service. */
export type MuteTarget = { readonly id: string } | { readonly service: string }

/** Alerting. Every call may throw a NoxError whose `forPerson` says what happened. */
export interface Alerts {
  /** The newest first; `service`: only those that carry its name. */
  list(filter: { readonly service?: string }, call: CallOptions): Promise<readonly Alert[]>
  /**
   * Quiet until then, once for an action.
   * @param note who asked, and the action's number
   * @returns `false` = no such alert fires
   */
  mute(target: MuteTarget, until: number, note: string, actionId: string, call: CallOptions): Promise<boolean>
  isMutedBy(actionId: string, call: CallOptions): Promise<boolean>
  /** Every rule, in no order; `service`: only those that carry its name. Absent = the vendor keeps none. */
  readonly rules?: (filter: { readonly service?: string }, call: CallOptions) => Promise<readonly AlertRule[]>
  /** Ends what NOX muted; gives how many mutes ended. */
  unmute(target: MuteTarget, call: CallOptions): Promise<number>
}

export interface Dashboard {
  /** The vendor's own. */
  readonly id: string
  readonly title: string
  readonly folder: string | null
  readonly url: string
}

export interface PanelPicture {
  /** What the panel is called. */
  readonly title: string
  readonly png: Uint8Array
}

export interface Dashboards {
  /** Best first. */
  search(query: string, limit: number, call: CallOptions): Promise<readonly Dashboard[]>
  /** One panel of it as a picture of the last hours, what the words name where they name one; `null` = the vendor draws none. */
  picture(dashboard: Dashboard, query: string, call: CallOptions): Promise<PanelPicture | null>
}

/**
 * The alert that a person names by its id or by the beginning of it.
 * @returns `undefined` = no such alert fires
 * @throws NoxError `bad-input` where several begin so: none of them is a guess's to take
 */
export function theOneAlert<T>(alerts: readonly T[], typed: string, idOf: (alert: T) => string): T | undefined {
  const exact = alerts.find((each) => idOf(each) === typed)
  const found = exact ? [exact] : alerts.filter((each) => idOf(each).startsWith(typed))
  if (found.length > 1) {
    throw new NoxError('bad-input', 'several alerts begin with this id', {
      forPerson: phrase('alerts.several', { id: typed, n: found.length }),
    })
  }
  return found[0]
}
