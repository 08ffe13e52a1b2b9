import type { AuditRecord } from '../domain/audit-record.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { type Phrase, phrase, type Value } from '../texts/phrase.ts'
import { durationMs, optionalText } from './arguments.ts'
import type { AuditFilter, Command, CommandContext } from './command.ts'
import { auditWords } from './words/audit.ts'

/** Rows of one message (the message book, "Length"). */
const shownRows = 10
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

function filterOf(context: CommandContext, args: Arguments): AuditFilter {
  const since = optionalText(args, 'since')
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
    ...(since === undefined ? {} : { since: context.now() - durationMs(since) }),
    limit: mostRecords,
  }
}

async function row(context: CommandContext, record: AuditRecord): Promise<readonly Value[]> {
  const what = [record.command, record.resource, record.environment].filter((part) => part !== null).join(' · ')
  const number = record.actionNumber === null ? '' : `#${record.actionNumber} `
  return [
    { kind: 'time', at: record.at, as: 'date' },
    await context.nameOf(record.actor),
    `${number}${what}`,
    phrase(`result.${record.result}`),
  ]
}

export const audit: Command = {
  words: auditWords,
  theme: 'me',
  timeLimitMs: 60_000,
  example: () => ({}),
  subject: () => ({ environment: null, resources: [] }),
  describe: () => phrase('action.audit'),
  async run(context, args) {
    const filter = filterOf(context, args)
    const [records, chain] = await Promise.all([context.audit(filter), context.verifyAudit()])
    const since = optionalText(args, 'since')
    const smallPrint: Phrase[] = [
      chain.ok ? phrase('audit.verified', { n: chain.count }) : phrase('audit.broken', { k: chain.brokenAt ?? 0 }),
    ]
    if (filter.actor === context.member.slackUserId && optionalText(args, 'actor') !== 'me') {
      smallPrint.unshift(phrase('audit.own'))
    }
    if (records.length === 0) {
      const answer = { kind: 'list', title: phrase('audit.none'), context: smallPrint } as const
      return { result: 'done', changed: false, answer }
    }
    const n = records.length
    const title =
      since === undefined
        ? phrase('audit.title', { n })
        : phrase('audit.title.since', { n, since: { kind: 'duration', ms: durationMs(since) } })
    return {
      result: 'done',
      changed: false,
      answer: {
        kind: 'list',
        title,
        table: {
          head: [phrase('table.when'), phrase('table.who'), phrase('table.what'), phrase('table.result')],
          rows: await Promise.all(records.slice(0, shownRows).map((record) => row(context, record))),
        },
        context: smallPrint,
      },
    }
  },
}
