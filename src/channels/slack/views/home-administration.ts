import { type Phrase, phrase } from '../../../texts/phrase.ts'
import type { SlackBlock } from '../blocks/block-kit.ts'
import type { Drawing } from './drawing.ts'
import { controls, opener, overflow } from './list.ts'

interface Entry {
  readonly id: string
  readonly name: string
  readonly line: Phrase
}

/** What is connected and declared. */
export interface Configured {
  readonly clusters: readonly Entry[]
  readonly services: readonly Entry[]
  readonly backups: readonly Entry[]
}

/** A list shows this many (the message book, part 4). */
const shown = 10

/** Action ids of the controls: `admin.<what>.<id>` for an entry's menu, `admin.add.<what>` for its button. */
export const administrationActions = /^admin\./

/** Clusters, the service catalogue and backups; each with its controls for those who may change them. */
export function administrationBlocks(data: Configured, draw: Drawing, controls: boolean): SlackBlock[] {
  const list = (
    what: 'cluster' | 'service' | 'backup',
    title: Phrase,
    empty: Phrase,
    add: 'button.connectCluster' | 'button.addService' | 'button.addBackup',
  ) => listBlocks(draw, what, data[`${what}s`], title, empty, controls ? add : null)
  return [
    ...list('cluster', phrase('home.clusters'), phrase('home.clusters.none'), 'button.connectCluster'),
    ...(data.clusters.length === 0
      ? []
      : [
          ...list('service', phrase('home.services'), phrase('home.services.none'), 'button.addService'),
          ...list('backup', phrase('home.backups'), phrase('home.backups.none'), 'button.addBackup'),
        ]),
  ]
}

function listBlocks(
  draw: Drawing,
  what: 'cluster' | 'service' | 'backup',
  entries: readonly Entry[],
  title: Phrase,
  empty: Phrase,
  add: 'button.connectCluster' | 'button.addService' | 'button.addBackup' | null,
): SlackBlock[] {
  const primary = what === 'cluster' && entries.length === 0
  const rows = entries
    .slice(0, shown)
    .map((entry) => draw.section(entry.line, add ? entryMenu(draw, what, entry) : undefined))
  const rest = entries.length - shown
  return [
    draw.header(title),
    ...(entries.length === 0 ? [draw.section(empty)] : rows),
    ...(rest > 0 ? [draw.context(phrase('home.more', { n: rest }))] : []),
    ...(add ? [addButton(draw, what, add, primary)] : []),
  ]
}

const addButton = (draw: Drawing, what: string, label: Parameters<typeof opener>[2], primary: boolean): SlackBlock =>
  controls([opener(draw, `admin.add.${what}`, label, primary ? 'primary' : undefined)])

const entryMenu = (draw: Drawing, what: string, entry: Entry) =>
  overflow(draw, `admin.${what}.${entry.id}`, [
    ...(what === 'cluster' ? [['button.test', 'test'] as const] : []),
    ['button.edit', 'edit'],
    ['button.remove', 'remove'],
  ])
