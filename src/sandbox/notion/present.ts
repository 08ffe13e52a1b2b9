import { idOf } from './ids.ts'
import { databaseIdOf, dataSourceIdOf, type NotionDatabaseSeed, type NotionPage, type NotionWorld } from './world.ts'

const annotations = {
  bold: false,
  italic: false,
  strikethrough: false,
  underline: false,
  code: false,
  color: 'default',
}

const textOf = (content: string) => ({
  type: 'text',
  text: { content, link: null },
  annotations,
  plain_text: content,
  href: null,
})

const iso = (ms: number) => new Date(ms).toISOString()
const user = (world: NotionWorld) => ({ object: 'user', id: idOf(world.seed.bot) })

/** A page as the API answers it; its title stands under the name that its data source gives it. */
export function presentPage(world: NotionWorld, page: NotionPage, origin: string) {
  return {
    object: 'page',
    id: page.id,
    created_time: iso(page.createdAt),
    last_edited_time: iso(page.editedAt),
    created_by: user(world),
    last_edited_by: user(world),
    cover: null,
    icon: null,
    parent: page.parent,
    archived: page.inTrash,
    is_archived: false,
    in_trash: page.inTrash,
    is_locked: false,
    properties: { [world.titleOf(page)]: { id: 'title', type: 'title', title: [textOf(page.title)] } },
    url: `${origin}/${page.id.replaceAll('-', '')}`,
    public_url: null,
  }
}

/** A page as its parent's list of blocks shows it. */
export const presentChild = (world: NotionWorld, page: NotionPage) => ({
  object: 'block',
  id: page.id,
  parent: page.parent,
  type: 'child_page',
  child_page: { title: page.title },
  created_time: iso(page.createdAt),
  created_by: user(world),
  last_edited_time: iso(page.editedAt),
  last_edited_by: user(world),
  has_children: page.blocks.length > 0,
  in_trash: page.inTrash,
  archived: page.inTrash,
})

/** A database as the API answers it since 2025-09-03, with its one data source. */
export function presentDatabase(world: NotionWorld, { title }: NotionDatabaseSeed, origin: string) {
  const id = databaseIdOf(title)
  return {
    object: 'database',
    id,
    title: [textOf(title)],
    description: [],
    parent: { type: 'workspace', workspace: true },
    is_inline: false,
    in_trash: false,
    archived: false,
    is_locked: false,
    created_time: iso(world.now()),
    last_edited_time: iso(world.now()),
    data_sources: [{ id: dataSourceIdOf(title), name: title }],
    icon: null,
    cover: null,
    url: `${origin}/${id.replaceAll('-', '')}`,
    public_url: null,
  }
}

/** A data source, with no property but its title. */
export const presentDataSource = ({ title, property }: NotionDatabaseSeed) => ({
  object: 'data_source',
  id: dataSourceIdOf(title),
  properties: { [property]: { id: 'title', name: property, description: null, type: 'title', title: {} } },
})

/** The bot of the token, as `/v1/users/me` answers it; files of a free workspace end at 5 MiB. */
export const presentBot = ({ seed }: NotionWorld) => ({
  object: 'user',
  id: idOf(seed.bot),
  name: seed.bot,
  avatar_url: null,
  type: 'bot',
  bot: {
    owner: { type: 'workspace', workspace: true },
    workspace_name: seed.workspace,
    workspace_id: idOf(seed.workspace),
    workspace_limits: { max_file_upload_size_in_bytes: 5_242_880 },
  },
})
