import type { Answer } from '../domain/answer.ts'
import type { Arguments, CommandWords } from '../domain/command-spec.ts'
import { nextTimes } from '../domain/recurrence.ts'
import { scheduleButtons, scheduleLine, scheduleWhat } from '../domain/say-schedule.ts'
import type { ScheduleState } from '../domain/schedule.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { optionalText } from './arguments.ts'
import type { Command, CommandContext, Outcome } from './command.ts'
import { exampleOf, written } from './examples.ts'
import { nextLine } from './schedule.ts'
import { scheduleCancelWords } from './words/schedule-cancel.ts'
import { scheduleListWords } from './words/schedule-list.ts'
import { schedulePauseWords, scheduleResumeWords } from './words/schedule-pause.ts'

/** Lines of a list. */
const mostShown = 15
/** Schedules of a list that have buttons. */
const mostWithButtons = 3
const mostListed = 200

const base = {
  theme: 'schedules',
  timeLimitMs: 30_000,
  subject: () => ({ environment: null, resources: [] }),
} as const

async function list(context: CommandContext): Promise<Outcome> {
  const { member, describe } = context
  const isAdmin = member.role === 'admin'
  const found = await context.schedules.list({ limit: mostListed, ...(isAdmin ? {} : { ownerId: member.slackUserId }) })
  const mine = found.filter(({ ownerId }) => ownerId === member.slackUserId)
  const all = [...mine, ...found.filter((each) => !mine.includes(each))]
  const lines = await Promise.all(
    all.slice(0, mostShown).map(async (schedule) => {
      const line = scheduleLine(schedule, scheduleWhat(schedule, describe))
      if (mine.includes(schedule)) return line
      return phrase('schedule.line.owner', { line, owner: await context.nameOf(schedule.ownerId) })
    }),
  )
  const hidden = all.length - lines.length
  if (hidden > 0) lines.push(phrase('schedule.more', { n: hidden }))
  const command = context.allCommands.find(({ words }) => words.name === 'schedule')
  const example = command && exampleOf(context, command)
  const how = example && phrase('schedule.list.how', { example: written(context, example.said) })
  const answer: Answer = {
    kind: 'list',
    title: phrase(all.length === 0 ? 'schedule.list.none' : 'schedule.list'),
    lines,
    buttons: all.slice(0, mostWithButtons).flatMap((schedule) => scheduleButtons(schedule, describe)),
    ...(how && all.length === 0 ? { next: how } : {}),
  }
  return { result: 'done', changed: false, answer }
}

export const scheduleList: Command = {
  ...base,
  words: scheduleListWords,
  example: () => ({}),
  describe: () => phrase('action.schedule.list'),
  run: list,
}

interface Turn {
  readonly from: readonly ScheduleState[]
  readonly to: ScheduleState
  readonly told: 'schedule.paused' | 'schedule.resumed' | 'schedule.cancelled'
}

const turns = {
  pause: { from: ['active'], to: 'paused', told: 'schedule.paused' },
  resume: { from: ['paused'], to: 'active', told: 'schedule.resumed' },
  cancel: { from: ['active', 'paused'], to: 'cancelled', told: 'schedule.cancelled' },
} as const satisfies Record<string, Turn>

const numberOf = (args: Arguments) => (optionalText(args, 'id') ?? '').replace(/^#/, '')

const failed = (title: Phrase): Outcome => ({
  result: 'failed',
  changed: false,
  answer: { kind: 'outcome', title },
})

async function turnTo(context: CommandContext, args: Arguments, { from, to, told }: Turn): Promise<Outcome> {
  const { member, schedules, describe } = context
  const n = numberOf(args)
  if (n === '') return failed(phrase('schedule.which'))
  const schedule = Number.isSafeInteger(Number(n)) ? await schedules.findByNumber(Number(n)) : null
  if (!schedule) return failed(phrase('schedule.unknown', { n }))
  if (schedule.ownerId !== member.slackUserId && member.role !== 'admin') {
    return failed(phrase('schedule.notYours', { n, person: await context.nameOf(schedule.ownerId) }))
  }
  const { cron, timeZone } = schedule
  const [next = null] = to === 'active' ? await nextTimes(cron, timeZone, context.now(), 1) : []
  const isChanged = await schedules.setState(schedule.id, { from, to, nextDueAt: next })
  if (!isChanged) {
    const state = phrase(`schedule.state.${(await schedules.findByNumber(schedule.number))?.state ?? 'ended'}`)
    const title = phrase('schedule.already', { n, state })
    return { result: 'done', changed: false, answer: { kind: 'outcome', title } }
  }
  const after = { ...schedule, state: to, nextDueAt: next }
  return {
    result: 'done',
    changed: true,
    details: { schedule: n },
    answer: {
      kind: 'outcome',
      title: phrase(told, scheduleWhat(after, describe)),
      ...(to === 'active' ? { lines: [await nextLine(cron, timeZone, context.now())] } : {}),
      ...(to === 'cancelled' ? {} : { buttons: scheduleButtons(after, describe) }),
    },
  }
}

const changes = (words: CommandWords, verb: keyof typeof turns): Command => ({
  ...base,
  words,
  example: () => null,
  describe: (args) => phrase(`action.schedule.${verb}`, { n: numberOf(args) }),
  run: (context, args) => turnTo(context, args, turns[verb]),
})

export const schedulePause = changes(schedulePauseWords, 'pause')
export const scheduleResume = changes(scheduleResumeWords, 'resume')
export const scheduleCancel = changes(scheduleCancelWords, 'cancel')
