import type { CallOptions } from '../../capabilities/clusters.ts'
import type { Ticket } from '../../capabilities/tickets.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import { listOf } from '../shared/read-answer.ts'
import type { JiraClient } from './client.ts'
import { plainWords, writeText } from './documents.ts'
import { type Issue, isDoneStatus, issueFields, issueIn, readIssue } from './read-issue.ts'
import { issueKey } from './settings.ts'

/** The newest comments are looked through for one's own. */
const readComments = 50

const pathOf = (key: string, rest = ''): string => {
  if (issueKey.test(key)) return `/issue/${encodeURIComponent(key)}${rest}`
  throw new NoxError('bad-input', 'not a key', {
    forPerson: phrase('error.vendor.notFound', { vendor: 'Jira', what: key }),
  })
}

/** One ticket; `null` = Jira has none of this key, or does not show it. */
export async function showIssue(client: JiraClient, key: string, call: CallOptions): Promise<Ticket | null> {
  try {
    const query = { fields: issueFields.join(',') }
    return readIssue(issueIn(await client.send({ path: pathOf(key), query, what: key }, call)), client.site)
  } catch (error) {
    if (error instanceof NoxError && error.code === 'not-found') return null
    throw error
  }
}

/** Adds a comment that ends with who it is from: the account is NOX's, the words are a person's. */
export async function addComment(
  client: JiraClient,
  key: string,
  text: string,
  signature: string,
  call: CallOptions,
): Promise<void> {
  const body = { body: writeText(client.isCloud, text, `\n— ${signature}`) }
  await client.send({ method: 'POST', path: pathOf(key, '/comment'), body, what: key }, call)
}

/** Is a comment with this last line there? */
export async function hasComment(
  client: JiraClient,
  key: string,
  signature: string,
  call: CallOptions,
): Promise<boolean> {
  const query = { maxResults: String(readComments), orderBy: '-created' }
  const path = pathOf(key, '/comment')
  const answer = await client.send<{ comments?: unknown } | null>({ path, query, what: key }, call)
  return listOf<{ body?: unknown }>('Jira', answer?.comments, {}).some(({ body }) =>
    plainWords(body).trimEnd().endsWith(`— ${signature}`),
  )
}

interface Transition {
  readonly id: string
  readonly name: string
  readonly to?: Issue['fields']['status']
  readonly fields?: Readonly<
    Record<
      string,
      {
        readonly required?: boolean
        readonly hasDefaultValue?: boolean
        readonly allowedValues?: readonly { id?: string; name?: string }[]
      }
    >
  >
}

/** Statuses that end a ticket without its work being done. */
const given = /won.?t|cancel|abandon|annul|duplicat|doublon|reject|rejet|invalid|declin/i
/** Resolutions that say that the work was done. */
const resolved = /^(done|fixed|resolved|terminée?|corrigée?|résolue?)$/i

/** Moves a ticket to a status of the category "done". */
export async function closeIssue(client: JiraClient, key: string, call: CallOptions): Promise<Ticket> {
  const path = pathOf(key, '/transitions')
  const query = { expand: 'transitions.fields' }
  const answer = await client.send<{ transitions?: unknown } | null>({ path, query, what: key }, call)
  const transitions = listOf<Transition>('Jira', answer?.transitions, { id: 'text', name: 'text' }, ['id', 'name'])
  const ends = transitions.filter(({ to }) => isDoneStatus(to))
  const transition = ends.find(({ name, to }) => !given.test(`${name} ${to?.name ?? ''}`))
  if (!transition) {
    const known = { kind: 'list', items: transitions.map(({ name }) => name) } as const
    throw new NoxError('vendor-refused', 'no transition to a done status', {
      forPerson: phrase(transitions.length === 0 ? 'jira.noTransition' : 'jira.noClose', { key, known }),
    })
  }
  const fields = requiredFields(transition, key)
  const body = { transition: { id: transition.id }, ...(fields ? { fields } : {}) }
  await client.send({ method: 'POST', path, body, what: key }, call)
  const closed = await showIssue(client, key, call)
  if (closed) return closed
  throw new NoxError('vendor-failed', 'a ticket that was closed is not shown')
}

/** A resolution where the screen wants one; anything else is for a person to fill in. */
function requiredFields({ fields = {} }: Transition, key: string): Readonly<Record<string, unknown>> | null {
  const wanted = Object.entries(fields).filter(([, field]) => field.required === true && field.hasDefaultValue !== true)
  const values = wanted.map(([name, { allowedValues = [] }]) => {
    const value = allowedValues.find((each) => resolved.test(each.name ?? '')) ?? allowedValues[0]
    if (name !== 'resolution' || value?.id === undefined) {
      throw new NoxError('vendor-refused', `the transition wants ${name}`, {
        forPerson: phrase('jira.transitionFields', {
          key,
          fields: { kind: 'list', items: wanted.map(([each]) => each) },
        }),
      })
    }
    return [name, { id: value.id }] as const
  })
  return values.length === 0 ? null : Object.fromEntries(values)
}
