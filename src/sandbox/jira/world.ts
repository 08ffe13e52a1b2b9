/** Someone of the simulated site. */
export interface JiraPerson {
  readonly accountId: string
  /** A data center's id of a person. */
  readonly name: string
  readonly displayName: string
  readonly email: string
}

export type Category = 'new' | 'indeterminate' | 'done'

export interface JiraStatus {
  readonly name: string
  readonly category: Category
}

/** A field that a transition's screen wants. */
export interface ScreenField {
  readonly required: boolean
  readonly allowedValues: readonly { readonly id: string; readonly name: string }[]
}

export interface TransitionSeed {
  readonly id: string
  readonly name: string
  readonly from: readonly string[]
  readonly to: string
  readonly fields?: Readonly<Record<string, ScreenField>>
}

export interface IssueSeed {
  readonly number: number
  readonly type: string
  readonly summary: string
  readonly status: string
  readonly priority: string
  /** The account id of who has it. */
  readonly assignee?: string
  readonly minutesAgo: number
}

export interface ProjectSeed {
  readonly key: string
  readonly types: readonly string[]
  readonly statuses: readonly JiraStatus[]
  readonly transitions: readonly TransitionSeed[]
  /** Fields that its create screen has besides project, type and summary. */
  readonly createFields: readonly string[]
  readonly issues: readonly IssueSeed[]
}

export interface JiraSeed {
  readonly people: readonly JiraPerson[]
  /** Who may come in, with what they may do. */
  readonly accounts: readonly {
    readonly accountId: string
    readonly token: string
    readonly permissions: readonly string[]
  }[]
  readonly priorities: readonly string[]
  readonly projects: readonly ProjectSeed[]
}

export interface WorldComment {
  readonly id: string
  readonly author: string
  readonly body: unknown
  readonly createdAt: number
}

export interface WorldIssue {
  readonly id: string
  readonly key: string
  readonly project: ProjectSeed
  readonly type: string
  readonly summary: string
  readonly description: unknown
  status: string
  readonly priority: string | null
  readonly assignee: string | null
  readonly labels: readonly string[]
  readonly comments: WorldComment[]
  readonly links: Map<string, { readonly url: string; readonly title: string }>
  resolution: string | null
  readonly createdAt: number
  updatedAt: number
}

/** Everything that the simulated site holds. */
export interface JiraWorld {
  readonly issues: WorldIssue[]
  nextId(): string
}

/** @param now ms; the seed's issues were changed so many minutes before it */
export function createWorld(seed: JiraSeed, now: number): JiraWorld {
  let id = 10_000
  const nextId = () => {
    id += 1
    return String(id)
  }
  const issues = seed.projects.flatMap((project) =>
    project.issues.map((issue): WorldIssue => {
      const at = now - issue.minutesAgo * 60_000
      return {
        id: nextId(),
        key: `${project.key}-${issue.number}`,
        project,
        type: issue.type,
        summary: issue.summary,
        description: null,
        status: issue.status,
        priority: issue.priority,
        assignee: issue.assignee ?? null,
        labels: [],
        comments: [],
        links: new Map(),
        resolution: null,
        createdAt: at - 86_400_000,
        updatedAt: at,
      }
    }),
  )
  return { issues, nextId }
}
