import { createHash } from 'node:crypto'
import type { Knowledge } from '../commands/command.ts'
import { findBackupTarget, findService } from '../commands/find-target.ts'
import type { Arguments } from '../domain/command-spec.ts'

/**
 * Everything of the catalogue that an order's names stand for (image, repository, where it runs), as one word: another
 * word = what was decided on is not what would be done. `undefined` = it names nothing of the catalogue.
 */
export function placeKey(knowledge: Knowledge, { service: named, environment, target }: Arguments): string | undefined {
  const service = typeof named === 'string' ? findService(knowledge, named) : undefined
  const backup = typeof target === 'string' ? findBackupTarget(knowledge, target) : undefined
  if (!service && !backup) return undefined
  const { imageTemplate, defaultBranch, repository, workflow, targets = [] } = service ?? {}
  const places = targets
    .filter((each) => each.environment === environment)
    .map(({ clusterId, namespace, deployment, container }) => [clusterId, namespace, deployment, container])
  const saved = backup && [backup.environment, backup.clusterId, backup.namespace, backup.cronJob]
  const all = [imageTemplate, defaultBranch, repository, workflow, places, saved]
  return createHash('sha256').update(JSON.stringify(all)).digest('base64url')
}
