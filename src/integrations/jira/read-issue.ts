import type { Ticket } from '../../capabilities/tickets.ts'
import { listOf, recordOf } from '../shared/read-answer.ts'

/** The fields that a ticket is read with. */
export const issueFields = ['summary', 'status', 'issuetype', 'priority', 'project', 'assignee', 'updated'] as const

interface Named {
  readonly name?: string
}

/** One issue as Jira answers it. */
export interface Issue {
  readonly key: string
  readonly fields: {
    readonly summary?: string
    readonly status?: Named & { readonly statusCategory?: { readonly key?: string } }
    readonly issuetype?: Named
    readonly priority?: Named | null
    readonly project?: { readonly key?: string }
    readonly assignee?: { readonly displayName?: string } | null
    readonly updated?: string
  }
}

const named = { name: 'text' } as const
const shape = {
  key: 'text',
  fields: {
    summary: 'text',
    status: { name: 'text', statusCategory: { key: 'text' } },
    issuetype: named,
    priority: named,
    project: { key: 'text' },
    assignee: { displayName: 'text' },
    updated: 'text',
  },
} as const
const needed = ['key', 'fields'] as const

/** One issue, as Jira answered it. @throws NoxError `vendor-failed` where it is something else */
export const issueIn = (answer: unknown): Issue => recordOf<Issue>('Jira', answer, shape, needed)
/** As `issueIn`, for a list of them. */
export const issuesIn = (answer: unknown): readonly Issue[] => listOf<Issue>('Jira', answer, shape, needed)

/** Does this status mean that the work is done? Jira's own category says it, whatever its name. */
export const isDoneStatus = (status: Issue['fields']['status']): boolean => status?.statusCategory?.key === 'done'

/** What Jira did not answer is empty or `null`. @param site where issues are read, without a slash at its end */
export function readIssue({ key, fields }: Issue, site: string): Ticket {
  return {
    key,
    title: fields.summary ?? '',
    type: fields.issuetype?.name ?? '',
    status: fields.status?.name ?? '',
    isDone: isDoneStatus(fields.status),
    priority: fields.priority?.name ?? null,
    project: fields.project?.key ?? key.replace(/-\d+$/, ''),
    assignee: fields.assignee?.displayName ?? null,
    url: `${site}/browse/${key}`,
    updatedAt: fields.updated ? Date.parse(fields.updated) : 0,
  }
}
