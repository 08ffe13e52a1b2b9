import type { Core } from '../core.ts'
import { elementsOf } from './blocks.ts'
import { isRecord } from './check.ts'

/** Content types that Slack shows in an image block, by how a file begins. */
const beginnings: readonly (readonly [string, string])[] = [
  ['89504e470d0a1a0a', 'image/png'],
  ['ffd8ff', 'image/jpeg'],
  ['47494638', 'image/gif'],
]

/** The content type of a picture; null for any other file. */
export function pictureType(content: Buffer | null): string | null {
  const begin = content?.subarray(0, 8).toString('hex') ?? ''
  return beginnings.find(([magic]) => begin.startsWith(magic))?.[1] ?? null
}

/** The uploaded files that blocks show, with where each stands. */
export function slackFilesIn(
  blocks: unknown,
  pointer = '/blocks',
): { readonly id: string; readonly pointer: string }[] {
  if (!Array.isArray(blocks)) return []
  return blocks
    .filter(isRecord)
    .flatMap((block, index) =>
      [block, ...elementsOf(block)].flatMap(({ slack_file: file }) =>
        isRecord(file) ? [{ id: String(file.id ?? file.url), pointer: `${pointer}/${index}/slack_file` }] : [],
      ),
    )
}

/** A block shows a picture that the app uploaded to this workspace, once Slack has looked at it. */
export function checkPictures(core: Core, teamId: string | null, blocks: unknown, pointer?: string): string[] {
  return slackFilesIn(blocks, pointer).flatMap(({ id, pointer: where }) => {
    const file = core.files.get(id)
    const isSeen = file?.completedAt != null && file.completedAt + core.pictureDelayMs <= core.now()
    const isHere = file && (teamId === null || file.teamId === teamId)
    return isHere && isSeen && pictureType(file.content) ? [] : [`invalid slack file [json-pointer:${where}]`]
  })
}
