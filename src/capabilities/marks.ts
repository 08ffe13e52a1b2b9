import type { CallOptions } from './clusters.ts'

/** A deployment that has ended, for whoever shows it beside what is measured. */
export interface DeploymentMark {
  readonly service: string
  readonly environment: string
  readonly version: string
  /** When it began and ended, ms. */
  readonly from: number
  readonly to: number
  readonly failed: boolean
  /** Who asked, and the action's number. */
  readonly note: string
}

/** Marks in the pictures of a monitoring vendor. */
export interface Marks {
  deployed(mark: DeploymentMark, call: CallOptions): Promise<void>
}

/** A mark in a line, in the words that every team has. */
export const markTitle = ({ service, version, environment, failed }: DeploymentMark): string =>
  `${service} ${version} → ${environment}${failed ? ' (failed)' : ''}`
