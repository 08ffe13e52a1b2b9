import type { AlertRule } from '../capabilities/alerts.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { aboutAlert } from '../domain/say-received.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { alertService, alertSubject } from './alerts.ts'
import type { Command, CommandContext, Outcome } from './command.ts'
import { sourceName, sourceOf } from './source.ts'
import { alertsRulesWords } from './words/alerts-rules.ts'

/** Lines of one message (the message book, "Length"). */
const shownRules = 8
/** What needs a look first. */
const order: readonly AlertRule['state'][] = ['firing', 'silent', 'well', 'paused']

const line = ({ title, url, service, state }: AlertRule): Phrase =>
  phrase(`alerts.rule.${state}`, {
    title: url === null ? title : { kind: 'link', url, label: title },
    service: aboutAlert(service, 1).service,
  })

async function run(context: CommandContext, args: Arguments): Promise<Outcome> {
  const service = alertService(args, context.knowledge)
  const alerts = await context.provider('alerts', sourceOf(args))
  if (!alerts.rules) {
    const vendor = sourceName(context.knowledge, 'alerts', args)
    const title = phrase('alerts.rules.elsewhere', { vendor })
    return { result: 'done', changed: false, answer: { kind: 'list', title } }
  }
  const found = await alerts.rules(service === undefined ? {} : { service }, { signal: context.signal })
  const sorted = found.toSorted(
    (a, b) => order.indexOf(a.state) - order.indexOf(b.state) || (a.title < b.title ? -1 : 1),
  )
  const shown = sorted.slice(0, shownRules)
  const words = { n: found.length, service: service ?? '' }
  const key = found.length === 0 ? 'alerts.rules.none' : 'alerts.rules.title'
  return {
    result: 'done',
    changed: false,
    answer: {
      kind: 'list',
      title: phrase(service === undefined ? key : `${key}.of`, words),
      lines: shown.map(line),
      ...(found.length > shown.length
        ? { context: [phrase('list.shown', { shown: shown.length, total: found.length })] }
        : {}),
    },
  }
}

export const alertsRules: Command = {
  theme: 'look',
  capability: 'alerts',
  timeLimitMs: 60_000,
  subject: alertSubject,
  words: alertsRulesWords,
  example: () => null,
  describe: (args, knowledge) => {
    const service = alertService(args, knowledge)
    return service === undefined ? phrase('action.alerts.rules') : phrase('action.alerts.rules.of', { service })
  },
  run,
}
