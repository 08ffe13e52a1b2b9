import type { Button } from '../domain/answer.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import type { CommandContext } from './command.ts'
import { type Gap, gapPhrase } from './feature.ts'

/** Whom a gap is told to, and the order that ran into it. */
export type GapSource = Pick<CommandContext, 'member' | 'admins'> & { readonly action: { readonly id: string } }

/** What an admin must do before anything can be done, and how to get there. */
export async function gapAnswer(
  source: GapSource,
  gap: Gap,
  feature: Phrase,
): Promise<{ lines: readonly Phrase[]; buttons: readonly Button[] }> {
  const reason = gapPhrase(gap, feature)
  if (source.member.flags.canConfigureIntegrations) {
    return { lines: [reason], buttons: [connectButton(gap)] }
  }
  const names = await source.admins()
  if (names.length === 0) return { lines: [reason, phrase('question.onlyAdmins')], buttons: [] }
  const lines = [reason, phrase('question.notConnected.member', { people: { kind: 'people', names } })]
  return { lines, buttons: [tellButton(gap, source.action.id)] }
}

/** Opens what closes the gap: the form of a cluster, or the Home tab with its catalogue. */
export const connectButton = (gap: Gap): Button =>
  gap === 'cluster'
    ? { label: phrase('button.connectCluster'), does: { kind: 'open', surface: 'connect-cluster' }, style: 'primary' }
    : { label: phrase('button.home'), does: { kind: 'open', surface: 'home' } }

/** Tells the admins by direct message, once for each order. */
export const tellButton = (gap: Gap, actionId: string): Button => ({
  label: phrase('button.tell'),
  does: { kind: 'press', act: 'tell', actionId, value: gap },
})
