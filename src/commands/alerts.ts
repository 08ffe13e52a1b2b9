import type { Alert, MuteTarget } from '../capabilities/alerts.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { aboutAlert, severityInWords } from '../domain/say-received.ts'
import { NoxError } from '../errors.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { durationMs, optionalText } from './arguments.ts'
import type { Command, CommandContext, Knowledge, Outcome, Subject } from './command.ts'
import { findService } from './find-target.ts'
import { hasUsualSource, sourceOf } from './source.ts'
import { alertsListWords } from './words/alerts-list.ts'
import { alertsMuteWords } from './words/alerts-mute.ts'
import { alertsUnmuteWords } from './words/alerts-unmute.ts'

/** Lines of one message (the message book, "Length"). */
const shownAlerts = 8
/** How long alerts are quiet where nothing else is said (ms). */
const usualMute = 3_600_000
/** Letters of an alert's id that people type; one that is not much longer is shown whole. */
const shortId = 8
const shownId = (id: string): string => (id.length <= 12 ? id : id.slice(0, shortId))

/** The service that an order about alerts names; `undefined` = none. */
export const alertService = (args: Arguments, knowledge: Knowledge): string | undefined => {
  const typed = optionalText(args, 'service')
  return typed === undefined ? undefined : (findService(knowledge, typed)?.name ?? typed)
}

/** What permission for alerts is asked for. */
export function alertSubject(args: Arguments, knowledge: Knowledge): Subject {
  const service = alertService(args, knowledge)
  return { environment: null, resources: service === undefined ? [] : [service] }
}

const targetOf = (args: Arguments, knowledge: Knowledge): MuteTarget | null => {
  const id = optionalText(args, 'id')?.toLowerCase()
  if (id !== undefined) return { id }
  const service = alertService(args, knowledge)
  return service === undefined ? null : { service }
}

const whatOf = (args: Arguments, knowledge: Knowledge): string =>
  optionalText(args, 'id') ?? alertService(args, knowledge) ?? ''

function line(alert: Alert): Phrase {
  const title = alert.url === null ? alert.title : ({ kind: 'link', url: alert.url, label: alert.title } as const)
  return phrase(alert.isMuted ? 'alerts.line.muted' : 'alerts.line', {
    title,
    severity: severityInWords(alert.severity),
    service: aboutAlert(alert.service, 1).service,
    id: shownId(alert.id),
    ago: { kind: 'time', at: alert.since, as: 'ago' },
  })
}

async function list(context: CommandContext, args: Arguments): Promise<Outcome> {
  const service = alertService(args, context.knowledge)
  const alerts = await context.provider('alerts', sourceOf(args))
  const all = await alerts.list(service === undefined ? {} : { service }, { signal: context.signal })
  const id = optionalText(args, 'id')?.toLowerCase()
  const severity = optionalText(args, 'severity')
  const found = all.filter(
    (alert) =>
      (id === undefined || alert.id.startsWith(id)) &&
      (severity === undefined || alert.severity?.toLowerCase() === severity),
  )
  if (found.length === 0) {
    return {
      result: 'done',
      changed: false,
      answer: { kind: 'list', title: noneOf(context.knowledge, service, severity) },
    }
  }
  const shown = [...found].sort((a, b) => Number(a.isMuted) - Number(b.isMuted)).slice(0, shownAlerts)
  return {
    result: 'done',
    changed: false,
    answer: {
      kind: 'list',
      title: phrase(service === undefined ? 'alerts.title' : 'alerts.title.of', {
        n: found.length,
        service: service ?? '',
      }),
      lines: shown.map(line),
      ...(found.length > shown.length
        ? { context: [phrase('list.shown', { shown: shown.length, total: found.length })] }
        : {}),
    },
  }
}

