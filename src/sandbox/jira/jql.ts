import type { WorldIssue } from './world.ts'

/** What Jira says of a query that it cannot read, or does not allow. */
export class JqlError extends Error {}

const clause = /^\s*(\w+)\s*(!=|=)\s*("(?:[^"\\]|\\.)*"|\w+)\s*$/

const categoryOf = (issue: WorldIssue) =>
  issue.project.statuses.find(({ name }) => name === issue.status)?.category ?? 'new'
const categoryNames = { new: 'to do', indeterminate: 'in progress', done: 'done' } as const

type IdOf = (accountId: string) => string

function fits(issue: WorldIssue, field: string, value: string, idOf: IdOf): boolean {
  switch (field.toLowerCase()) {
    case 'project':
      return issue.project.key.toLowerCase() === value.toLowerCase()
    case 'statuscategory':
      return categoryNames[categoryOf(issue)] === value.toLowerCase()
    case 'assignee':
      return issue.assignee !== null && idOf(issue.assignee) === value
    case 'labels':
      return issue.labels.includes(value)
    default:
      throw new JqlError(`Field '${field}' does not exist or you do not have permission to view it.`)
  }
}

/**
 * The issues that a query means: clauses joined by AND, one order.
 * @param known the names that a query may say; `people: null` = any
 * @param idOf how this edition names a person
 */
export function runJql(
  jql: string,
  issues: readonly WorldIssue[],
  known: { readonly projects: readonly string[]; readonly people: readonly string[] | null },
  idOf: IdOf,
): readonly WorldIssue[] {
  const [, where = '', order = 'created'] = /^(.*?)(?:\s*ORDER BY (updated|created) DESC)?$/i.exec(jql) ?? []
  if (where.trim() === '') throw new JqlError('Unbounded JQL queries are not allowed here.')
  const tests = where.split(/ AND (?=(?:[^"]*"[^"]*")*[^"]*$)/i).map((text) => {
    const [, field = '', operator = '', written = ''] = clause.exec(text) ?? []
    if (field === '') throw new JqlError(`Error in the JQL Query: ${text}`)
    const value = written.startsWith('"') ? written.slice(1, -1).replace(/\\(.)/g, '$1') : written
    if (field.toLowerCase() === 'project' && !known.projects.some((key) => key.toLowerCase() === value.toLowerCase())) {
      throw new JqlError(`The value '${value}' does not exist for the field 'project'.`)
    }
    if (field.toLowerCase() === 'assignee' && known.people?.includes(value) === false) {
      throw new JqlError(`The value '${value}' does not exist for the field 'assignee'.`)
    }
    return (issue: WorldIssue) => fits(issue, field, value, idOf) === (operator === '=')
  })
  const by = order.toLowerCase() === 'updated' ? 'updatedAt' : 'createdAt'
  return issues.filter((issue) => tests.every((test) => test(issue))).sort((a, b) => b[by] - a[by])
}
