import { expect, it } from 'vitest'
import type { Schedule } from '../../src/domain/schedule.ts'
import { takeUp } from '../../src/request/schedules/take-up.ts'

const hour = 3_600_000
const day = 24 * hour
const start = Date.UTC(2026, 10, 2, 2)

const at = (cron: string, nextDueAt: number): Schedule => ({
  tenantId: 'T1',
  id: 'S1',
  number: 1,
  ownerId: 'U1',
  order: { command: 'backup', args: {} },
  language: 'fr',
  cron,
  timeZone: 'UTC',
  place: { channel: 'slack', conversationId: 'C1', threadTs: null, kind: 'channel' },
  state: 'active',
  nextDueAt,
  lastRunAt: null,
  createdAt: 0,
})

it.each([
  ['is not due yet', '0 2 * * *', -1, null],
  ['is on time', '0 2 * * *', 5_000, { runs: true, missed: 0, last: start, next: start + day }],
  ['was missed this night: caught up once', '0 2 * * *', 3 * hour, { runs: true, missed: 1, last: start }],
  [
    'was missed three nights: one is caught up',
    '0 2 * * *',
    2 * day + hour,
    { runs: true, missed: 3, last: start + 2 * day },
  ],
  [
    'was missed, and the next is nearer: told alone',
    '0 2 * * *',
    13 * hour,
    { runs: false, missed: 1, next: start + day },
  ],
  ['was missed too long ago: told alone', '0 2 2 * *', 3 * day, { runs: false, missed: 1 }],
  [
    'missed some minutes of many: the newest runs',
    '* * * * *',
    10 * 60_000,
    { runs: true, missed: 10, last: start + 10 * 60_000 },
  ],
  [
    'missed more than anybody counts: one runs',
    '* * * * *',
    3 * day,
    { runs: true, missed: 999, last: start + 3 * day },
  ],
])('%s', async (_, cron, late, expected) => {
  const taken = await takeUp(at(cron, start), start + late)
  if (expected === null) expect(taken).toBeNull()
  else expect(taken).toMatchObject(expected)
})
