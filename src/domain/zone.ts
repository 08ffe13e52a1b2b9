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
}
