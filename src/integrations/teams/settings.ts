import type { SettingSpec, SettingValues } from '../../capabilities/connectors.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'

/** What an admin enters to connect Teams: the addresses of its webhooks, which are their access too, and where incidents go. */
export const teamsSettings: readonly SettingSpec[] = [
  { name: 'webhooks', kind: 'secret', isLong: true, label: 'teams.webhooks', hint: 'teams.webhooks.hint' },
  { name: 'incidents', kind: 'text', label: 'teams.incidents', hint: 'teams.incidents.hint', optional: true },
]

/** A channel with the address of its webhook. */
export interface TeamsChannel {
  readonly name: string
  readonly url: string
}

const named = /^([^=:/]{1,80}?)\s*=\s*(\S+)$/

/** The channels, one a line: `ops = https://…`, or an address alone; `null` = a line is neither. */
export function readChannels(text: string): readonly TeamsChannel[] | null {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const channels = lines.map((line) => {
    const [, name = 'Teams', url = line] = named.exec(line) ?? []
    return { name, url }
  })
  const names = new Set(channels.map(({ name }) => name.toLowerCase()))
  const isFine = channels.every(({ url }) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))
  return channels.length > 0 && isFine && names.size === channels.length ? channels : null
}

/** What is wrong, by the name of the setting; `null` = nothing. Incidents go to a channel that is named. */
export function checkTeams({ webhooks = '', incidents }: SettingValues): Readonly<Record<string, Phrase>> | null {
  const channels = readChannels(webhooks)
  if (channels === null) return { webhooks: phrase('teams.webhooks.line') }
  const isKnown = channels.some(({ name }) => name.toLowerCase() === incidents?.toLowerCase())
  if (incidents === undefined || isKnown) return null
  const known = { kind: 'list', items: channels.map(({ name }) => name) } as const
  return { incidents: phrase('teams.incidents.none', { known }) }
}
