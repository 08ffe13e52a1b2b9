import type { ViewSubmitAction } from '@slack/bolt'
import type { ClusterDraft } from '../../../domain/cluster-draft.ts'
import type { CheckedCluster } from '../../../request/administration/index.ts'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import { languageOf, type SlackChannel } from '../channel.ts'
import { clusterForm } from '../views/administration-forms.ts'
import { buildNotice } from '../views/form.ts'
import { showHome } from './home.ts'
import { showAfter } from './show-after.ts'
import { showFormAgain } from './show-form-again.ts'
import { testLines, whyNot } from './test-cluster.ts'

/**
 * Tries the cluster for real, and shows in the open modal what came of it: where it failed, the form as it was filled
 * in, without its secrets.
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
    const failed = {
      form: clusterForm(known, draft, said),
      title: phrase('form.notConnected', { name }),
      lines: [why, phrase('form.failed.again')],
      does: { kind: 'open', surface: 'correct-cluster', draft },
      about: 'cluster',
    } as const
    await showFormAgain(channel, to, body, failed, { language, suffix })
  }
  await showHome(channel, tenantId, userId, { tab: 'integrations' })
}

/** Why a cluster was not connected: what was entered just now is refused, not what worked before. */
function whyNotYet(error: unknown): Phrase {
  const why = whyNot(error)
  return why.key === 'error.cluster.credentials' ? phrase('form.access.refused') : why
}
