import type { SettingSpec, SettingValues } from '../../capabilities/connectors.ts'
import { readPeople } from '../../capabilities/people.ts'
import type { TicketPriority, TicketType } from '../../capabilities/tickets.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { accountSettings, lacksAccount } from '../shared/atlassian-account.ts'

/** What an admin enters to connect Jira, in the cloud or in a data center of one's own. */
export const jiraSettings: readonly SettingSpec[] = [
  ...accountSettings('jira'),
  { name: 'project', kind: 'text', label: 'jira.project', hint: 'jira.project.hint' },
  { name: 'webhookSecret', kind: 'secret', label: 'hook.secret', hint: 'hook.secret.hint', optional: true },
  { name: 'names', kind: 'lines', label: 'jira.names', hint: 'jira.names.hint', optional: true },
  { name: 'people', kind: 'lines', label: 'jira.people', hint: 'jira.people.hint', optional: true },
]

/** `OPS`: what stands before the number of a ticket. */
export const projectKey = /^[A-Z][A-Z0-9_]{1,30}$/
/** `OPS-12`. */
export const issueKey = /^[A-Z][A-Z0-9_]{1,30}-\d{1,9}$/
const personId = /^[\w:.@-]{1,128}$/

/** What is wrong, by the name of the setting; `null` = nothing. The cloud wants the address of the token's account. */
export function checkJira(values: SettingValues): Readonly<Record<string, Phrase>> | null {
  if (lacksAccount(values)) return { email: phrase('jira.email.needed') }
  if (!projectKey.test(values.project ?? '')) return { project: phrase('jira.project.key') }
  if (readNames(values.names ?? '') === null) return { names: phrase('jira.names.line') }
  return readIds(values.people ?? '') === null ? { people: phrase('jira.people.line') } : null
}

/** Ids by the folded name of a person; `null` = a line that is none. */
export const readIds = (text: string): ReadonlyMap<string, string> | null => readPeople(text, personId)

export type Word = TicketType | TicketPriority
const words: readonly string[] = [
  'incident',
  'bug',
  'task',
  'story',
  'low',
  'medium',
  'high',
  'highest',
] satisfies Word[]

/**
 * How a project names types and priorities, one a line: `bug = Anomalie`, or `OPS.bug = Anomalie` for one project.
 * Names by `bug` and `OPS.bug`; `null` = a line that is none.
 */
export function readNames(text: string): ReadonlyMap<string, string> | null {
  const names = new Map<string, string>()
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const [what = '', ...rest] = line.split('=')
    const name = rest.join('=').trim()
    const [, project, word = ''] = /^(?:([A-Za-z]\w*)\.)?(\w+)$/.exec(what.trim()) ?? []
    if (name === '' || name.length > 80 || !words.includes(word.toLowerCase())) return null
    names.set([...(project ? [project.toUpperCase()] : []), word.toLowerCase()].join('.'), name)
  }
  return names
}
