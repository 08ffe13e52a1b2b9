import type { Answer } from '../domain/answer.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { optionalNumber, optionalText, text } from './arguments.ts'
import type { Command } from './command.ts'
import { serviceTarget } from './find-target.ts'
import { type Period, periodOf } from './look-back.ts'
import { serviceSubject } from './service-order.ts'
import { logsWords } from './words/logs.ts'

/** Lines in the message, and in the file beside it (the message book, "Length"). */
const shownLines = 10
const mostLines = 5_000
const defaultLines = 100
/** What may sit in memory of one order (bytes). */
const mostBytes = 2 * 1024 * 1024

const dayMs = 24 * 3_600_000

type Level = 'error' | 'warn' | 'info' | 'debug'
const levels: readonly string[] = ['error', 'warn', 'info', 'debug']
const isLevel = (value: string | undefined): value is Level => value !== undefined && levels.includes(value)

function none(args: Arguments, service: string, environment: string, period: Period | null, now: number): Answer {
  const contains = optionalText(args, 'contains')
  const level = optionalText(args, 'level')
  const day = { service, environment, since: 'P1D' }
  return {
    kind: 'list',
    title: phrase('logs.none', {
      service,
      env: environment,
      period: period ? phrase('logs.period', { period: period.said }) : '',
      filter: contains ? phrase('logs.filter', { contains }) : level ? phrase('logs.filter.level', { level }) : '',
    }),
    ...(period && period.from > now - dayMs
      ? {
          buttons: [
            { label: phrase('button.last24h'), does: { kind: 'order', command: 'logs', args: { ...args, ...day } } },
          ],
        }
      : {}),
  }
}

export const logs: Command = {
  words: logsWords,
  theme: 'look',
  timeLimitMs: 60_000,
  example: (knowledge) => (knowledge.services[0] ? { service: knowledge.services[0].name } : null),
  subject: serviceSubject,
  describe: (args) => phrase('action.logs', { service: text(args, 'service'), env: text(args, 'environment') }),
  async run(context, args) {
    const { service, target } = serviceTarget(
      context.knowledge,
      text(args, 'service'),
      text(args, 'environment'),
      optionalText(args, 'cluster'),
    )
    const period = periodOf(context, args)
    const contains = optionalText(args, 'contains')
    const level = optionalText(args, 'level')
    const connection = await context.connect(target.clusterId)
    const found = await context.clusters.logs(
      connection,
      target,
      {
        lines: Math.min(optionalNumber(args, 'lines') ?? defaultLines, mostLines),
        maxBytes: mostBytes,
        ...(period ? { since: period.from } : {}),
        ...(period?.until === undefined ? {} : { until: period.until }),
        ...(contains ? { contains } : {}),
        ...(isLevel(level) ? { level } : {}),
        ...(args.previous === true ? { previous: true } : {}),
      },
      { signal: context.signal },
    )
    if (found.lines.length === 0) {
      return {
        result: 'done',
        changed: false,
        answer: none(args, service.name, target.environment, period, context.now()),
      }
    }
    const severalPods = new Set(found.lines.map((line) => line.pod)).size > 1
    const lines = found.lines.map((line) => (severalPods ? `${line.pod}  ${line.text}` : line.text))
    const shown = lines.slice(-shownLines)
    const isLong = lines.length > shown.length
    const words = { service: service.name, env: target.environment, n: shown.length, total: lines.length }
    const asked = optionalNumber(args, 'lines') ?? defaultLines
    const isFull = found.cut && (lines.length < asked || lines.length >= mostLines)
    const smallPrint: Phrase[] = isFull
      ? [phrase('logs.cut', { limit: lines.length })]
      : found.cut
        ? [phrase('logs.older')]
        : []
    const name = `${service.name}-${target.environment}.log`
    const more = Math.min(mostLines, Math.max(1_000, lines.length * 5))
    return {
      result: 'done',
      changed: false,
      answer: {
        kind: 'list',
        title: phrase(isLong ? (found.cut ? 'logs.title.cut' : 'logs.title.long') : 'logs.title', words),
        output: { lines: shown },
        ...(isLong ? { file: { name, content: `${lines.join('\n')}\n`, lines: lines.length } } : {}),
        ...(found.cut && lines.length < mostLines
          ? {
              buttons: [
                {
                  label: phrase('button.more'),
                  does: {
                    kind: 'order',
                    command: 'logs',
                    args: { ...args, environment: target.environment, lines: more },
                  },
                },
              ],
            }
          : {}),
        context: smallPrint,
      },
    }
  },
}
