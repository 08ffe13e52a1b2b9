import { phrase } from '../texts/phrase.ts'
import { durationMs, optionalText } from './arguments.ts'
import type { Command } from './command.ts'
import { inEnvironment, placeNamed, placeOf } from './find-target.ts'
import { lastOf, periodOf } from './look-back.ts'
import { eventsWords } from './words/events.ts'

const shownRows = 10
/** Kubernetes keeps events for an hour unless told otherwise (kube-apiserver --event-ttl). */
const defaultSince = 'PT1H'
/** A message of the cluster is cut here: a table cell is no place for more. */
const longestMessage = 120

const cut = (message: string) =>
  message.length > longestMessage ? `${message.slice(0, longestMessage - 1)}…` : message

export const events: Command = {
  words: eventsWords,
  theme: 'look',
  timeLimitMs: 60_000,
  example: (knowledge) => (knowledge.services[0] ? { service: knowledge.services[0].name } : null),
  subject: (args, knowledge) => ({
    environment: optionalText(args, 'environment') ?? null,
    resources: [placeNamed(knowledge, args).name],
  }),
  describe(args, knowledge) {
    const { name, environment } = placeNamed(knowledge, args)
    return phrase('action.events', { what: name, where: inEnvironment(environment) })
  },
  async run(context, args) {
    const place = placeOf(context.knowledge, args)
    const words = { what: place.name, where: inEnvironment(place.environment) }
    const period = periodOf(context, args, 'period.in') ?? lastOf(context, durationMs(defaultSince), 'period.in')
    const connection = await context.connect(place.clusterId)
    const since = period.said
    const told = await context.clusters.events(connection, place.where, period.from, {
      signal: context.signal,
    })
    const found = told.filter(({ at }) => period.until === undefined || at < period.until)
    if (found.length === 0) {
      const title = phrase('events.none', { ...words, since })
      return { result: 'done', changed: false, answer: { kind: 'list', title } }
    }
    // Of one second, what was told last comes first.
    const newest = [...found]
      .reverse()
      .sort((a, b) => b.at - a.at)
      .slice(0, shownRows)
    return {
      result: 'done',
      changed: false,
      answer: {
        kind: 'list',
        title: phrase('events.title', { ...words, n: found.length, since }),
        table: {
          head: [phrase('table.when'), phrase('table.reason'), phrase('table.what'), phrase('table.message')],
          rows: newest.map((event) => [
            { kind: 'time', at: event.at, as: 'ago' },
            event.type === 'Warning' ? `⚠️ ${event.reason}` : event.reason,
            event.object,
            cut(event.count > 1 ? `${event.message} (×${event.count})` : event.message),
          ]),
        },
      },
    }
  },
}
