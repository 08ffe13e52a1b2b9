import type { KeptAlert } from '../domain/alert.ts'
import type { Answer } from '../domain/answer.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { aboutAlert } from '../domain/say-received.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { durationMs, optionalText } from './arguments.ts'
import type { Command, CommandContext, Outcome } from './command.ts'
import { alertsAckWords } from './words/alerts-ack.ts'
import { alertsLoudWords } from './words/alerts-loud.ts'
import { alertsQuietWords } from './words/alerts-quiet.ts'
import { alertsReceivedWords } from './words/alerts-received.ts'

/** Lines of one message; the rest is in a file below it. */
const shownAlerts = 8
/** Lines of that file. */
const mostInFile = 10_000
/** How long an alert is quiet where nothing else is said (ms), and at most. */
const usualMute = 3_600_000
const longestMute = 30 * 24 * 3_600_000
/** Until the morning: when people are at work again, and not in a moment. */
const morning = { hour: 9, atLeastMs: 3 * 3_600_000 } as const
const shownEvents = 10
const shortId = 8

const said = (title: Phrase, rest: Partial<Answer> = {}, changed = false): Outcome => ({
  result: 'done',
  changed,
  answer: { kind: 'outcome', title, ...rest },
})

const idOf = (args: Arguments): string => optionalText(args, 'id')?.toLowerCase() ?? ''
const describe = (key: 'ack' | 'quiet' | 'loud') => (args: Arguments) =>
  idOf(args) === ''
    ? phrase(`command.alerts.${key}`)
    : phrase(`action.alerts.${key}`, { id: idOf(args).slice(0, shortId) })

/** The alert that is meant, where the person may touch what it is about; else what to say. */
async function meant(context: CommandContext, args: Arguments, command: string): Promise<KeptAlert | Outcome> {
  const id = idOf(args)
  if (id === '') return said(phrase('received.which'))
  const kept = await context.received.find(id)
  if (!kept) return said(phrase('received.unknown', { id: id.slice(0, shortId) }))
  const { service, environment } = kept.alert
  const resources = service === null ? [] : [service]
  const verdict = context.may({ command, action: 'alerts', effect: 'write', environment, resources })
  if (verdict.verdict === 'yes' || verdict.verdict === 'confirm') return kept
  return {
    result: 'failed',
    changed: false,
    answer: {
      kind: 'refusal',
      title: phrase('received.refused', { title: kept.alert.title }),
      ...(verdict.reason ? { lines: [verdict.reason] } : {}),
    },
  }
}

const isOutcome = (found: KeptAlert | Outcome): found is Outcome => 'answer' in found

/** Only who could be meant by it is asked: the rules of what the alert is about are looked at once it is known. */
const base = { theme: 'look', timeLimitMs: 30_000, subject: () => ({ environment: null, resources: [] }) } as const

const detailsOf = ({ id, alert }: KeptAlert) => ({ alert: id, service: alert.service, environment: alert.environment })

export const alertsAck: Command = {
  ...base,
  words: alertsAckWords,
  example: () => null,
  describe: describe('ack'),
  async run(context, args) {
    const kept = await meant(context, args, 'alerts.ack')
    if (isOutcome(kept)) return kept
    const { title } = kept.alert
    if (kept.acknowledgedBy !== null && kept.acknowledgedBy !== context.action.userId) {
      const by = await context.nameOf(kept.acknowledgedBy)
      return said(phrase('received.acknowledged.already', { title, by }))
    }
    await context.step('step.start')
    await context.received.acknowledge(kept.id, context.action.userId)
    const by = await context.nameOf(context.action.userId)
    return { ...said(phrase('received.acknowledged', { title, by }), {}, true), details: detailsOf(kept) }
  },
  // The same person's once more changes nothing.
  probe: async () => 'not-started',
}

function muteUntil({ action, now, nextHour }: CommandContext, args: Arguments): number {
  const from = action.startedAt ?? now()
  const typed = optionalText(args, 'duration')
  if (typed === undefined && optionalText(args, 'until') === 'morning') {
    return nextHour(from, morning.hour, morning.atLeastMs)
  }
  return from + Math.min(longestMute, typed === undefined ? usualMute : durationMs(typed))
}

