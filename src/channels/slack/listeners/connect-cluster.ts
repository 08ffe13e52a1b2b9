import type { ViewSubmitAction } from '@slack/bolt'
import type { ClusterDraft } from '../../../domain/cluster-draft.ts'
import type { CheckedCluster } from '../../../request/administration/index.ts'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import { languageOf, type SlackChannel } from '../channel.ts'
import { clusterForm } from '../views/administration-forms.ts'
import { buildForm, buildNotice, withFreshFields } from '../views/form.ts'
import { showHome } from './home.ts'
import { showAfter } from './show-after.ts'
import { testLines, whyNot } from './test-cluster.ts'

/**
 * Tries the cluster for real, and shows in the open modal what came of it: where it failed, the form as it was filled
 * in, without its secrets. Who closed the modal meanwhile gets that form by a button in their own messages with NOX.
 */
export async function connectCluster(
  channel: SlackChannel,
  body: ViewSubmitAction,
  checked: CheckedCluster,
  draft: ClusterDraft,
  suffix: string,
): Promise<void> {
  const { name, tenantId } = checked.cluster
  const userId = body.user.id
  const to = { tenantId, userId }
  const language = await languageOf(channel, tenantId, userId)
  // Slack's own failures are none of the cluster's: it stays connected where that can't be shown.
  const came = await channel.administration.connectCluster(userId, checked).then(
    (test) => ({ test }),
    (error: unknown) => {
      channel.log.info({ err: error, tenant: tenantId }, 'a cluster was not connected')
      return { why: whyNotYet(error) }
    },
  )
  if ('test' in came) {
    const lines = [...testLines(name, came.test), phrase('form.connected.next')]
    await showAfter(channel, to, body, buildNotice(phrase('modal.cluster.title'), lines, language, 'UTC'))
  } else {
    const { why } = came
    const said = [phrase('form.failed', { name, why }), phrase('form.failed.again')]
    const known = draft.id === undefined ? null : checked.cluster
    const form = buildForm(clusterForm(known, draft, said), language, { suffix })
    const isShown = await showAfter(channel, to, body, withFreshFields(form, body.view.blocks, 0))
    if (!isShown) await tellAlone(channel, to, language, draft, why, body.view.id)
  }
  await showHome(channel, tenantId, userId, { tab: 'integrations' })
}

async function tellAlone(
  channel: SlackChannel,
  { tenantId, userId }: { readonly tenantId: string; readonly userId: string },
  language: 'fr' | 'en',
  draft: ClusterDraft,
  why: Phrase,
  key: string,
): Promise<void> {
  const conversationId = await channel.messenger.conversationWith(tenantId, userId)
  const place = { channel: 'slack', conversationId, threadTs: null, kind: 'direct' } as const
  const title = phrase('form.notConnected', { name: draft.name })
  const correct = { kind: 'open', surface: 'correct-cluster', draft } as const
  const answer = {
    kind: 'outcome',
    title,
    lines: [why, phrase('form.failed.again')],
    buttons: [{ label: phrase('button.correct'), does: correct, style: 'primary' }],
  } as const
  await channel.messenger.post({ tenantId, place, language }, answer, `cluster ${key}`)
}

/** Why a cluster was not connected: what was entered just now is refused, not what worked before. */
function whyNotYet(error: unknown): Phrase {
  const why = whyNot(error)
  return why.key === 'error.cluster.credentials' ? phrase('form.access.refused') : why
}
