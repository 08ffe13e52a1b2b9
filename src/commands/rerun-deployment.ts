import type { Run } from '../capabilities/repositories.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { optionalText } from './arguments.ts'
import type { CommandContext, Outcome, Question, Verdict } from './command.ts'
import { deploy } from './deploy.ts'
import { isByWorkflow, type WorkflowService } from './deploy-by-workflow.ts'
import { questionOf } from './question.ts'

/** Deployments since a run began that are looked through for the one that started it. */
const mostRecords = 500
/** Clocks of NOX and the vendor may differ by this (ms). */
const skew = 60_000

const versionNames = ['tag', 'branch', 'sha'] as const

/** Where a run deploys: to the one place that NOX sent it to, or to any that its workflow could lead to. */
interface Leads {
  /** The deployment that NOX started it for. */
  readonly order: Arguments | null
  /** What permission is asked for. Empty = it deploys nothing. */
  readonly questions: readonly Question[]
}

/** May this run start the workflow that deploys a service, by itself or as one that it calls? */
function mayDeploy({ repository, file, calls }: Run, service: WorkflowService): boolean {
  const of = service.repository.toLowerCase()
  const isOwn = repository.toLowerCase() === of
  if (isOwn && (file === null || file === service.workflow || calls === null)) return true
  return (calls ?? []).some((each) => each.repository.toLowerCase() === of && each.file === service.workflow)
}

async function leadsOf(context: CommandContext, run: Run): Promise<Leads> {
  const { services, clusters } = context.knowledge
  const records = await context.audit({ command: 'deploy', since: run.createdAt - skew, limit: mostRecords })
  const own = records.find(({ details }) => details.run === run.id)
  if (own?.resource && own.environment) {
    const version = versionNames.flatMap((name) => {
      const value = own.details[name]
      return typeof value === 'string' ? [[name, value] as const] : []
    })
    const order = { service: own.resource, environment: own.environment, ...Object.fromEntries(version) }
    return { order, questions: [questionOf(deploy, order, context.knowledge)] }
  }
  const deployed = services.filter((service) => isByWorkflow(service) && mayDeploy(run, service))
  const inServices = services.flatMap(({ targets }) => targets.map(({ environment }) => environment))
  const environments = new Set([...inServices, ...clusters.flatMap((each) => each.environments)])
  const everywhere = environments.size > 0 ? [...environments] : [null]
  const questions = deployed.flatMap(({ name, aliases }) =>
    everywhere.map((environment) => ({
      command: 'deploy',
      action: 'deploy' as const,
      effect: 'write' as const,
      environment,
      resources: [name, ...aliases],
    })),
  )
  return { order: null, questions }
}

/**
 * A rerun as the deployment that it is, where NOX started that: what it is asked, and what an approval is given on.
 * `null` = it deploys nothing, or nobody can tell what.
 */
export async function settleRerun(context: CommandContext, run: Run, args: Arguments): Promise<Arguments | null> {
  return settle(run, args, (await leadsOf(context, run)).order)
}

function settle(run: Run, args: Arguments, order: Arguments | null): Arguments | null {
  if (!order || versionOf(order) === undefined) return null
  return { ...args, ...order, id: run.id, attempt: String(run.attempt) }
}

/** The deployment that a settled rerun stands for; `null` = it is not settled. */
export function deploymentOf({ service, environment, tag, branch, sha, attempt }: Arguments): Arguments | null {
  if (attempt === undefined || service === undefined || environment === undefined) return null
  const version = Object.entries({ tag, branch, sha }).filter(([, value]) => value !== undefined)
  return { service, environment, ...Object.fromEntries(version) } as Arguments
}

/** The version that a deployment names. */
export const versionOf = (order: Arguments): string | undefined =>
  versionNames.map((name) => optionalText(order, name)).find((value) => value !== undefined)

const isSame = (one: Arguments, other: Arguments) =>
  ['service', 'environment', ...versionNames].every((name) => one[name] === other[name])

/**
 * A run that deploys is run again by who may order that deployment at once, and by nobody else: rules of builds are not
 * those of production. Where NOX cannot tell where it leads, all that it could do must be open.
 * @param args the rerun as it was ordered: what it was settled to, permission was asked for already
 * @param action the rerun in words
 * @returns `null` = it may be run again
 */
export async function refuseDeployment(
  context: CommandContext,
  run: Run,
  args: Arguments,
  action: Phrase,
): Promise<Outcome | null> {
  const { order, questions } = await leadsOf(context, run)
  const settled = deploymentOf(args)
  if (settled && order && isSame(settled, order) && args.attempt === String(run.attempt)) return null
  const verdict = questions.map((each) => context.may(each)).find((each) => each.verdict !== 'yes')
  if (!verdict) return null
  const [question] = questions
  const words = { service: question?.resources[0] ?? '', env: question?.environment ?? '' }
  const lines = order ? [phrase('runs.deploys', words), ...whyOf(verdict)] : [phrase('runs.deploys.unknown')]
  const next = phrase(order ? 'runs.deploys.next' : 'runs.deploys.unknown.next')
  const asks = verdict.verdict === 'ask' || verdict.canAsk
  const settledArgs = settle(run, args, order)
  const isOffered = settledArgs !== null && (asks || verdict.verdict === 'confirm')
  const button = {
    label: asks ? phrase('button.ask') : phrase('button.rerun'),
    // However often it is pressed, one request.
    does: {
      kind: 'order',
      command: 'runs.rerun',
      args: settledArgs ?? {},
      asks,
      ...(asks ? { once: context.action.id } : {}),
    },
    style: 'primary',
  } as const
  return {
    result: 'refused',
    changed: false,
    answer: {
      kind: 'refusal',
      title: phrase('state.refused', { action }),
      lines,
      next,
      ...(isOffered ? { buttons: [button] } : {}),
    },
    details: { rule: 'deploy', run: run.id },
  }
}

/** What was asked for holds for the run as it stood then. @returns `null` = no other rerun has come between */
export function rerunSince(run: Run, args: Arguments, action: Phrase): Outcome | null {
  if (deploymentOf(args) === null || args.attempt === String(run.attempt)) return null
  return {
    result: 'refused',
    changed: false,
    answer: { kind: 'refusal', title: phrase('state.refused', { action }), lines: [phrase('runs.deploys.since')] },
    details: { rule: 'deploy', run: run.id },
  }
}

const whyOf = ({ reason, group, verdict }: Verdict): readonly Phrase[] => {
  if (reason) return [reason]
  if (verdict === 'ask') return [phrase('runs.deploys.ask', { group: group ?? '' })]
  return []
}
