import type { Services } from '../../actions/services.ts'
import type { Cluster } from '../../domain/catalogue.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'

/**
 * Says in the channel for a cluster's trouble that it will be told there, where that is new: a channel that takes no
 * message now would take none of the trouble either. @throws NoxError `bad-input`, with what to do
 */
export async function announceWatch(services: Services, cluster: Cluster): Promise<void> {
  const { tenantId, id, name, watchChannel } = cluster
  if (watchChannel === undefined) return
  const { knowledge } = await services.knowledge.snapshot(tenantId)
  if (knowledge.clusters.some((known) => known.id === id && known.watchChannel === watchChannel)) return
  const place = { channel: 'slack', conversationId: watchChannel, threadTs: null, kind: 'channel' } as const
  const frame = { tenantId, place, language: knowledge.tenant.language }
  const answer = { kind: 'notice', title: phrase('watch.began', { cluster: name }) } as const
  await services.messenger.post(frame, answer, `watch ${services.newId()}`).catch((error: unknown) => {
    throw new NoxError('bad-input', 'the channel takes no message', {
      forPerson: phrase('watch.channel'),
      cause: error,
    })
  })
}
