import type { SettingSpec, SettingValues } from '../../capabilities/connectors.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { preferredSetting } from '../shared/preferred-setting.ts'

/** What an admin enters to connect an Alertmanager: its address, and what a proxy before it asks for. */
export const alertmanagerSettings: readonly SettingSpec[] = [
  { name: 'url', kind: 'url', label: 'alertmanager.url', hint: 'alertmanager.url.hint' },
  { name: 'user', kind: 'text', label: 'alertmanager.user', hint: 'alertmanager.user.hint', optional: true },
  { name: 'token', kind: 'secret', label: 'alertmanager.token', hint: 'alertmanager.token.hint', optional: true },
  preferredSetting(['alerts']),
]

/** A user has a password. */
export function checkAlertmanager({ user, token }: SettingValues): Readonly<Record<string, Phrase>> | null {
  return user !== undefined && token === undefined ? { token: phrase('form.required') } : null
}
