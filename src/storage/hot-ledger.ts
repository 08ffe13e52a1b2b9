import { toAction, toRow } from './action-row.ts'
import { canonical } from './audit.ts'
import { cleanRow } from './clean.ts'
import type { Pipeline } from './database.ts'
import { acceptStatement, finishStatement } from './hot-path.postgres.ts'
import type { Tables } from './tables.ts'
import type { Accepted, Ending, NewAction } from './types/ledger.ts'

/** What every order needs of the ledger, each a unit of one statement. */
export interface HotLedger {
  /** `otherwise` takes what is not the usual case: an event that was here before, a quota that is used up. */
  accept(
    action: NewAction,
    otherwise: () => Promise<Accepted>,
    onWritten?: (accepted: Accepted) => void,
  ): Promise<Accepted>
  finish(tenantId: string, id: string, fence: number, ending: Ending): Promise<boolean>
}

/** Each unit is one statement; those of many orders share a commit. */
export function createHotLedger(tables: Tables, pipeline: Pipeline): HotLedger {
  const accept = acceptStatement(tables)
  const finish = finishStatement()
  return {
    async accept(action, otherwise, onWritten) {
      const row = toRow(action, 0)
      let accepted: Accepted | undefined
      await pipeline.run(accept(row, action), false, ([inserted]) => {
        if (!inserted) return
        const { number, day, month } = inserted
        const used = day !== undefined ? { used: { day: Number(day), month: Number(month) } } : {}
        accepted = { kind: 'accepted', action: toAction({ ...row, number: Number(number) }), ...used }
        onWritten?.(accepted)
      })
      return accepted ?? otherwise()
    },
    async finish(tenantId, id, fence, { state, audit, giveBack, messageTs = null, now }) {
      const { at, actor, command, environment, resource, result } = audit
      const record = cleanRow({ text: canonical(audit), at, actor, command, environment, resource, result })
      const rows = await pipeline.run(finish({ tenantId, id, fence, state, now, messageTs, giveBack, ...record }), true)
      return rows.length === 1
    },
  }
}
