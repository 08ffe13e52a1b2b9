import type { WaitingDetails } from '../domain/action.ts'
import type { Decision } from '../permissions/index.ts'

/** Whose approval a decision of the rules asks for. */
export function approvalBy(decision: Decision): WaitingDetails {
  const { requirement } = decision
  const approvers = requirement?.kind === 'approval' ? requirement.approvers : 1
  const group = requirement?.kind === 'approval' ? requirement.group : decision.group
  return { approversNeeded: approvers, ...(group === null ? {} : { group }) }
}
