import { isRecord } from '../blocks/check.ts'
import type { Core } from '../core.ts'
import { SlackError } from '../errors.ts'
import { checkContent } from '../methods/message-content.ts'
import { announceChange, post, showMessage, withBlockIds } from '../posting.ts'
import { apiMessage } from '../present-api.ts'
import type { ResponseUrl } from '../state/response-urls.ts'

/** Longest `text` that an answer through a response address has, characters. */
const longestText = 40_000

/**
 * Carries out what the app posted to a `response_url`, or answered to a slash command.
 * @throws SlackError `invalid_payload`, `no_text`, `invalid_blocks`, `message_not_found`
 */
export function respondToUrl(core: Core, url: ResponseUrl, body: unknown): void {
  if (!isRecord(body)) throw new SlackError('invalid_payload')
  const channel = core.world.channels.get(url.channel)
  const installation = core.installations.of(url.teamId)
  if (!channel || !installation) throw new SlackError('channel_not_found')
  const original = url.original ? core.messages.get(channel.id, url.original) : undefined
  if (body.delete_original === true) {
    if (!original) throw new SlackError('message_not_found')
    core.messages.remove(original)
    const users = original.onlyFor ? [original.onlyFor] : channel.members
    core.hub.emit({ type: 'message_deleted', channel: channel.id, ts: original.ts }, { teamId: url.teamId, users })
    return
  }
  const content = checkContent(core, url.teamId, body, longestText)
  if (body.replace_original === true && original) {
    const previous = apiMessage(core, original)
    original.text = content.text
    original.blocks = withBlockIds(core, content.blocks)
    original.attachments = content.attachments
    if (!original.onlyFor) original.editedTs = core.timestamps.next()
    showMessage(core, channel, original, 'message_changed')
    if (!original.onlyFor) {
      const message = apiMessage(core, original)
      announceChange(core, channel, { subtype: 'message_changed', message, previous_message: previous })
    }
    return
  }
  const threadTs = typeof body.thread_ts === 'string' ? body.thread_ts : null
  post(core, {
    channel,
    user: core.world.teams.get(url.teamId)?.botUserId ?? installation.botUserId,
    botId: installation.botId,
    ...content,
    threadTs: threadTs && core.messages.get(channel.id, threadTs) ? threadTs : null,
    onlyFor: body.response_type === 'in_channel' ? null : url.userId,
  })
}
