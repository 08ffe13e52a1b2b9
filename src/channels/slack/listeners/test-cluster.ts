import type { ModalView } from '@slack/types'
import { NoxError } from '../../../errors.ts'
import type { ClusterTest } from '../../../request/administration/index.ts'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import { afterwards, type SlackChannel } from '../channel.ts'
import { buildNotice } from '../views/form.ts'
import { showHome } from './home.ts'
import { updateView } from './show-after.ts'

/** What a connected cluster told of itself. */
export function testLines(name: string, { version, forbidden }: ClusterTest): Phrase[] {
  const missing = { kind: 'list', items: forbidden.slice(0, 10) } as const
  return [
    phrase('form.connected', { name, version }),
    missing.items.length === 0 ? phrase('form.connected.all') : phrase('form.connected.missing', { missing }),
  ]
}

/** Why a cluster could not be tried. */
export function whyNot(error: unknown): Phrase {
  if (!(error instanceof NoxError)) return phrase('form.failed.plain')
  const isSilent = error.code === 'unreachable' || error.code === 'timeout'
  return error.forPerson ?? phrase(isSilent ? 'error.cluster.silent' : 'form.failed.plain')
}

/** Tries a connected cluster for real, and shows in a modal what came of it. */
export async function showClusterTest(
  channel: SlackChannel,
  who: { readonly tenantId: string; readonly userId: string },
  { id, name }: { readonly id: string; readonly name: string },
  language: 'fr' | 'en',
  open: (view: ModalView) => Promise<{ readonly view?: unknown }>,
): Promise<void> {
  const { tenantId, userId } = who
  const notice = (lines: readonly Phrase[]) =>
    buildNotice(phrase('action.plain', { command: name }), lines, language, 'UTC')
  const reply = await open(notice([phrase('form.checking', { name })]))
  const which = { view_id: (reply.view as { id?: string } | undefined)?.id ?? '' }
  afterwards(channel, 'a cluster’s test', async () => {
    const lines = await channel.administration.testCluster(tenantId, userId, id).then(
      (test) => testLines(name, test),
      (error: unknown) => {
        channel.log.info({ err: error, tenant: tenantId, cluster: id }, 'a cluster failed its test')
        return [phrase('form.tested.failed', { name, why: whyNot(error) })]
      },
    )
    await updateView(channel, who, which, notice(lines))
    await showHome(channel, tenantId, userId, { tab: 'integrations' })
  })
}
