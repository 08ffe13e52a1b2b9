/** A tenant's own word for the beginning of an order: `mep` = `deploy --env production`. */
export interface Alias {
  readonly tenantId: string
  /** Lower case, one word. */
  readonly name: string
  readonly text: string
  readonly createdBy: string
  readonly createdAt: number
}
