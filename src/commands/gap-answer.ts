import type { Button } from '../domain/answer.ts'
import { isVendor, vendorNames } from '../domain/integration.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import type { CommandContext } from './command.ts'
import { type Gap, gapPhrase } from './feature.ts'

/** Whom a gap is told to, and the order that ran into it. */
export type GapSource = Pick<CommandContext, 'member' | 'admins'> & {
  readonly action: { readonly id: string }
  readonly knowledge: Pick<CommandContext['knowledge'], 'paused'>
}

/** What an admin must do before anything can be done, and how to get there. */
export async function gapAnswer(
  source: GapSource,
  gap: Gap,
  feature: Phrase,
): Promise<{ lines: readonly Phrase[]; buttons: readonly Button[] }> {
  if (source.knowledge.paused?.includes(gap)) {
    const vendor = isVendor(gap) ? vendorNames[gap] : 'Kubernetes'
    const home: Button = { label: phrase('button.home'), does: { kind: 'open', surface: 'home' } }
    return { lines: [phrase('question.paused', { feature, vendor })], buttons: [home] }
  }
  const reason = gapPhrase(gap, feature)
  if (source.member.role !== 'guest' && source.member.flags.canConfigureIntegrations) {
    return { lines: [reason], buttons: [connectButton(gap)] }
  }
  const names = await source.admins()
  if (names.length === 0) return { lines: [reason, phrase('question.onlyAdmins')], buttons: [] }
  const lines = [reason, phrase('question.notConnected.member', { people: { kind: 'people', names } })]
  return { lines, buttons: [tellButton(gap, source.action.id)] }
}

/** Opens what closes the gap: the form of a cluster, or the Home tab with its catalogue. */
export function connectButton(gap: Gap): Button {
  if (gap === 'cluster') {
    const does = { kind: 'open', surface: 'connect-cluster' } as const
    return { label: phrase('button.connectCluster'), does, style: 'primary' }
  }
  if (!isVendor(gap)) return { label: phrase('button.home'), does: { kind: 'open', surface: 'home' } }
  const does = { kind: 'open', surface: 'connect-vendor', vendor: gap } as const
  return { label: phrase('button.connect', { name: vendorNames[gap] }), does, style: 'primary' }
}

/** Tells the admins by direct message, once for each order. */
export const tellButton = (gap: Gap, actionId: string): Button => ({
  label: phrase('button.tell'),
  does: { kind: 'press', act: 'tell', actionId, value: gap },
})