/** No alert: where the name is none of the catalogue's, that says nothing about a service. */
function noneOf(knowledge: Knowledge, service: string | undefined, severity: string | undefined): Phrase {
  if (service !== undefined && !findService(knowledge, service)) return phrase('alerts.none.unknown', { service })
  if (severity !== undefined) return phrase('alerts.none.severity', { severity: severityInWords(severity) })
  return service === undefined ? phrase('alerts.none') : phrase('alerts.none.of', { service })
}

async function mute(context: CommandContext, args: Arguments): Promise<Outcome> {
  const call = { signal: context.signal }
  const { action, knowledge } = context
  const alerts = await context.provider('alerts', sourceOf(args))
  const target = targetOf(args, knowledge)
  const typed = optionalText(args, 'duration')
  const until = (action.startedAt ?? context.now()) + (typed === undefined ? usualMute : durationMs(typed))
  const what = whatOf(args, knowledge)
  if (!target) throw new NoxError('internal', 'a mute without a target')
  if (!(context.resumed && (await alerts.isMutedBy(action.id, call)))) {
    const note = `${await context.nameOf(action.userId)} · NOX #${action.number}`
    await context.step('step.start')
    if (!(await alerts.mute(target, until, note, action.id, call))) {
      const title = phrase('alerts.unknown', { id: what })
      return { result: 'done', changed: false, answer: { kind: 'outcome', title } }
    }
  }
  const title = phrase('alerts.muted', { what, until: { kind: 'time', at: until, as: 'date' } })
  const back = {
    label: phrase('button.unmute'),
    does: { kind: 'order', command: 'alerts.unmute', args: pick(args) },
  } as const
  return { result: 'done', changed: true, answer: { kind: 'outcome', title, buttons: [back] } }
}

/** The target of an order, for the order that takes it back. */
const pick = ({ id, service, source }: Arguments): Arguments => ({
  ...(id === undefined ? {} : { id }),
  ...(service === undefined ? {} : { service }),
  ...(source === undefined ? {} : { source }),
})

async function unmute(context: CommandContext, args: Arguments): Promise<Outcome> {
  const alerts = await context.provider('alerts', sourceOf(args))
  const target = targetOf(args, context.knowledge)
  if (!target) throw new NoxError('internal', 'an unmute without a target')
  await context.step('step.start')
  const n = await alerts.unmute(target, { signal: context.signal })
  const what = whatOf(args, context.knowledge)
  const title =
    n === 0 && !context.resumed ? phrase('alerts.unmute.none', { what }) : phrase('alerts.unmuted', { what, n })
  return { result: 'done', changed: n > 0, answer: { kind: 'outcome', title } }
}

const atMonitoring = { theme: 'look', capability: 'alerts', timeLimitMs: 60_000, subject: alertSubject } as const

export const alertsList: Command = {
  ...atMonitoring,
  words: alertsListWords,
  example: (knowledge) => (hasUsualSource(knowledge, 'alerts') ? {} : null),
  describe: (args, knowledge) => {
    const service = alertService(args, knowledge)
    return service === undefined ? phrase('action.alerts.list') : phrase('action.alerts.list.of', { service })
  },
  run: list,
}

export const alertsMute: Command = {
  ...atMonitoring,
  words: alertsMuteWords,
  example: () => null,
  describe: (args, knowledge) => {
    const what = whatOf(args, knowledge)
    return what === '' ? phrase('command.alerts.mute') : phrase('action.alerts.mute', { what })
  },
  run: mute,
  async probe(context, args) {
    const alerts = await context.provider('alerts', sourceOf(args))
    return (await alerts.isMutedBy(context.action.id, { signal: context.signal })) ? 'done' : 'not-started'
  },
}

export const alertsUnmute: Command = {
  ...atMonitoring,
  words: alertsUnmuteWords,
  example: () => null,
  describe: (args, knowledge) => {
    const what = whatOf(args, knowledge)
    return what === '' ? phrase('command.alerts.unmute') : phrase('action.alerts.unmute', { what })
  },
  run: unmute,
  // Ending what has ended already changes nothing: it may simply be done again.
  probe: async () => 'not-started',
}
