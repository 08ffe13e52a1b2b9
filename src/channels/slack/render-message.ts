import type { Answer } from '../../domain/answer.ts'
import type { Language } from '../../domain/command-spec.ts'
import type { MessageFrame } from '../../domain/messenger.ts'
import type { Installation } from '../../domain/tenant.ts'
import { isOf, suffixOf } from '../../domain/workspace-address.ts'
import { type RenderedMessage, renderAnswer } from './blocks/render-answer.ts'
import { type NamesElsewhere, nobodyElsewhere } from './blocks/render-buttons.ts'
import type { InstallationCache } from './installations.ts'
import type { Pictures } from './pictures.ts'

/** Pictures in one message. */
const mostCharts = 4

/** What messages are drawn with. */
export interface RenderOptions {
  readonly installations: InstallationCache
  readonly pictures: Pictures
  /** Absent = ids stand for the names of who cannot be mentioned. */
  readonly nameOf?: (tenantId: string, userId: string) => Promise<string>
  /** The tenant's IANA zone, for clients that cannot show a date in the reader's own. */
  readonly timeZoneOf: (tenantId: string) => Promise<string>
}

/** An answer as a message of one workspace. */
export type Render = (
  tenantId: string,
  language: Language,
  answer: Answer,
  action: MessageFrame['action'],
  installation: Installation,
) => Promise<RenderedMessage>

/** Uploads the pictures of an answer, and looks up names only where the tenant has several workspaces. */
export function createRender(options: RenderOptions): Render {
  const { installations } = options

  /** Names of people whom Slack cannot mention here: they are of another workspace of the tenant. */
  async function namesElsewhere(tenantId: string, answer: Answer, here: Installation): Promise<NamesElsewhere> {
    if ((await installations.listOf(tenantId)).length < 2) return nobodyElsewhere
    const mentioned = JSON.stringify({ ...answer, images: [], file: null }).matchAll(/"userId":"([UW]\w+)"/g)
    const others = new Set([...mentioned].map(([, userId = '']) => userId).filter((userId) => !isOf(here, userId)))
    const names = await Promise.all(
      [...others].map(async (userId) => [userId, (await options.nameOf?.(tenantId, userId)) ?? userId] as const),
    )
    return new Map(names)
  }

  return async (tenantId, language, answer, action, installation) => {
    const { workspaceId, appId } = installation
    const timeZone = await options.timeZoneOf(tenantId)
    const charts = (answer.charts ?? []).slice(0, mostCharts)
    const images = (answer.images ?? []).slice(0, mostCharts - charts.length)
    const drawn = charts.length > 0 ? await options.pictures.of(installation, charts, language) : []
    const given = images.length > 0 ? await options.pictures.given(installation, images, language) : []
    const pictures = [...drawn, ...given]
    const elsewhere = await namesElsewhere(tenantId, answer, installation)
    const app = { teamId: workspaceId, appId, suffix: suffixOf(installation), elsewhere }
    return renderAnswer(answer, { language, timeZone, app, pictures }, action)
  }
}
