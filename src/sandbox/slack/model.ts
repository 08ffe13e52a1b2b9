export interface Team {
  readonly id: string
  readonly name: string
  readonly domain: string
  readonly kind: 'company' | 'individual'
  readonly icon: string
  readonly enterprise: { readonly id: string; readonly name: string } | null
  readonly botUserId: string
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
  readonly locale: string
}

export interface Channel {
  readonly id: string
  readonly teamId: string
  readonly name: string
  readonly kind: 'public' | 'private' | 'im'
  topic: string
  /** In order of joining. */
  members: string[]
  readonly created: number
  readonly shared: boolean
}

export interface UserGroup {
  readonly id: string
  readonly teamId: string
  readonly handle: string
  readonly name: string
  readonly users: readonly string[]
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
}

export interface TokenRecord {
  readonly token: string
  readonly kind: 'bot' | 'app'
  readonly installation: Installation | null
  readonly scopes: readonly string[]
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
}

/** A message as Slack stores it. */
export interface Message {
  readonly channel: string
  readonly ts: string
  readonly user: string
  readonly botId: string | null
  readonly username?: string
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
}

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
