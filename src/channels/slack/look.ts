import { type Look, lookScope } from '../../domain/look.ts'
import type { Installation } from '../../domain/tenant.ts'
import { slackCode } from './web-api/error.ts'

/** A name and an icon as `chat.postMessage` takes them. */
export interface LookArguments {
  readonly username?: string
  readonly icon_emoji?: string
  readonly icon_url?: string
}

/** What a post needs to bear a look; nothing where the workspace did not allow it. */
export function lookArguments(look: Look | null, { scopes }: Pick<Installation, 'scopes'>): LookArguments {
  if (look === null || !scopes.includes(lookScope)) return {}
  const { name: username, icon } = look
  if (icon === null) return { username }
  return icon.startsWith(':') ? { username, icon_emoji: icon } : { username, icon_url: icon }
}

/** Slack does not allow the look (any more), or does not like its icon. */
const refusals: ReadonlySet<string> = new Set(['missing_scope', 'invalid_arguments'])

/** Sends with a look, and without it where Slack refuses it: the words matter more than the name they come with. */
export async function withLook<T>(look: LookArguments, send: (look: LookArguments) => Promise<T>): Promise<T> {
  try {
    return await send(look)
  } catch (error) {
    if (look.username === undefined || !refusals.has(slackCode(error))) throw error
    return send({})
  }
}
