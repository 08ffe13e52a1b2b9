import { createHash } from 'node:crypto'

export interface ConfluencePageSeed {
  readonly id: string
  readonly space: string
  readonly title: string
  readonly words: string
  readonly minutesAgo: number
}

export interface ConfluenceSeed {
  readonly email: string
  readonly token: string
  readonly name: string
  readonly pages: readonly ConfluencePageSeed[]
}

/** A page as the simulated Confluence keeps it. */
export interface ConfluencePage {
  readonly id: string
  readonly space: string
  title: string
  readonly words: string
  readonly parent: string | null
  /** In the storage format. */
  body: string
  version: number
  editedAt: number
  isTrashed: boolean
  readonly attachments: Map<string, Uint8Array>
}

const voids = /<(?:br|ri:attachment)(?:\s[^<>]*)?\/>/g

/** Is this XML of the storage format: elements that are closed in their order, no bare `&` or `<`? */
export function isStorage(value: string): boolean {
  if (/&(?!(?:amp|lt|gt|quot|#\d+);)/.test(value)) return false
  const open: string[] = []
  const rest = value.replace(voids, '').replace(/<(\/?)([a-z][\w:]*)((?:\s[\w:]+="[^"<>]*")*)>/g, (_, end, name) => {
    if (end === '') open.push(name)
    else if (open.pop() !== name) open.push('wrong', 'wrong')
    return ''
  })
  return open.length === 0 && !/[<>]/.test(rest)
}

/** What stands in the simulated Confluence. */
export function createConfluenceWorld(seed: ConfluenceSeed, now: () => number) {
  const startedAt = now()
  let lastId = 900_000
  const pages: ConfluencePage[] = seed.pages.map(({ minutesAgo, ...rest }) => ({
    ...rest,
    parent: null,
    body: '',
    version: 1,
    editedAt: startedAt - minutesAgo * 60_000,
    isTrashed: false,
    attachments: new Map(),
  }))
  return {
    seed,
    now,
    pages,
    /** Keys of spaces, and the number of each in v2. */
    hasSpace: (key: string) => pages.some(({ space }) => space === key),
    numberOf: (key: string) => String(createHash('sha1').update(key).digest().readUInt32BE(0)),
    keyOf(number: string): string | undefined {
      return pages.find(({ space }) => this.numberOf(space) === number)?.space
    },
    page: (id: string) => pages.find((page) => page.id === id && !page.isTrashed),
    titled: (space: string, title: string) =>
      pages.find((page) => page.space === space && page.title === title && !page.isTrashed),
    add(space: string, parent: string | null, title: string, body: string): ConfluencePage {
      lastId += 1
      const fresh = { version: 1, editedAt: now(), isTrashed: false, attachments: new Map<string, Uint8Array>() }
      const page = { id: String(lastId), space, parent, title, body, words: '', ...fresh }
      pages.push(page)
      return page
    },
  }
}

export type ConfluenceWorld = ReturnType<typeof createConfluenceWorld>
