import type { ActionState } from '../domain/action.ts'
import type { Incident } from '../domain/incident.ts'
import type { CountedAction } from '../storage/types/ledger.ts'

/** How often something was done, and how much of it went well (0 to 1; `null` = nothing has ended). */
export interface Tally {
  readonly name: string
  readonly count: number
  readonly refused: number
  readonly success: number | null
}

/** Figures of a period; durations in ms, shares from 0 to 1, `null` = nothing to count. */
export interface Figures {
  readonly actions: number
  readonly refused: number
  readonly success: number | null
  readonly deployments: number
  /** Deployments that failed, or that were rolled back, of all. */
  readonly failureRate: number | null
  /** From a failed deployment, or the rollback's own start, to the next one of the same service that went well. */
  readonly restore: number | null
  readonly duration: number | null
  readonly commands: readonly Tally[]
  readonly people: readonly Tally[]
}

const ended: readonly ActionState[] = ['done', 'failed', 'unknown']
const deploying = ['deploy', 'rollback']

/** The middle of some numbers; of two in the middle, their mean. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? 0
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? 0) + upper) / 2 : upper
}

/** A deployment or rollback that has ended. */
export const deployed = ({ command, state }: CountedAction): boolean =>
  deploying.includes(command) && ended.includes(state)

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

const successOf = (actions: readonly CountedAction[]): number | null => {
  const finished = actions.filter(({ state }) => ended.includes(state))
  return share(finished.filter(({ state }) => state === 'done').length, finished.length)
}

const refusedOf = (actions: readonly CountedAction[]): number =>
  actions.filter(({ state }) => state === 'refused').length

function tally(actions: readonly CountedAction[], nameOf: (action: CountedAction) => string): readonly Tally[] {
  const groups = Map.groupBy(actions, nameOf)
  return [...groups]
    .map(([name, of]) => ({ name, count: of.length, refused: refusedOf(of), success: successOf(of) }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
}

/** Times of the incidents of a period (ms, medians; `null` = none got so far). */
export interface IncidentFigures {
  readonly count: number
  readonly acknowledge: number | null
  readonly restore: number | null
}

/** Counts incidents by when they were opened. */
export function analyseIncidents(
  incidents: readonly Pick<Incident, 'openedAt' | 'acknowledgedAt' | 'resolvedAt'>[],
): IncidentFigures {
  const from = (at: (incident: (typeof incidents)[number]) => number | null) =>
    incidents.flatMap((incident) => {
      const end = at(incident)
      return end === null ? [] : [end - incident.openedAt]
    })
  return {
    count: incidents.length,
    acknowledge: median(from(({ acknowledgedAt }) => acknowledgedAt)),
    restore: median(from(({ resolvedAt }) => resolvedAt)),
  }
}

/** Counts what was done in a period. @param actions oldest first; refused and waiting ones count as asked for */
export function analyse(actions: readonly CountedAction[]): Figures {
  const changes = actions.filter(deployed)
  const deployments = changes.filter(({ command }) => command === 'deploy')
  const rollbacks = changes.filter(({ command, state }) => command === 'rollback' && state === 'done')
  const failed = deployments.filter(({ state }) => state !== 'done')
  const durations = deployments.flatMap(({ state, startedAt, finishedAt }) =>
    state === 'done' && startedAt !== null && finishedAt !== null ? [finishedAt - startedAt] : [],
  )
  return {
    actions: actions.length,
    refused: refusedOf(actions),
    success: successOf(actions),
    deployments: deployments.length,
    failureRate: share(Math.min(failed.length + rollbacks.length, deployments.length), deployments.length),
    restore: median(restores(changes).map(({ ms }) => ms)),
    duration: median(durations),
    commands: tally(actions, ({ command }) => command),
    people: tally(actions, ({ userId }) => userId),
  }
}

/** How long (ms) each trouble lasted that ended at `at`: one for each run of failures of a service in an environment. */
export function restores(changes: readonly CountedAction[]): { readonly at: number; readonly ms: number }[] {
  const broken = new Map<string, number>()
  const lasted: { readonly at: number; readonly ms: number }[] = []
  for (const { command, environment, resource, state, startedAt, finishedAt } of changes) {
    const place = JSON.stringify([resource, environment])
    const since = broken.get(place)
    if (state !== 'done') {
      if (since === undefined && finishedAt !== null) broken.set(place, finishedAt)
      continue
    }
    const from = since ?? (command === 'rollback' ? startedAt : null)
    if (from !== null && finishedAt !== null) lasted.push({ at: finishedAt, ms: finishedAt - from })
    broken.delete(place)
  }
  return lasted
}
