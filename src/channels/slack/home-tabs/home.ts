import type { Action } from '../../../domain/action.ts'
import type { AuditResult } from '../../../domain/audit-record.ts'
import { resultOf } from '../../../domain/say-result.ts'
import { scheduleButtons, scheduleLine, scheduleWhat } from '../../../domain/say-schedule.ts'
import { openScheduleStates } from '../../../domain/schedule.ts'
import { mayConfigure, rightsInWords } from '../../../permissions/index.ts'
import { maySetUp } from '../../../request/governance/index.ts'
import type { TextKey } from '../../../texts/keys.ts'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import type { SlackChannel } from '../channel.ts'
import { type HomeData, homeBlocks } from '../views/home.ts'
import type { Tab, TabContext } from './tab.ts'

/** One's own actions that Home shows. */
const shownActions = 5
/** One's own schedules that Home shows. */
const shownSchedules = 5
/** Newest orders of the tenant among which one in a channel is looked for. */
const lookedThrough = 50
/** Requests that Home offers to decide. */
const shownRequests = 5

/** What needs a decision, one's rights, one's last actions; for admins what is left to set up. */
export const homeTab: Tab = {
  name: 'home',
  mayOpen: () => true,
  async read(context) {
    const { channel, tenantId, userId, member, snapshot, draw, reader } = context
    const { knowledge: known, zones } = snapshot
    const [actions, schedules, waiting, name, usage, steps] = await Promise.all([
      channel.storage.ledger.list(tenantId, { userId, limit: shownActions }),
      channel.storage.schedules.list(tenantId, { ownerId: userId, states: openScheduleStates, limit: shownSchedules }),
      channel.toDecide(tenantId, member, shownRequests),
      channel.people.nameOf(tenantId, userId),
      channel.usageOf(tenantId, member),
      mayConfigure(member) ? stepsOf(context) : [],
    ])
    const describe = (action: Pick<Action, 'command' | 'args'>) => channel.describe(snapshot, action)
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
      toDecide: await Promise.all(waiting.map((action) => decisionOf(channel, action, describe(action)))),
      schedules: schedules.map((schedule) => ({
        line: scheduleLine(schedule, scheduleWhat(schedule, describe)),
        buttons: scheduleButtons(schedule, describe),
      })),
      actions: actions.map((action) => actionLine(action, describe(action))),
      steps,
      setup: maySetUp(member) ? { tenant: known.tenant, first: !known.tenant.setUpAt } : null,
    }
    return homeBlocks(data, draw, reader)
  },
}

/** Words of an action that has not ended; any other runs. */
const openStates: { readonly [state: string]: TextKey } = {
  waiting: 'home.state.waiting',
  queued: 'home.state.queued',
}

/** The way to the first deployment; each step ticks itself. A freelance has nobody to invite, and nothing to approve. */
async function stepsOf({ channel, tenantId, snapshot }: TabContext): Promise<HomeData['steps']> {
  const { tenant, clusters, services } = snapshot.knowledge
  const [members, isEdited, orders] = await Promise.all([
    channel.storage.members.list(tenantId),
    channel.storage.zones.isEdited(tenantId),
    channel.storage.ledger.list(tenantId, { limit: lookedThrough }),
  ])
  const open = (actionId: string) => ({ actionId, label: 'button.open' }) as const
  const connects: HomeData['steps'] = [
    { what: phrase('home.step.slack'), done: true },
    { what: phrase('home.step.cluster'), done: clusters.length > 0, opens: open('admin.add.cluster') },
    { what: phrase('home.step.service'), done: services.length > 0, opens: open('tab.integrations') },
  ]
  const together: HomeData['steps'] = [
    {
      what: phrase('home.step.team'),
      done: members.length > 1,
      opens: { actionId: 'tab.team', label: 'button.invite' },
    },
    { what: phrase('home.step.zones'), done: isEdited, opens: open('tab.permissions') },
  ]
  return [
    ...connects,
    ...(tenant.kind === 'company' ? together : []),
    { what: phrase('home.step.first'), done: orders.some(({ place }) => place.kind === 'channel') },
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

/** What its record tells of why it ended. */
const detailsOf = ({ plan, waitingFor }: Action) => (plan.kind === 'tell' ? plan.details : { waitingFor })

function actionLine(action: Action, described: Phrase): Phrase {
  const state = ended.has(action.state)
    ? resultOf({ command: action.command, result: action.state as AuditResult, details: detailsOf(action) })
    : phrase(openStates[action.state] ?? 'home.state.running')
  const when = { kind: 'time', at: action.finishedAt ?? action.createdAt, as: 'ago' } as const
  return phrase('home.actions.line', { result: state, action: described, when })
}
