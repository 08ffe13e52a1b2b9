import type { SettingSpec, SettingValues } from '../../capabilities/connectors.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { readPlaceId } from './place-id.ts'

/** What an admin enters to connect Notion: the secret of an internal integration. */
export const notionSettings: readonly SettingSpec[] = [
  { name: 'token', kind: 'secret', label: 'notion.token', hint: 'notion.token.hint' },
  { name: 'parent', kind: 'text', label: 'notion.parent', hint: 'notion.parent.hint', optional: true },
  { name: 'url', kind: 'url', label: 'notion.url', hint: 'notion.url.hint', optional: true },
]

/** A place names itself by an id. */
export function checkNotion({ parent }: SettingValues): Readonly<Record<string, Phrase>> | null {
  return parent === undefined || readPlaceId(parent) !== null ? null : { parent: phrase('notion.parent.id') }
}