export const alertsQuiet: Command = {
  ...base,
  words: alertsQuietWords,
  example: () => null,
  describe: describe('quiet'),
  async run(context, args) {
    const kept = await meant(context, args, 'alerts.quiet')
    if (isOutcome(kept)) return kept
    const until = muteUntil(context, args)
    await context.step('step.start')
    await context.received.mute(kept.id, until, context.action.userId)
    const about = { title: kept.alert.title, until: { kind: 'time', at: until, as: 'date' } } as const
    const back = {
      label: phrase('button.unmute'),
      does: { kind: 'order', command: 'alerts.loud', args: { id: kept.id } },
    } as const
    return { ...said(phrase('received.muted', about), { buttons: [back] }, true), details: detailsOf(kept) }
  },
  probe: async () => 'not-started',
}

export const alertsLoud: Command = {
  ...base,
  words: alertsLoudWords,
  example: () => null,
  describe: describe('loud'),
  async run(context, args) {
    const kept = await meant(context, args, 'alerts.loud')
    if (isOutcome(kept)) return kept
    await context.step('step.start')
    await context.received.mute(kept.id, null, context.action.userId)
    return { ...said(phrase('received.unmuted', { title: kept.alert.title }), {}, true), details: detailsOf(kept) }
  },
  probe: async () => 'not-started',
}

export const alertsReceived: Command = {
  ...base,
  words: alertsReceivedWords,
  example: () => null,
  describe: () => phrase('command.alerts.received'),
  async run(context, args) {
    const id = idOf(args)
    const kept = id === '' ? null : await context.received.find(id)
    if (kept) return detail(context, kept)
    const filter = id === '' ? {} : { stormId: id }
    const all = (await context.received.list(filter, mostInFile)).filter((each) => maySee(context, each))
    if (all.length === 0) {
      return said(id === '' ? phrase('received.none') : phrase('received.unknown', { id: id.slice(0, shortId) }))
    }
    const shown = all.slice(0, shownAlerts)
    const isCut = all.length > shown.length
    return said(phrase('received.title', { n: all.length }), {
      kind: 'list',
      lines: shown.map(line),
      ...(isCut
        ? { context: [phrase('list.shown', { shown: shown.length, total: all.length })], file: fileOf(all) }
        : {}),
    })
  },
}

/** Guests see what they were invited to; the rest of the team sees all. */
function maySee(context: CommandContext, { alert }: KeptAlert): boolean {
  const { service, environment } = alert
  if (context.member.role !== 'guest') return true
  if (service === null) return false
  const about = { command: 'alerts.received', action: 'alerts', effect: 'read' } as const
  return context.may({ ...about, environment, resources: [service] }).verdict === 'yes'
}

function line({ id, alert, count, beganAt, mutedUntil }: KeptAlert): Phrase {
  const [url] = alert.links
  return phrase(alert.state === 'resolved' ? 'received.line.over' : 'received.line', {
    title: url === undefined ? alert.title : { kind: 'link', url, label: alert.title },
    severity: phrase(`severity.${alert.severity}`),
    ...aboutAlert(alert.service, count),
    id: id.slice(0, shortId),
    muted: mutedUntil === null ? '' : phrase('received.line.muted'),
    ago: { kind: 'time', at: beganAt, as: 'ago' },
  })
}

const oneLine = (text: string) => text.replace(/[\t\r\n]+/g, ' ')

/** All of them, one a line, for who wants to look through. */
function fileOf(all: readonly KeptAlert[]): NonNullable<Answer['file']> {
  const rows = all.map(({ id, alert, count, beganAt }) =>
    [
      id,
      alert.state,
      alert.severity,
      alert.service ?? '-',
      alert.environment ?? '-',
      new Date(beganAt).toISOString(),
      `x${count}`,
      alert.title,
      Object.entries(alert.labels)
        .map(([name, value]) => `${name}=${value}`)
        .join(','),
    ]
      .map(oneLine)
      .join('\t'),
  )
  return { name: 'alerts.tsv', content: `${rows.join('\n')}\n`, lines: rows.length }
}

async function detail(context: CommandContext, kept: KeptAlert): Promise<Outcome> {
  if (!maySee(context, kept)) return said(phrase('received.unknown', { id: kept.id.slice(0, shortId) }))
  const events = await context.received.events(kept.id, shownEvents)
  const lines = await Promise.all(
    events.map(async ({ at, what, by }) =>
      phrase('received.event', {
        ago: { kind: 'time', at, as: 'ago' },
        what: phrase(`received.event.${what as 'fired'}`),
        by: by === null ? '' : phrase('received.event.by', { by: await context.nameOf(by) }),
      }),
    ),
  )
  const labels = Object.entries(kept.alert.labels).map(([name, value]) => `${name}=${value}`)
  return said(line(kept), {
    kind: 'list',
    lines,
    ...(labels.length > 0 ? { output: { lines: labels } } : {}),
  })
}
