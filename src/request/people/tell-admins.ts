import { adminsOf } from '../../actions/admins.ts'
import type { Decision } from '../../actions/decisions.ts'
import { describeAction } from '../../actions/frames.ts'
import type { Actions } from '../../actions/index.ts'
import type { Services } from '../../actions/services.ts'
import type { TenantSnapshot } from '../../actions/tenant-knowledge.ts'
import type { Gap } from '../../commands/feature.ts'
import { connectButton } from '../../commands/gap-answer.ts'
import type { Action } from '../../domain/action.ts'
import type { Answer } from '../../domain/answer.ts'
import { isVendor, vendorNames, vendors } from '../../domain/integration.ts'
import type { Member } from '../../domain/member.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'

/** The command under which the ledger and the audit keep it. */
const tellCommand = 'tell'
/** Admins who get a direct message. */
const mostTold = 3
/** The same gap is told again after this (ms). */
const quiet = 24 * 3_600_000

const gaps: readonly Gap[] = ['cluster', 'service', 'target', 'repository', ...vendors]

const missingPhrase = (gap: Gap, person: string): Phrase =>
  isVendor(gap)
    ? phrase('tell.missing.vendor', { person, vendor: vendorNames[gap] })
    : phrase(`tell.missing.${gap}`, { person })

/** "Tell an admin": a direct message to those who can close a gap, once for each order and once a day for each gap. */
export async function tellAdmins(
  services: Services,
  actions: Actions,
  { knowledge }: TenantSnapshot,
  member: Member,
  about: Action,
  value: string | undefined,
): Promise<Decision> {
  const { tenantId } = about
  const gap = gaps.find((each) => each === value)
  if (!gap) return { say: phrase('error.order') }
  const { ledger } = services.storage
  const now = services.now()
  const last = await ledger.lastDone(tenantId, tellCommand, gap)
  if (last && now - last.createdAt < quiet) {
    return { say: phrase('tell.again', { ago: { kind: 'time', at: last.createdAt, as: 'ago' } }) }
  }
  const admins = (await adminsOf(services, tenantId)).filter((each) => each.id !== member.id).slice(0, mostTold)
  if (admins.length === 0) return { say: phrase('tell.nobody') }
  const person = await services.people.nameOf(tenantId, member.slackUserId)
  const ordered = describeAction(services, knowledge, about)
  const direct: Answer = {
    kind: 'notice',
    title: missingPhrase(gap, person),
    ...(about.command === 'help' ? {} : { lines: [phrase('tell.next', { action: ordered })] }),
    buttons: [connectButton(gap)],
  }
  const told: Answer = {
    kind: 'outcome',
    title: phrase('tell.sent', { people: { kind: 'people', names: admins.map((each) => each.name) } }),
  }
  const accepted = await ledger.accept({
    tenantId,
    id: services.newId(),
    eventId: `tell:${about.id}`,
    memberId: member.id,
    userId: member.slackUserId,
    place: about.place,
    command: tellCommand,
    args: {},
    language: about.language,
    environment: null,
    resource: gap,
    plan: {
      kind: 'tell',
      answer: told,
      result: 'done',
      details: {},
      directs: { userIds: admins.map((each) => each.slackUserId), answer: direct },
    },
    quota: null,
    now,
    leaseMs: services.leaseMs,
  })
  if (accepted.kind === 'duplicate') {
    if (accepted.action.state === 'failed') return { say: phrase('tell.nobody') }
    return { say: phrase('tell.again', { ago: { kind: 'time', at: accepted.action.createdAt, as: 'ago' } }) }
  }
  return { say: null, afterwards: () => actions.perform(accepted.action) }
}
