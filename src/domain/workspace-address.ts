import type { Installation } from './tenant.ts'

/**
 * Ids of Slack (people, conversations, user groups) hold within one workspace alone. A tenant may have several: what is
 * of the workspace that it began with bears Slack's own id (`U123`), what is of one that joined it the id and the
 * workspace (`U123_T456`). Slack's ids have no `_`.
 */
export interface Address {
  readonly id: string
  /** `null` = the workspace that the tenant began with. */
  readonly workspaceId: string | null
}

type Where = Pick<Installation, 'workspaceId' | 'joinedAt'>

/** What the ids of a workspace end with within its tenant: nothing, or `_T456`. */
export const suffixOf = ({ workspaceId, joinedAt }: Where): string =>
  typeof joinedAt === 'number' ? `_${workspaceId}` : ''

/** An id of Slack as the tenant knows it. */
export const addressIn = (where: Where, id: string): string => `${id}${suffixOf(where)}`

/** Reads an address back into Slack's id and its workspace. */
export function readAddress(address: string): Address {
  const at = address.indexOf('_')
  return at < 0 ? { id: address, workspaceId: null } : { id: address.slice(0, at), workspaceId: address.slice(at + 1) }
}

/** Whether an address is of this workspace. */
export const isOf = (where: Where, address: string): boolean =>
  readAddress(address).workspaceId === (typeof where.joinedAt === 'number' ? where.workspaceId : null)
