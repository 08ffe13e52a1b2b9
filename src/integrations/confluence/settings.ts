import type { SettingSpec, SettingValues } from '../../capabilities/connectors.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { accountSettings, lacksAccount } from '../shared/atlassian-account.ts'

/** What an admin enters to connect Confluence, in the cloud or in a data center of one's own. */
export const confluenceSettings: readonly SettingSpec[] = [
  ...accountSettings('confluence'),
  { name: 'space', kind: 'text', label: 'confluence.space', hint: 'confluence.space.hint', optional: true },
  { name: 'parent', kind: 'text', label: 'confluence.parent', hint: 'confluence.parent.hint', optional: true },
]

/** `OPS`, or `~bob` for a person's own. */
export const spaceKey = /^~?[A-Za-z0-9._-]{1,255}$/

/** What is wrong, by the name of the setting; `null` = nothing. The cloud wants the address of the token's account. */
export function checkConfluence(values: SettingValues): Readonly<Record<string, Phrase>> | null {
  if (lacksAccount(values)) return { email: phrase('confluence.email.needed') }
  if (values.parent !== undefined && !/^\d{1,19}$/.test(values.parent)) {
    return { parent: phrase('confluence.parent.id') }
  }
  return values.space === undefined || spaceKey.test(values.space) ? null : { space: phrase('confluence.space.key') }
}
