import { isRecord } from '../blocks/check.ts'
import { SlackError, withMessages } from '../errors.ts'
import type { StoredFile } from '../model.ts'
import { post } from '../posting.ts'
import { apiFile } from '../present-api.ts'
import { storeAppText } from '../text.ts'
import { checkContent } from './message-content.ts'
import type { Call, Methods } from './method.ts'

/** Largest file that the double stores, bytes; Slack itself takes 1 GB. */
export const largestFile = 50 * 1024 * 1024

function announced(call: Call): StoredFile[] {
  const list = call.json('files')
  if (!Array.isArray(list) || list.length === 0)
    throw withMessages('invalid_arguments', ['must be an array [json-pointer:/files]'])
  return list.map((entry: unknown) => {
    const file = isRecord(entry) ? call.core.files.get(String(entry.id)) : undefined
    if (!file || !call.mayEnter(file.teamId)) throw new SlackError('file_not_found')
    if (!file.content) throw new SlackError('file_not_found')
    if (file.completedAt !== null) throw new SlackError('file_already_completed')
    if (isRecord(entry) && typeof entry.title === 'string') file.title = entry.title
    return file
  })
}

export const filesMethods: Methods = {
  'files.getUploadURLExternal': {
    scopes: ['files:write'],
    tier: 4,
    token: 'bot',
    args: { filename: 'string!', length: 'number!', alt_text: 'string', snippet_type: 'string' },
    run(call) {
      const { core } = call
      const size = call.number('length') ?? 0
      if (!Number.isInteger(size) || size <= 0) {
        throw withMessages('invalid_arguments', ['must be greater than 0 [json-pointer:/length]'])
      }
      if (size > largestFile) throw new SlackError('file_upload_size_restricted')
      const { installation } = call
      const teamId = installation.teamId ?? core.world.teamsOf(installation.enterpriseId ?? '')[0]?.id ?? ''
      const file: StoredFile = {
        id: core.ids.next('F'),
        teamId,
        user: installation.botUserId,
        name: call.need('filename'),
        title: call.need('filename'),
        size,
        altText: call.text('alt_text') ?? '',
        snippetType: call.text('snippet_type') ?? '',
        content: null,
        shared: false,
        completedAt: null,
      }
      core.files.add(file)
      return { file_id: file.id, upload_url: `${core.publicUrl}/files/upload/${file.id}` }
    },
  },
  'files.info': {
    scopes: ['files:read'],
    tier: 4,
    token: 'bot',
    args: { file: 'string!', count: 'number', page: 'number', limit: 'number', cursor: 'string' },
    run(call) {
      const file = call.core.files.get(call.need('file'))
      if (!file || !call.mayEnter(file.teamId)) throw new SlackError('file_not_found')
      return { file: apiFile(call.core, file), comments: [], response_metadata: { next_cursor: '' } }
    },
  },
  'files.delete': {
    scopes: ['files:write'],
    tier: 3,
    token: 'bot',
    args: { file: 'string!' },
    run(call) {
      const { core } = call
      const file = core.files.get(call.need('file'))
      if (!file || !call.mayEnter(file.teamId)) throw new SlackError('file_not_found')
      if (file.user !== call.installation.botUserId) throw new SlackError('cant_delete_file')
      core.files.remove(file.id)
      return {}
    },
  },
  'files.completeUploadExternal': {
    scopes: ['files:write'],
    tier: 4,
    token: 'bot',
    args: { files: 'json!', channel_id: 'string', initial_comment: 'string', thread_ts: 'string', blocks: 'json' },
    run(call) {
      const { core } = call
      const files = announced(call)
      const name = call.text('channel_id')
      const channel = name ? call.writableChannel(name) : null
      const comment = call.text('initial_comment') ?? ''
      const blocks =
        call.json('blocks') === undefined ? [] : checkContent(core, channel?.teamId ?? null, call.args, 40_000).blocks
      const threadTs = call.text('thread_ts') ?? null
      if (channel && threadTs && !core.messages.get(channel.id, threadTs)) throw new SlackError('thread_not_found')
      for (const file of files) {
        file.shared = channel !== null
        file.completedAt = core.now()
      }
      if (channel) {
        post(core, {
          channel,
          user: call.bot(channel.teamId),
          botId: call.installation.botId,
          text: storeAppText(comment),
          blocks,
          threadTs,
          fileIds: files.map((file) => file.id),
        })
      }
      return { files: files.map((file) => apiFile(core, file)) }
    },
  },
}
