import type { PodSummary } from '../capabilities/clusters.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { phrase } from '../texts/phrase.ts'
import { optionalText } from './arguments.ts'
import type { Command, Knowledge } from './command.ts'
import { inEnvironment, placeNamed, placeOf } from './find-target.ts'
import { podsWords } from './words/pods.ts'

/** Rows of one message (the message book, "Length"). */
const shownRows = 10

/** Pods in trouble first, then by restarts, then by name. */
const byTrouble = (a: PodSummary, b: PodSummary) =>
  Number(a.ready) - Number(b.ready) || b.restarts - a.restarts || a.name.localeCompare(b.name)

const subject = (args: Arguments, knowledge: Knowledge) => ({
  environment: optionalText(args, 'environment') ?? null,
  resources: [placeNamed(knowledge, args).name],
})

export const pods: Command = {
  words: podsWords,
  theme: 'look',
  timeLimitMs: 60_000,
  example: (knowledge) => (knowledge.services[0] ? { service: knowledge.services[0].name } : null),
  subject,
  describe(args, knowledge) {
    const { name, environment } = placeNamed(knowledge, args)
    return phrase('action.pods', { what: name, where: inEnvironment(environment) })
  },
  async run(context, args) {
    const place = placeOf(context.knowledge, args)
    const words = { what: place.name, where: inEnvironment(place.environment) }
    const connection = await context.connect(place.clusterId)
    const all = await context.clusters.pods(connection, place.where, { signal: context.signal })
    if (all.length === 0) {
      const title = phrase('pods.none', words)
      return { result: 'done', changed: false, answer: { kind: 'list', title } }
    }
    const shown = [...all].sort(byTrouble).slice(0, shownRows)
    return {
      result: 'done',
      changed: false,
      answer: {
        kind: 'list',
        title: phrase('pods.title', { ...words, n: all.length }),
        table: {
          head: [phrase('table.pod'), phrase('table.state'), phrase('table.restarts'), phrase('table.since')],
          rows: shown.map((pod) => [
            pod.name,
            pod.status,
            pod.restarts,
            { kind: 'duration', ms: Math.max(0, context.now() - pod.since) },
          ]),
        },
        ...(all.length > shown.length
          ? { context: [phrase('pods.more', { shown: shown.length, total: all.length })] }
          : {}),
      },
    }
  },
}
