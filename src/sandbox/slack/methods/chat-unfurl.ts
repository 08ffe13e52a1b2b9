import { checkBlocks } from '../blocks/blocks.ts'
import { isRecord } from '../blocks/check.ts'
import { SlackError, withMessages } from '../errors.ts'
import { showMessage } from '../posting.ts'
import { linksOf } from '../text.ts'
import type { Methods } from './method.ts'

export const chatUnfurlMethods: Methods = {
  'chat.unfurl': {
    scopes: ['links:write'],
    tier: 3,
    token: 'bot',
    args: {
      channel: 'string',
      ts: 'string',
      unfurls: 'json',
      source: 'string',
      unfurl_id: 'string',
      metadata: 'json',
      user_auth_message: 'string',
      user_auth_required: 'boolean',
      user_auth_url: 'string',
      user_auth_blocks: 'json',
    },
    run(call) {
      const { core } = call
      const asked = call.text('unfurl_id') ? core.unfurls.get(call.text('unfurl_id') ?? '') : undefined
      if (call.text('unfurl_id') && !asked) throw new SlackError('invalid_unfurl_id')
      const channel = call.visibleChannel(asked?.channel ?? call.text('channel') ?? '')
      const message = core.messages.get(channel.id, asked?.ts ?? call.text('ts') ?? '')
      if (!message || message.onlyFor) throw new SlackError('cannot_find_message')
      const unfurls = call.json('unfurls')
      if (call.flag('user_auth_required') || call.text('user_auth_url') || call.text('user_auth_message')) return {}
      if (!isRecord(unfurls) || Object.keys(unfurls).length === 0) throw new SlackError('missing_unfurls')
      const known = linksOf(message.text)
      for (const [url, unfurl] of Object.entries(unfurls)) {
        if (!known.includes(url)) throw new SlackError('cannot_unfurl_url')
        if (!isRecord(unfurl)) throw new SlackError('invalid_unfurls_format')
        const problems =
          unfurl.blocks === undefined ? [] : checkBlocks(unfurl.blocks, 'message', `/unfurls/${url}/blocks`)
        if (problems.length > 0) throw withMessages('cannot_unfurl_message', problems)
      }
      const fresh = Object.entries(unfurls).map(([url, unfurl]) => ({
        ...(unfurl as Record<string, unknown>),
        from_url: url,
        app_id: core.app.id,
        is_app_unfurl: true,
      }))
      const others = message.attachments.filter((each) => !(isRecord(each) && String(each.from_url) in unfurls))
      message.attachments = [...others, ...fresh]
      showMessage(core, channel, message, 'message_changed')
      return {}
    },
  },
}
