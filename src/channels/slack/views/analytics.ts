import { type Phrase, phrase, type Value } from '../../../texts/phrase.ts'
import { plainPhrase } from '../../../texts/render.ts'
import type { SlackBlock } from '../blocks/block-kit.ts'
import { type Picture, renderPicture } from '../blocks/render-pictures.ts'
import type { Drawing } from './drawing.ts'
import { controls } from './list.ts'
import { menu, menusId } from './menus.ts'

/** How it went: a share of what ran says nothing of what was refused. */
interface Course {
  readonly refused: number
  readonly success: number | null
}

interface Row extends Course {
  readonly name: Value
  readonly count: number
}

export interface AnalyticsData extends Course {
  readonly period: 'week' | 'month' | 'quarter'
  readonly periods: readonly ('week' | 'month' | 'quarter')[]
  readonly days: number
  readonly actions: number
  readonly deployments: number
  readonly failureRate: number | null
  readonly restore: number | null
  readonly duration: number | null
  readonly incidents: { readonly count: number; readonly acknowledge: number | null; readonly restore: number | null }
  readonly commands: readonly Row[]
  readonly people: readonly Row[]
  readonly isCut: boolean
  readonly pictures: readonly Picture[]
}

const percent = (share: number): number => Math.round(share * 100)
function courseOf({ refused: n, success }: Course): Value {
  const rate = success === null ? null : percent(success)
  if (n === 0) return rate === null ? '' : phrase('analytics.success', { rate })
  const refused = phrase('analytics.refused', { n })
  return rate === null ? refused : phrase('analytics.refused.success', { refused, rate })
}
const time = (ms: number): Value => ({ kind: 'duration', ms })

/** Figures of a period: how much, how well, how long; by command and by person. */
export function analyticsBlocks(data: AnalyticsData, draw: Drawing): SlackBlock[] {
  const { period, periods, days, actions: n } = data
  const choices = periods.map((value) => ({
    label: plainPhrase(phrase(`audit.period.${value}`), draw.language),
    value,
  }))
  const row = controls([menu(draw, 'period', 'analytics.period', choices, period)], menusId('figures', [period]))
  const title = draw.header(phrase('tab.analytics'))
  if (n === 0) return [title, row, draw.section(phrase('analytics.none'))]
  return [
    title,
    row,
    draw.section(phrase('analytics.actions', { n, days, course: courseOf(data) })),
    draw.fields(facts(data)),
    ...data.pictures.map(renderPicture),
    draw.header(phrase('analytics.commands')),
    draw.lines(data.commands.map(tally)),
    draw.header(phrase('analytics.people')),
    draw.lines(data.people.map(tally)),
    ...(data.isCut ? [draw.context(phrase('analytics.cut', { n }))] : []),
  ]
}

const tally = ({ name, count: n, ...course }: Row): Phrase =>
  phrase('analytics.tally', { name, n, course: courseOf(course) })

function facts({ deployments: n, days, failureRate, restore, duration, incidents }: AnalyticsData): Phrase[] {
  const none = phrase('analytics.noValue')
  const field = (label: Phrase, value: Value) => phrase('analytics.field', { label, value })
  return [
    field(phrase('analytics.deployments'), frequency(n, days)),
    field(
      phrase('analytics.failures'),
      failureRate === null ? none : phrase('analytics.failures.value', { rate: percent(failureRate) }),
    ),
    field(
      phrase('analytics.restore'),
      restore === null ? none : phrase('analytics.restore.value', { time: time(restore) }),
    ),
    field(phrase('analytics.duration'), duration === null ? none : time(duration)),
    ...(incidents.count === 0 ? [] : incidentFacts(incidents, none).map(([label, value]) => field(label, value))),
  ]
}

/** How often something was deployed, in the unit that gives a number one can read; of one alone nothing is derived. */
function frequency(n: number, days: number): Phrase {
  if (n / days >= 0.5) return phrase('analytics.deployments.daily', { n, perDay: Math.round((n / days) * 10) / 10 })
  if (n > 1) return phrase('analytics.deployments.every', { n, k: Math.round(days / n) })
  return phrase('analytics.deployments.few', { n, days })
}

/** How many incidents, how soon they were taken, how soon it was over. */
function incidentFacts({ count: n, acknowledge, restore }: AnalyticsData['incidents'], none: Phrase) {
  const taken = acknowledge === null ? none : time(acknowledge)
  return [
    [phrase('analytics.incidents'), phrase('analytics.incidents.value', { n, acknowledge: taken })],
    [
      phrase('analytics.incidents.restore'),
      restore === null ? none : phrase('analytics.restore.value', { time: time(restore) }),
    ],
  ] as const
}
