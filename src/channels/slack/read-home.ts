import type { Action } from '../../domain/action.ts'
import type { AuditResult } from '../../domain/audit-record.ts'
import { rightsInWords } from '../../permissions/index.ts'
import { mayConfigure } from '../../request/administration/index.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import type { SlackChannel } from './channel.ts'
import type { HomeData } from './views/home.ts'

/** One's own actions that Home shows. */
const shownActions = 5
/** Requests that Home offers to decide. */
const shownRequests = 5

/** Reads what a person's Home tab shows. */
export async function readHome(
  channel: SlackChannel,
  tenantId: string,
  userId: string,
): Promise<{ readonly data: HomeData; readonly timeZone: string }> {
  const { storage, knowledge, administration } = channel
  const { member } = await administration.memberOf(tenantId, userId)
  const snapshot = await knowledge.snapshot(tenantId)
  const { knowledge: known, zones } = snapshot
  const [actions, waiting, name, usage] = await Promise.all([
    storage.ledger.list(tenantId, { userId, limit: shownActions }),
    channel.toDecide(tenantId, member, shownRequests),
    channel.people.nameOf(tenantId, userId),
    channel.usageOf(tenantId, member),
  ])
  const configures = mayConfigure(member)
  const describe = (action: Action) => channel.describe(snapshot, action)
  const data: HomeData = {
    name,
    rights: [
      phrase('whoami.title', {
        name,
        role: phrase(`role.${member.role}`),
        groups: member.groups.length > 0 ? phrase('whoami.groups', { groups: member.groups.join(', ') }) : '',
      }),
      ...rightsInWords(member, zones),
      phrase('whoami.today', { used: usage.used, limit: usage.limit }),
    ],
    configured: configures ? configuredOf(known) : null,
    toDecide: await Promise.all(waiting.map((action) => decisionOf(channel, action, describe(action)))),
    actions: actions.map((action) => actionLine(action, describe(action))),
    steps: configures ? stepsOf(known, actions.length > 0) : [],
    now: channel.now(),
  }
  return { data, timeZone: known.tenant.timeZone }
}

type Known = Awaited<ReturnType<SlackChannel['knowledge']['snapshot']>>['knowledge']

function configuredOf(known: Known): HomeData['configured'] {
  const list = (items: readonly string[]) => ({ kind: 'list', items: items.length > 0 ? items : ['–'] }) as const
  return {
    clusters: known.clusters.map(({ id, name, environments, checkedAt }) => ({
      id,
      name,
      line: phrase('home.clusters.line', {
        name,
        environments: list(environments),
        ago: checkedAt === null ? '–' : { kind: 'time', at: checkedAt, as: 'ago' },
      }),
    })),
    services: known.services.map(({ id, name, targets }) => ({
      id,
      name,
      line: phrase('home.services.line', { name, environments: list(targets.map((target) => target.environment)) }),
    })),
    backups: known.backupTargets.map(({ id, name, environment, cronJob }) => ({
      id,
      name,
      line: phrase('home.backups.line', { name, env: environment, cronJob }),
    })),
  }
}

function stepsOf(known: Known, hasActed: boolean): HomeData['steps'] {
  return [
    { what: phrase('home.step.slack'), done: true },
    { what: phrase('home.step.cluster'), done: known.clusters.length > 0 },
    { what: phrase('home.step.service'), done: known.services.length > 0 },
    { what: phrase('home.step.first'), done: hasActed },
  ]
}

async function decisionOf(
  channel: SlackChannel,
  action: Action,
  described: Phrase,
): Promise<HomeData['toDecide'][number]> {
  const person = await channel.people.nameOf(action.tenantId, action.userId)
  const until = { kind: 'time', at: action.expiresAt ?? channel.now(), as: 'date' } as const
  return {
    actionId: action.id,
    n: action.number,
    line: phrase('home.decide.line', { action: described, person, until }),
    confirm: phrase('dialog.approve.text', { action: described, person }),
  }
}

const ended: ReadonlySet<string> = new Set<AuditResult>([
  'done',
  'refused',
  'failed',
  'cancelled',
  'expired',
  'unknown',
])

function actionLine(action: Action, described: Phrase): Phrase {
  const state = ended.has(action.state)
    ? phrase(`result.${action.state as 'done'}`)
    : phrase(action.state === 'waiting' ? 'home.state.waiting' : 'home.state.running')
  const when = { kind: 'time', at: action.finishedAt ?? action.createdAt, as: 'ago' } as const
  return phrase('home.actions.line', { result: state, action: described, when })
}
