import type { Cluster, Service } from '../../domain/catalogue.ts'
import { phrase } from '../../texts/phrase.ts'
import type { FormQuestion } from './form.ts'

/**
 * What is asked before a service moves to another cluster: an environment of it has one, and who names another may want
 * both. `null` = it does not move.
 * @param service as the form has it, with what the form is about last of its targets
 */
export function askToMove(service: Service, known: Service | null, clusters: readonly Cluster[]): FormQuestion | null {
  const target = service.targets.at(-1)
  const before = known?.targets.find(({ environment }) => environment === target?.environment)
  const nameOf = (id: string | undefined) => clusters.find((cluster) => cluster.id === id)?.name
  const [from, to] = [nameOf(before?.clusterId), nameOf(target?.clusterId)]
  if (!known || !target || from === undefined || to === undefined || from === to) return null
  const { environment: env } = target
  return {
    say: [
      phrase('form.oneCluster', { service: known.name, env, from }),
      phrase('form.oneCluster.both', { example: `${known.name}-${to}` }),
      phrase('form.oneCluster.move', { from, to }),
    ],
    agree: `${env} ${target.clusterId}`,
  }
}
