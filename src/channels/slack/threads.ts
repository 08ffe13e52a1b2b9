import type { Logger } from 'pino'
import type { Messenger } from '../../domain/messenger.ts'
import type { Reached } from './installations.ts'
import type { WebApi } from './web-api/client.ts'
import { slackCode } from './web-api/error.ts'

/** Codes that mean: NOX may not read there. */
const unreadable: ReadonlySet<string> = new Set(['missing_scope', 'not_in_channel', 'channel_not_found'])

/** What is read of threads, and how to get to one. */
export function createThreads(options: {
  readonly api: WebApi
  readonly log: Logger
  reach(tenantId: string, address: string): Promise<Reached>
  nameOf: ((tenantId: string, userId: string) => Promise<string>) | undefined
  readonly historyUrl: string | null | undefined
}): Pick<Messenger, 'said' | 'permalink'> {
  const { api, log, reach } = options
  return {
    async said(tenantId, { conversationId, threadTs }, within) {
      try {
        const { installation, id: conversation } = await reach(tenantId, conversationId)
        const { readThread } = await import('./read-thread.ts')
        const name = async (userId: string) => (await options.nameOf?.(tenantId, userId)) ?? userId
        return { isRead: true, said: await readThread(api, installation, { conversation, threadTs }, within, name) }
      } catch (error) {
        log.info({ tenantId, code: slackCode(error) }, 'what people wrote in a thread could not be read')
        if (!unreadable.has(slackCode(error))) return { isRead: false, why: 'failed' }
        return { isRead: false, why: 'forbidden', consentUrl: options.historyUrl ?? null }
      }
    },
    async permalink(tenantId, { conversationId, threadTs }) {
      if (threadTs === null) return null
      try {
        const { installation, id: channel } = await reach(tenantId, conversationId)
        const args = { channel, message_ts: threadTs }
        const { permalink } = await api.call(installation.botToken, 'chat.getPermalink', args, {
          repeat: 'always',
          patienceMs: 3_000,
        })
        return typeof permalink === 'string' ? permalink : null
      } catch (error) {
        log.info({ tenantId, code: slackCode(error) }, 'Slack tells no link to a thread')
        return null
      }
    },
  }
}
