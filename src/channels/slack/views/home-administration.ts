import { type Phrase, phrase } from '../../../texts/phrase.ts'
import { plainPhrase } from '../../../texts/render.ts'
import { plain, type SlackBlock } from '../blocks/block-kit.ts'
import { limits } from '../blocks/limits.ts'
import type { Drawing } from './drawing.ts'

interface Entry {
  readonly id: string
  readonly name: string
  readonly line: Phrase
}

/** What is connected and declared, for those who may change it. */
export interface Configured {
  readonly clusters: readonly Entry[]
  readonly services: readonly Entry[]
  readonly backups: readonly Entry[]
}

/** A list shows this many (the message book, part 4). */
const shown = 10

/** Action ids of the controls: `admin.<what>.<id>` for an entry's menu, `admin.add.<what>` for its button. */
export const administrationActions = /^admin\./

/** Clusters, the service catalogue and backups, each with its controls. */
export function administrationBlocks(data: Configured, draw: Drawing): SlackBlock[] {
  const { clusters } = data
  return [
    ...listBlocks(
      draw,
      'cluster',
      clusters,
      phrase('home.clusters'),
      phrase('home.clusters.none'),
      'button.connectCluster',
    ),
    ...(clusters.length === 0
      ? []
      : [
          ...listBlocks(
            draw,
            'service',
            data.services,
            phrase('home.services'),
            phrase('home.services.none'),
            'button.addService',
          ),
          ...listBlocks(
            draw,
            'backup',
            data.backups,
            phrase('home.backups'),
            phrase('home.backups.none'),
            'button.addBackup',
          ),
        ]),
  ]
}

function listBlocks(
  draw: Drawing,
  what: 'cluster' | 'service' | 'backup',
  entries: readonly Entry[],
  title: Phrase,
  empty: Phrase,
  add: 'button.connectCluster' | 'button.addService' | 'button.addBackup',
): SlackBlock[] {
  const { language } = draw
  const primary = what === 'cluster' && entries.length === 0
  const rows = entries.slice(0, shown).map((entry) => draw.section(entry.line, entryMenu(draw, what, entry)))
  const rest = entries.length - shown
  return [
    draw.header(title),
    ...(entries.length === 0 ? [draw.section(empty)] : rows),
    ...(rest > 0 ? [draw.context(phrase('home.more', { n: rest }))] : []),
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          action_id: `admin.add.${what}`,
          text: plain(plainPhrase(phrase(add), language), limits.buttonText),
          ...(primary ? { style: 'primary' as const } : {}),
        },
      ],
    },
  ]
}

function entryMenu({ language }: Drawing, what: string, entry: Entry) {
  const option = (act: 'edit' | 'remove') => ({
    text: plain(plainPhrase(phrase(`button.${act}`), language), limits.optionText),
    value: act,
  })
  return { type: 'overflow', action_id: `admin.${what}.${entry.id}`, options: [option('edit'), option('remove')] }
}
