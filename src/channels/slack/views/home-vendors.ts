import { type Integration, type Vendor, vendorNames } from '../../../domain/integration.ts'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import { plainPhrase } from '../../../texts/render.ts'
import { plain, type SlackBlock } from '../blocks/block-kit.ts'
import { limits } from '../blocks/limits.ts'
import type { Drawing } from './drawing.ts'
import { overflow } from './list.ts'

/** One vendor of the list. */
export interface VendorEntry {
  readonly vendor: Vendor
  readonly isConnected: boolean
  readonly line: Phrase
  /** What it is set to tell, beneath. */
  readonly about: readonly Phrase[]
}

/** How a vendor stands, in a sentence. */
export function vendorEntry(state: {
  readonly connector: { readonly vendor: Vendor; about?(integration: Integration): readonly Phrase[] }
  readonly integration: Integration | null
}): VendorEntry {
  const { vendor } = state.connector
  const name = vendorNames[vendor]
  const { integration } = state
  if (!integration) return { vendor, isConnected: false, line: phrase('home.vendor.none', { name }), about: [] }
  const about = state.connector.about?.(integration) ?? []
  const { account, checkedAt, failingSince, failingFor, pausedAt } = integration
  if (pausedAt !== undefined)
    return { vendor, isConnected: true, line: phrase('home.vendor.paused', { name, account }), about }
  const facts = (at: number) => ({ name, account, ago: { kind: 'time', at, as: 'ago' } }) as const
  if (failingSince === null)
    return { vendor, isConnected: true, line: phrase('home.vendor.ok', facts(checkedAt)), about }
  const key = failingFor === undefined ? 'home.vendor.failing' : (`home.vendor.failing.${failingFor}` as const)
  return { vendor, isConnected: true, line: phrase(key, facts(failingSince)), about }
}

const menu = [
  ['button.test', 'test'],
  ['button.edit', 'edit'],
  ['button.rotate', 'rotate'],
  ['button.disconnect', 'remove'],
] as const

/** What the menu of a connected vendor can be asked for. */
export type VendorAct = (typeof menu)[number][1] | 'connect'

/** Vendors; each with its button or menu for those who may change them: `vendor.connect.<vendor>`, `vendor.menu.<vendor>`. */
export function vendorBlocks(entries: readonly VendorEntry[], draw: Drawing, controls: boolean): SlackBlock[] {
  const control = (entry: VendorEntry) =>
    entry.isConnected ? overflow(draw, `vendor.menu.${entry.vendor}`, menu) : button(entry, draw)
  return [
    draw.header(phrase('home.vendors')),
    ...entries.map((entry) => draw.lines([entry.line, ...entry.about], controls ? control(entry) : undefined)),
  ]
}

function button({ vendor }: VendorEntry, { language }: Drawing) {
  const text = plainPhrase(phrase('button.connect', { name: vendorNames[vendor] }), language)
  return { type: 'button', action_id: `vendor.connect.${vendor}`, text: plain(text, limits.buttonText) }
}
