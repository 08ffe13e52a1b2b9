import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Image } from '../../domain/answer.ts'
import type { ChartSpec } from '../../domain/chart.ts'
import type { Language } from '../../domain/command-spec.ts'
import type { Installation } from '../../domain/tenant.ts'
import type { SlackBlock } from './blocks/block-kit.ts'
import { isPicture, type Picture, withoutPictures } from './blocks/render-pictures.ts'
import type { WebApi } from './web-api/client.ts'
import { slackCode } from './web-api/error.ts'

/** Charts as pictures that Slack holds. */
export interface Pictures {
  /** Draws charts and uploads them, once for each content and workspace. Never throws: a picture may become its words. */
  of(installation: Installation, charts: readonly ChartSpec[], language: Language): Promise<readonly Picture[]>
  /** The same for pictures that are drawn already. */
  given(installation: Installation, images: readonly Image[], language: Language): Promise<readonly Picture[]>
}

/** Files that are known again, over all workspaces. */
const mostKnown = 5_000
/** Slack looks at an upload before a block may show it: the waits between attempts, ms. */
const looks = [300, 700, 1_500, 2_500, 4_000]
/** What Slack answers where a block shows a file that it has not looked at, or does not have any more. */
const refusals = ['invalid_blocks', 'invalid_arguments']

/** Uploads a picture once a workspace and remembers 5,000; what Slack refuses is shown as its words. */
export function createPictures(api: WebApi, log: Logger): Pictures {
  const known = new Map<string, Promise<string>>()

  async function upload({ botToken }: Installation, draw: () => Promise<Uint8Array>, text: string) {
    const content = Buffer.from(await draw())
    const target = { filename: 'nox.png', length: content.length, alt_text: text.slice(0, 1_000) }
    const { upload_url, file_id } = await api.call(botToken, 'files.getUploadURLExternal', target, { repeat: 'always' })
    await api.upload(String(upload_url), content)
    // Without a channel the file belongs to NOX alone: it is seen where a block shows it.
    await api.call(botToken, 'files.completeUploadExternal', { files: [{ id: file_id, title: text.slice(0, 200) }] })
    return String(file_id)
  }

  async function placeChart(installation: Installation, chart: ChartSpec, language: Language): Promise<Picture> {
    const { chartText, drawChart } = await import('../../charts/index.ts')
    const text = chartText(chart, language)
    return place(installation, JSON.stringify([language, chart]), text, () => drawChart(chart, language))
  }

  async function placeImage(installation: Installation, image: Image, language: Language): Promise<Picture> {
    const { plainPhrase } = await import('../../texts/render.ts')
    return place(installation, image.png, plainPhrase(image.text, language), async () => image.png)
  }

  /** @param content what makes it another picture */
  async function place(
    installation: Installation,
    content: string | Uint8Array,
    text: string,
    draw: () => Promise<Uint8Array>,
  ): Promise<Picture> {
    const key = `${installation.workspaceId} ${createHash('sha256').update(content).digest('base64url')}`
    const held = known.get(key) ?? upload(installation, draw, text)
    known.delete(key)
    known.set(key, held)
    if (known.size > mostKnown) known.delete(known.keys().next().value ?? '')
    try {
      return { fileId: await held, text }
    } catch (error) {
      if (known.get(key) === held) known.delete(key)
      const facts = { err: error, tenantId: installation.tenantId, code: slackCode(error) }
      log.warn(facts, 'a picture could not be shown')
      return { fileId: null, text }
    }
  }

  return {
    of: (installation, charts, language) =>
      Promise.all(charts.map((chart) => placeChart(installation, chart, language))),
    given: (installation, images, language) =>
      Promise.all(images.map((image) => placeImage(installation, image, language))),
  }
}

/**
 * Sends blocks that may show pictures: again after a while where Slack has not looked at an upload yet, and with words
 * in place of the pictures where it still refuses. Blocks without pictures are sent once.
 */
export async function sendWithPictures<T>(
  blocks: readonly SlackBlock[],
  send: (blocks: readonly SlackBlock[]) => Promise<T>,
): Promise<T> {
  if (!blocks.some(isPicture)) return send(blocks)
  for (const wait of looks) {
    try {
      return await send(blocks)
    } catch (error) {
      if (!refusals.some((code) => slackCode(error).startsWith(code))) throw error
      await sleep(wait)
    }
  }
  return send(withoutPictures(blocks))
}
