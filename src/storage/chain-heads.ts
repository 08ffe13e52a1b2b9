/** The last record of a tenant's audit chain. */
export interface ChainHead {
  readonly seq: number
  readonly hash: string
}

/** What this process appended last to each chain; forgotten as soon as anything was rolled back. */
export interface ChainHeads {
  get(tenantId: string): ChainHead | undefined
  set(tenantId: string, head: ChainHead): void
  clear(): void
}

const mostKept = 10_000

/** A bounded memory; what it lacks is read. */
export function createChainHeads(): ChainHeads {
  const heads = new Map<string, ChainHead>()
  return {
    get: (tenantId) => heads.get(tenantId),
    set(tenantId, head) {
      heads.set(tenantId, head)
      if (heads.size > mostKept) heads.delete(heads.keys().next().value ?? '')
    },
    clear: () => heads.clear(),
  }
}
