export interface Team {
  readonly id: string
  readonly name: string
  readonly domain: string
  readonly kind: 'company' | 'individual'
  readonly icon: string
  readonly enterprise: { readonly id: string; readonly name: string } | null
  readonly botUserId: string
  /** Who looks at it first in the page, and at what. */
  readonly opens: { readonly user: string; readonly channel: string }
}

export interface User {
  readonly id: string
  readonly teamId: string
  readonly name: string
  readonly realName: string
  readonly title: string
  readonly color: string
  readonly email: string
  readonly isBot: boolean
  readonly isAdmin: boolean
  readonly isGuest: boolean
  /** The language of their Slack: `en-GB`. */
  readonly locale: string
  /** What they say of themselves beside their name. */
  readonly status?: string
  /** When something of them changed last, s since 1970. */
  readonly updated?: number
}

/** A link at the head of a channel. */
export interface Bookmark {
  readonly id: string
  readonly channel: string
  title: string
  link: string
  emoji: string
  readonly created: number
}

export interface Channel {
  readonly id: string
  readonly teamId: string
  name: string
  /** `im` = direct messages of two, `mpim` = of several. */
  readonly kind: 'public' | 'private' | 'im' | 'mpim'
  topic: string
  purpose: string
  archived: boolean
  /** In order of joining. */
  members: string[]
  readonly created: number
  readonly shared: boolean
  /** Workspaces of other companies that are in it (Slack Connect). */
  readonly connected: readonly string[]
}

export interface UserGroup {
  readonly id: string
  readonly teamId: string
  readonly handle: string
  readonly name: string
  users: readonly string[]
  /** When it was disabled, seconds since 1970; absent = it is not. */
  disabledAt?: number
}

/** The app installed into a workspace, or into a whole organisation. */
export interface Installation {
  /** Null for an org-wide one. */
  readonly teamId: string | null
  readonly enterpriseId: string | null
  readonly botId: string
  readonly botUserId: string
  readonly installedBy: string
  readonly scopes: readonly string[]
  readonly token: string
  /** With token rotation: gets the next token, once. */
  readonly refreshToken?: string
}

export interface TokenRecord {
  readonly token: string
  readonly kind: 'bot' | 'app' | 'user'
  /** Of a person who signed in with Slack. */
  readonly userId?: string
  readonly installation: Installation | null
  readonly scopes: readonly string[]
  /** With token rotation: when it ends, ms since 1970. */
  readonly expiresAt?: number
  /** Why it works no more: what Slack answers from then on. */
  revoked: 'token_revoked' | 'account_inactive' | null
}

export interface StoredFile {
  readonly id: string
  readonly teamId: string
  readonly user: string
  readonly name: string
  title: string
  readonly size: number
  readonly altText: string
  readonly snippetType: string
  content: Buffer | null
  shared: boolean
  /** When its upload was completed, ms; Slack looks at a picture for a while before a block may show it. */
  completedAt: number | null
}

/** A message as Slack stores it. */
export interface Message {
  readonly channel: string
  readonly ts: string
  readonly user: string
  readonly botId: string | null
  readonly username?: string
  /** An icon of its own: `:emoji:`, or the address of a picture. */
  readonly icon?: string
  text: string
  blocks: readonly Block[]
  attachments: readonly unknown[]
  readonly threadTs: string | null
  readonly broadcast: boolean
  editedTs: string | null
  metadata: unknown
  fileIds: readonly string[]
  readonly reactions: { name: string; users: string[] }[]
  /** Whom an ephemeral message is for. */
  readonly onlyFor: string | null
  /** The workspace of a person from another company (Slack Connect). */
  readonly foreignTeam: string | null
  /** Threads: what `conversations.replies` and clients show of the root. */
  replies: { count: number; users: string[]; latest: string } | null
  /** A message that still grows (`chat.startStream`). */
  stream?: Stream | null
}

/** What came of a streamed message so far. */
export interface Stream {
  readonly display: 'timeline' | 'plan'
  markdown: string
  planTitle: string
  tasks: Json[]
  blocks: Block[]
  /** When something was last appended, ms. */
  at: number
}

type Json = Record<string, unknown>

export type Block = { readonly type: string; readonly block_id?: string } & Record<string, unknown>

export interface View {
  readonly id: string
  readonly teamId: string
  readonly userId: string
  readonly type: 'modal' | 'home'
  readonly rootId: string
  readonly previousId: string | null
  json: Record<string, unknown>
  hash: string
}
