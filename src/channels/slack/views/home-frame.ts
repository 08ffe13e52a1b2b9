import type { HomeView } from '@slack/types'
import { phrase } from '../../../texts/phrase.ts'
import { plainPhrase } from '../../../texts/render.ts'
import { plain, type SlackBlock } from '../blocks/block-kit.ts'
import { limits } from '../blocks/limits.ts'
import type { Drawing } from './drawing.ts'
import { encodeState, type HomeState, type TabName } from './home-state.ts'

/** What every tab of Home has around it: the bar of tabs above, and when it was read below. */
export interface HomeFrame {
  readonly state: HomeState
  /** The tabs that this person may open; one alone shows no bar. */
  readonly tabs: readonly TabName[]
  /** A freelance has guests, and no team. */
  readonly isIndividual: boolean
  readonly now: number
}

/** The Home view: the bar, a tab's blocks, the small print. */
export function buildHome(frame: HomeFrame, content: readonly SlackBlock[], draw: Drawing): HomeView {
  const first: SlackBlock[] = frame.tabs.length > 1 ? [tabBar(frame, draw), { type: 'divider' }] : []
  const last = draw.context(phrase('home.updated', { ago: { kind: 'time', at: frame.now, as: 'ago' } }))
  const room = limits.viewBlocks - first.length - 1
  const shown = content.length <= room ? content : [...content.slice(0, room - 1), draw.context(phrase('home.cut'))]
  return {
    type: 'home',
    callback_id: 'home',
    private_metadata: encodeState(frame.state),
    blocks: [...first, ...shown, last] as HomeView['blocks'],
  }
}

function tabBar({ state, tabs, isIndividual }: HomeFrame, { language }: Drawing): SlackBlock {
  const label = (tab: TabName) =>
    plainPhrase(phrase(tab === 'team' && isIndividual ? 'tab.guests' : `tab.${tab}`), language)
  return {
    type: 'actions',
    block_id: 'tabs',
    elements: tabs.map((tab) => ({
      type: 'button',
      action_id: `tab.${tab}`,
      text: plain(tab === state.tab ? `▸ ${label(tab)}` : label(tab), limits.buttonText),
    })),
  }
}
