import { idOf } from './ids.ts'

export type Parent =
  | { readonly type: 'workspace'; readonly workspace: true }
  | { readonly type: 'page_id'; readonly page_id: string }
  | { readonly type: 'data_source_id'; readonly data_source_id: string; readonly database_id: string }

/** A page as the simulated Notion keeps it. */
export interface NotionPage {
  readonly id: string
  title: string
  readonly words: string
  readonly parent: Parent
  readonly createdAt: number
  editedAt: number
  inTrash: boolean
  readonly blocks: { readonly id: string; readonly content: Readonly<Record<string, unknown>> }[]
}

export interface NotionUpload {
  readonly id: string
  readonly filename: string
  readonly type: string
  status: 'pending' | 'uploaded'
  bytes: Uint8Array | null
}

export interface NotionPageSeed {
  readonly title: string
  readonly words: string
  readonly minutesAgo: number
}

/** A database with its one data source; `property` holds the titles of its pages. */
export interface NotionDatabaseSeed {
  readonly title: string
  readonly property: string
}

export interface NotionSeed {
  readonly token: string
  readonly bot: string
  readonly workspace: string
  /** Pages that people shared with the integration. */
  readonly pages: readonly NotionPageSeed[]
  readonly databases?: readonly NotionDatabaseSeed[]
}

/** The property of titles of pages that stand in no data source. */
export const pageTitle = 'title'

/** The same id for the same title, in every run. */
export const databaseIdOf = (title: string): string => idOf(`database ${title}`)
/** As `databaseIdOf`, of the data source that the database has. */
export const dataSourceIdOf = (title: string): string => idOf(`data source ${title}`)

/** What stands in the simulated Notion. */
export function createNotionWorld(seed: NotionSeed, now: () => number) {
  const startedAt = now()
  let made = 0
  const pages: NotionPage[] = seed.pages.map(({ title, words, minutesAgo }) => {
    const at = startedAt - minutesAgo * 60_000
    const parent = { type: 'workspace', workspace: true } as const
    return { id: idOf(title), title, words, parent, createdAt: at, editedAt: at, inTrash: false, blocks: [] }
  })
  const uploads: NotionUpload[] = []
  const newId = (kind: string) => {
    made += 1
    return idOf(`${kind} ${made}`)
  }
  return {
    seed,
    now,
    pages,
    uploads,
    newId,
    page: (id: string) => pages.find((page) => page.id === id),
    databaseOf: (id: string) => seed.databases?.find(({ title }) => databaseIdOf(title) === id),
    dataSourceOf: (id: string) => seed.databases?.find(({ title }) => dataSourceIdOf(title) === id),
    /** The property that holds a page's title. */
    titleOf({ parent }: NotionPage): string {
      if (parent.type !== 'data_source_id') return pageTitle
      return this.dataSourceOf(parent.data_source_id)?.property ?? pageTitle
    },
  }
}

export type NotionWorld = ReturnType<typeof createNotionWorld>
