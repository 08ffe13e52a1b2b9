import type { AuditRecord, RecordFilter } from '../domain/audit-record.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { resultOf } from '../domain/say-result.ts'
import { fr } from '../texts/fr.ts'
import type { TextKey } from '../texts/keys.ts'
import { type Phrase, phrase, type Value } from '../texts/phrase.ts'
import { optionalText } from './arguments.ts'
import type { Command, CommandContext, Outcome } from './command.ts'
import { inEnvironment } from './find-target.ts'
import { type Period, periodOf } from './look-back.ts'
import { whatOf } from './say-record.ts'
import { auditWords } from './words/audit.ts'

/** Rows of one message (the message book, "Length"). */
const shownRows = 10
/** Records that are counted. */
const mostRecords = 100

/** Whoever may not read everybody's history sees their own. */
function actorOf(context: CommandContext, args: Arguments): string | undefined {
  const wanted = optionalText(args, 'actor')
  const everybody = context.may({
    command: 'audit',
    action: 'audit',
    effect: 'read',
    environment: null,
    resources: [],
  })
  if (everybody.verdict === 'no' || wanted === 'me') return context.member.slackUserId
  return wanted === 'anyone' ? undefined : wanted
}

function filterOf(context: CommandContext, args: Arguments, period: Period | null): RecordFilter {
  const actor = actorOf(context, args)
  const wanted = { command: 'command', environment: 'environment', service: 'resource', result: 'result' } as const
  const filter: Record<string, string> = {}
  for (const [argument, field] of Object.entries(wanted)) {
    const value = optionalText(args, argument)
    if (value !== undefined) filter[field] = value
  }
  return {
    ...filter,
    ...(actor === undefined ? {} : { actor }),
    ...(period ? { since: period.from } : {}),
    ...(period?.until === undefined ? {} : { until: period.until }),
    limit: mostRecords + 1,
  }
}

const row = async (context: CommandContext, record: AuditRecord): Promise<readonly Value[]> => [
  { kind: 'time', at: record.at, as: 'date' },
  await context.nameOf(record.actor),
  whatOf(record),
  resultOf(record),
]

const isKey = (key: string): key is TextKey => Object.hasOwn(fr, key)

/** What was asked for, in words: `Historique des déploiements de user-api en staging, par Bob, sur 24 h : 2 actions`. */
async function titleOf(
  context: CommandContext,
  period: Period | null,
  filter: RecordFilter,
  n: number,
): Promise<Phrase> {
  const { command, resource, environment, actor, result } = filter
  const known = `audit.of.${command}`
  return phrase(n > mostRecords ? 'audit.title.many' : n === 0 ? 'audit.none' : 'audit.title', {
    n: Math.min(n, mostRecords),
    what: command === undefined ? '' : phrase(isKey(known) ? known : 'audit.of.other', { command }),
    thing: resource === undefined ? '' : phrase('audit.thing', { resource }),
    where: inEnvironment(environment),
    who: actor === undefined ? '' : phrase('audit.by', { person: await context.nameOf(actor) }),
    outcome: result !== undefined && isKey(`audit.with.${result}`) ? phrase(`audit.with.${result}` as TextKey) : '',
    since: period ? phrase('audit.since', { period: period.said }) : '',
  })
}

type Chain = Awaited<ReturnType<CommandContext['verifyAudit']>>

/** How far the chain was verified for this reading, and how much of it before. */
function chainLine({ ok, count: n, brokenAt, from, earlier }: Chain): Phrase {
  if (!ok) return phrase('audit.broken', { k: brokenAt ?? 0 })
  if (from > 1) return phrase('audit.verified.last', { n: n - from + 1, total: n })
  return earlier > 0 ? phrase('audit.verified.partly', { n, earlier }) : phrase('audit.verified', { n })
}

/** A file of who did what is no message of a channel: App Home makes it, into one's own messages. */
const whereExported: Outcome = {
  result: 'done',
  changed: false,
  answer: {
    kind: 'outcome',
    title: phrase('audit.export.where'),
    lines: [phrase('audit.export.how')],
    buttons: [{ label: phrase('button.home'), does: { kind: 'open', surface: 'home' }, style: 'primary' }],
  },
}

export const audit: Command = {
  words: auditWords,
  theme: 'me',
  timeLimitMs: 60_000,
  example: () => ({}),
  subject: () => ({ environment: null, resources: [] }),
  describe: () => phrase('action.audit'),
  async run(context, args) {
    if (args.file !== undefined) return whereExported
    const period = periodOf(context, args)
    const filter = filterOf(context, args, period)
    const [records, chain] = await Promise.all([context.audit(filter), context.verifyAudit()])
    const n = records.length
    const shown = records.slice(0, shownRows)
    const isOwn = filter.actor === context.member.slackUserId && optionalText(args, 'actor') !== 'me'
    const smallPrint: Phrase[] = [
      ...(isOwn ? [phrase('audit.own')] : []),
      ...(n > shown.length ? [phrase('audit.shown', { shown: shown.length })] : []),
      chainLine(chain),
    ]
    const title = await titleOf(context, period, filter, n)
    if (n === 0) {
      return { result: 'done', changed: false, answer: { kind: 'list', title, context: smallPrint } }
    }
    return {
      result: 'done',
      changed: false,
      answer: {
        kind: 'list',
        title,
        table: {
          head: [phrase('table.when'), phrase('table.who'), phrase('table.what'), phrase('table.result')],
          rows: await Promise.all(shown.map((record) => row(context, record))),
        },
        context: smallPrint,
      },
    }
  },
}
