import type { Action } from '../domain/action.ts'
import type { Duty } from '../duties/create-duties.ts'
import { phrase } from '../texts/phrase.ts'
import { againButton } from './ask-answers.ts'
import { commandContext } from './context.ts'
import { endWhereGone, isGone } from './end-where-gone.ts'
import { describeAction, frameOf } from './frames.ts'
import type { Holds } from './holds.ts'
import type { Perform } from './perform.ts'
import type { Sequences } from './sequence.ts'
import type { Services } from './services.ts'
import { tellEnd } from './tell-end.ts'
import { tellUnknown } from './unknown.ts'
import { stopOf } from './why-stopped.ts'

/** Actions that are taken up at once. */
const atOnce = 50
/** Actions that a start takes up: nobody else would before their leases end. */
const atStart = 10_000
/** What the outside world gets to answer whether an effect took place (ms). */
const probePatience = 15_000

/** Looks after actions that a crash, a restart or time has left behind. */
export interface Recovery {
  /** One look; `all` takes every running action: right only at the start of the only process. */
  look(options?: { readonly all?: boolean }): Promise<void>
}

/** How often the ledger is looked through (ms): what a dead process left is taken up a lease and this later at most. */
const every = 3_000

/** Looks through the ledger again and again. */
export function recoveryDuty({ look }: Recovery): Duty {
  return { name: 'recovery', everyMs: every, by: 'each', round: () => look() }
}

/** Takes up what a crash or a hand-over left, ends what nobody answered, begins what is queued. */
export function createRecovery(services: Services, holds: Holds, perform: Perform, sequences: Sequences): Recovery {
  const { ledger } = services.storage

  async function look(options: { readonly all?: boolean } = {}): Promise<void> {
    const now = services.now()
    const limit = options.all ? atStart : atOnce
    // Where the clock of the database jumps ahead, a lease ends early: its next renewal makes it good.
    const isHeld = (id: string) => holds.find(id)?.signal.aborted === false
    const left = await ledger.takeAbandoned({ leaseMs: services.leaseMs, limit, isHeld, ...options })
    for (const action of left)
      background(
        services,
        action,
        holds.during(action, ({ signal }) => resume(services, perform, action, signal)),
      )
    for (const action of await ledger.expireOverdue(now, atOnce)) {
      background(services, action, tellExpired(services, action))
    }
    await sequences.look()
  }

  return { look }
}

function background(services: Services, action: Action, work: Promise<void>): void {
  work.catch((error: unknown) =>
    services.log.error({ err: error, tenant: action.tenantId, action: action.id }, 'an action could not be recovered'),
  )
}

/** Goes on with an interrupted action: a read runs again; a write asks first whether its effect took place. */
async function resume(services: Services, perform: Perform, action: Action, held: AbortSignal): Promise<void> {
  if (await endWhereGone(services, action)) return
  const command = services.findCommand(action.command)
  if (action.plan.kind !== 'run' || !command?.probe || command.words.effect === 'read' || action.step === null) {
    return perform(action)
  }
  const snapshot = await services.knowledge.snapshot(action.tenantId)
  const member = await services.knowledge.member(action.tenantId, action.userId)
  if (!member) return perform(action)
  const context = commandContext(services, {
    action,
    member,
    snapshot,
    signal: AbortSignal.any([held, AbortSignal.timeout(probePatience)]),
    resumed: true,
    progress: () => {},
    step: async () => {},
    decide: () => Promise.resolve(phrase('cancel.nothing')),
  })
  const found = await command.probe(context, action.args).catch((error: unknown) => {
    services.log.warn({ err: error, action: action.id }, 'the outside world could not be asked')
    return 'unknown' as const
  })
  if (stopOf(held)?.why === 'lost') return
  services.log.info({ tenant: action.tenantId, action: action.id, found }, 'an interrupted action was probed')
  if (found === 'done' || found === 'in-progress') return perform(action, { resumed: true })
  if (found === 'not-started') return perform(action, { resumed: false })
  const frame = await frameOf(services, action)
  const live = services.messenger.live(frame, action.messageTs, action.id, async (ts) => {
    await services.storage.ledger.setMessage(action.tenantId, action.id, action.fence, ts)
  })
  return tellUnknown(services, action, live, snapshot.knowledge)
}

async function tellExpired(services: Services, action: Action): Promise<void> {
  services.metrics.actionEnded(action.command, 'expired', services.now() - action.createdAt)
  if (await isGone(services, action)) return
  const { knowledge } = await services.knowledge.snapshot(action.tenantId)
  const words = { action: describeAction(services, knowledge, action) }
  if (action.waitingFor !== 'approval')
    return tellEnd(services, action, { kind: 'outcome', title: phrase('state.expired', words) })
  const title = phrase('approval.expired', words)
  await tellEnd(services, action, { kind: 'outcome', title, buttons: [againButton(action)] })
}
