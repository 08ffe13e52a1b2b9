import type { ActionType } from './command-spec.ts'

/** What a zone asks for before an action runs. */
export type Requirement =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'confirmation' }
  | { readonly kind: 'approval'; readonly group: string; readonly approvers: number }

/** One line of a zone: these groups may, and this is what it takes. */
export interface ZoneGrant {
  readonly group: string
  readonly requirement: Requirement
}

/** (environment, resources by pattern, actions) → groups who may, and what it takes. */
export interface Zone {
  readonly tenantId: string
  readonly id: string
  readonly name: string
  /** Canonical environments, `*` = all. */
  readonly environments: readonly string[]
  /** Resource patterns with `*`. */
  readonly resources: readonly string[]
  readonly actions: readonly (ActionType | '*')[]
  readonly grants: readonly ZoneGrant[]
  /** The zone opens only then; absent = always. */
  readonly hours?: ZoneHours
  /** Days on which nobody changes anything here. */
  readonly freezes?: readonly Freeze[]
  /** Groups that may go through freeze, hours and approval in an emergency, with a reason. */
  readonly overrideGroups?: readonly string[]
  /** Why the zone is closed at this moment; set where zones are read for a decision, never stored. */
  readonly closed?: ZoneClosure
}

/** Hours of the tenant's zone; past midnight where `to` is before `from`. */
export interface ZoneHours {
  /** 1 = Monday … 7 = Sunday: the day on which the hours begin. */
  readonly days: readonly number[]
  /** `08:00` */
  readonly from: string
  readonly to: string
}

/** Whole days of the tenant's zone, the last one included: `2026-12-24`. */
export interface Freeze {
  readonly from: string
  readonly until: string
  readonly reason: string
}

export interface ZoneClosure {
  readonly hours?: ZoneHours
  /** `until`: when it ends, ms since 1970. */
  readonly freeze?: { readonly reason: string; readonly until: number }
}
