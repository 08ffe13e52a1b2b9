import type { Command, CommandContext, Outcome } from '../commands/command.ts'
import type { Button } from '../domain/answer.ts'
import { vendorNames } from '../domain/integration.ts'
import { NoxError } from '../errors.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { contextWith } from './context.ts'
import { describeAction } from './frames.ts'
import { vendorsToChoose } from './provider.ts'
import type { Services } from './services.ts'
import { stopOf } from './why-stopped.ts'

/** Errors after which an order may or may not have arrived. */
const uncertain = new Set(['timeout', 'unreachable', 'vendor-failed'])

/** Errors that the same order meets again. */
const hopeless = new Set(['bad-input', 'not-found'])

const retry = (context: CommandContext): readonly Button[] => [
  {
    label: phrase('button.retry'),
    does: { kind: 'order', command: context.action.command, args: context.action.args },
  },
]

/** The same order with a vendor that is named, for each that could answer; whichever is pressed first is given, once. */
const chooseVendor = ({ action }: CommandContext, error: NoxError): readonly Button[] =>
  vendorsToChoose(error).map((vendor) => ({
    label: phrase('action.plain', { command: vendorNames[vendor] }),
    does: { kind: 'order', command: action.command, args: { ...action.args, source: vendor }, once: action.id },
  }))

/** How a run ended that threw: what to say of it, or that another process (or nobody) can tell. */
export async function outcomeOfError(
  services: Services,
  command: Command,
  context: CommandContext,
  error: unknown,
  lastStep: string | null,
): Promise<Outcome | 'lost' | 'handed-over' | 'unknown'> {
  const { action, signal } = context
  const described = describeAction(services, context.knowledge, action)
  const stop = stopOf(signal)
  if (stop?.why === 'lost') return 'lost'
  if (stop?.why === 'shutdown') return 'handed-over'
  const began = lastStep !== null
  if (stop?.why === 'cancel') {
    const person = await services.people.nameOf(action.tenantId, stop.userId ?? action.userId)
    const title = phrase(began ? 'state.cancelled.late' : 'state.cancelled', { action: described, person })
    const details = { by: stop.userId ?? action.userId }
    return { result: 'cancelled', changed: began, answer: { kind: 'outcome', title }, details }
  }
  services.log.warn(
    { err: error, tenant: action.tenantId, action: action.id, command: action.command },
    'a command failed',
  )
  const code = stop?.why === 'time-limit' ? 'timeout' : error instanceof NoxError ? error.code : 'internal'
  if (command.words.effect === 'write' && began && uncertain.has(code)) {
    const found = await probe(services, command, context)
    if (found === 'unknown') return 'unknown'
    if (found === 'not-started') return failed(context, described, error, code, false)
    // The answer was lost, the effect was not: the run goes on from there, as after a restart.
    if (!context.resumed && !signal.aborted) {
      return command.run(contextWith(context, { resumed: true }), action.args).catch((again: unknown) => {
        services.log.warn({ err: again, action: action.id }, 'a run could not be taken up again')
        return failed(context, described, error, code, began)
      })
    }
  }
  return failed(context, described, error, code, began)
}

/** Asks the outside world with a signal of its own, since the run's may have ended. */
async function probe(services: Services, command: Command, context: CommandContext) {
  if (!command.probe) return 'unknown'
  const signal = AbortSignal.timeout(15_000)
  return command.probe(contextWith(context, { signal }), context.action.args).catch((error: unknown) => {
    services.log.warn({ err: error, action: context.action.id }, 'the outside world could not be asked')
    return 'unknown' as const
  })
}

function failed(context: CommandContext, action: Phrase, error: unknown, code: string, changed: boolean): Outcome {
  const details = { code }
  const buttons = retry(context)
  if (code === 'timeout' && stopOf(context.signal)?.why === 'time-limit') {
    const ms = context.now() - (context.action.startedAt ?? context.action.createdAt)
    const sentence = phrase('failure.timeout', { limit: { kind: 'duration', ms } })
    const title = phrase('state.failed', { action })
    return { result: 'failed', changed, details, answer: { kind: 'outcome', title, lines: [sentence], buttons } }
  }
  if (error instanceof NoxError && error.forPerson) {
    const title = phrase('state.failed', { action })
    const lines = [error.forPerson]
    const ways = hopeless.has(code) ? chooseVendor(context, error) : buttons
    return { result: 'failed', changed, details, answer: { kind: 'outcome', title, lines, buttons: ways } }
  }
  if (code === 'unreachable' && !changed) {
    const title = phrase('vendor.down', { action, vendor: 'Kubernetes' })
    return { result: 'failed', changed, details, answer: { kind: 'outcome', title, buttons } }
  }
  const ref = context.action.id.slice(-8)
  const title = phrase(changed ? 'nox.failed' : 'nox.down', { action, ref })
  return { result: 'failed', changed, details: { code, ref }, answer: { kind: 'outcome', title, buttons } }
}
