import { type Phrase, phrase } from '../texts/phrase.ts'
import type { Button } from './answer.ts'
import type { ParsedOrder } from './command-spec.ts'
import { sayRecurrence } from './say-recurrence.ts'
import type { Schedule } from './schedule.ts'

type Describe = (order: ParsedOrder) => Phrase

/** What repeats, and when, for the sentences about a schedule. */
export const scheduleWhat = (schedule: Schedule, describe: Describe) => ({
  n: String(schedule.number),
  action: describe(schedule.order),
  when: sayRecurrence(schedule.cron),
})

/** One schedule in a list. */
export function scheduleLine(schedule: Schedule, words: ReturnType<typeof scheduleWhat>): Phrase {
  if (schedule.state === 'paused' || schedule.nextDueAt === null) return phrase('schedule.line.paused', words)
  return phrase('schedule.line', { ...words, next: { kind: 'time', at: schedule.nextDueAt, as: 'date' } })
}

/** Buttons that pause or resume a schedule, and end it. */
export function scheduleButtons(schedule: Schedule, describe: Describe): readonly Button[] {
  const { n, action } = scheduleWhat(schedule, describe)
  const turn = schedule.state === 'paused' ? 'resume' : 'pause'
  return [
    {
      label: phrase(`button.schedule.${turn}`, { n }),
      does: { kind: 'order', command: `schedule.${turn}`, args: { id: n } },
    },
    {
      label: phrase('button.schedule.cancel', { n }),
      does: { kind: 'order', command: 'schedule.cancel', args: { id: n } },
      confirm: {
        title: phrase('dialog.schedule.cancel.title', { n }),
        text: phrase('dialog.schedule.cancel.text', { action }),
        verb: phrase('dialog.schedule.cancel.verb'),
      },
    },
  ]
}
