import { expect, it } from 'vitest'
import { writeExport } from '../../src/request/governance/audit-export.ts'

const record = (resource: string) => ({
  ...{ tenantId: 't', seq: 1, at: 0, actor: 'U1', command: 'deploy', environment: null, resource, result: 'done' },
  ...{ details: {}, actionId: null, actionNumber: null, text: '', previousHash: '', hash: 'h' },
})

it.each(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n'])(
  'a cell that begins with %j is no formula',
  (mark) => {
    const csv = writeExport([record(`${mark}1+1`)] as unknown as Parameters<typeof writeExport>[0], new Map(), 'csv')
    expect(csv).toMatch(/,"?'[=+\-@＝＋－＠\t\r\n]1\+1"?,done/u)
  },
)
