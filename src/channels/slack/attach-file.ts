import type { Answer } from '../../domain/answer.ts'
import type { Language } from '../../domain/command-spec.ts'
import type { Installation } from '../../domain/tenant.ts'
import { phrase } from '../../texts/phrase.ts'
import { plainPhrase } from '../../texts/render.ts'
import { mrkdwn, type SlackBlock } from './blocks/block-kit.ts'
import { cleanText } from './blocks/foreign-text.ts'
import { renderOutput } from './blocks/render-output.ts'
import { postMessage } from './post-message.ts'
import type { WebApi } from './web-api/client.ts'
import { slackCode } from './web-api/error.ts'

type AnswerFile = NonNullable<Answer['file']>

export interface FilePlace {
  readonly channel: string
  readonly threadTs: string
  readonly language: Language
  readonly key: string
}

/** Lines a page, and pages, where a workspace gave no right to upload. */
const pageLines = 40
const mostPages = 5

/** Puts a long text into the thread: as a file, or as pages where `files:write` is missing. @throws SlackCallError */
export async function attachFile(
  api: WebApi,
  installation: Installation,
  file: AnswerFile,
  place: FilePlace,
): Promise<void> {
  try {
    await upload(api, installation, file, place)
  } catch (error) {
    if (!['missing_scope', 'file_uploads_disabled', 'not_allowed_token_type'].includes(slackCode(error))) throw error
    await postPages(api, installation, file, place)
  }
}

async function upload(api: WebApi, installation: Installation, file: AnswerFile, place: FilePlace): Promise<void> {
  const token = installation.botToken
  const content = Buffer.from(file.content, 'utf8')
  if (content.length === 0) return
  const target = { filename: file.name, length: content.length }
  const { upload_url, file_id } = await api.call(token, 'files.getUploadURLExternal', target, { repeat: 'always' })
  await api.upload(String(upload_url), content)
  await api.call(token, 'files.completeUploadExternal', {
    files: [{ id: file_id, title: file.name }],
    channel_id: place.channel,
    thread_ts: place.threadTs,
  })
}

async function postPages(api: WebApi, installation: Installation, file: AnswerFile, place: FilePlace): Promise<void> {
  const lines = cleanText(file.content).replace(/\n$/, '').split('\n')
  const first = Math.max(0, lines.length - pageLines * mostPages)
  for (let from = first; from < lines.length; from += pageLines) {
    const page = lines.slice(from, from + pageLines)
    const told = phrase('output.page', { from: from + 1, to: from + page.length, total: lines.length })
    const text = plainPhrase(told, place.language)
    const blocks: SlackBlock[] = [{ type: 'section', text: mrkdwn(text) }, ...renderOutput({ lines: page })]
    await postMessage(api, installation, {
      channel: place.channel,
      threadTs: place.threadTs,
      message: { text, blocks },
      key: `${place.key} page ${from}`,
      patienceMs: 60_000,
      insist: false,
    })
  }
}
