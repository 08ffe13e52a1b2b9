/** What NOX asks of a workspace, and nothing more; the manifest names the same. */
export const botScopes = [
  'app_mentions:read',
  'assistant:write',
  'chat:write',
  'commands',
  'files:write',
  'im:history',
  'im:write',
  'usergroups:read',
  'users:read',
] as const

/** For the channel of an incident: made with the first, found again after a crash with the second. */
export const roomScopes = ['channels:manage', 'channels:read'] as const

/** For the timeline of an incident: what people wrote in its thread and its channel. */
export const historyScopes = ['channels:history', 'groups:history'] as const

/**
 * Scopes that an installer may refuse. With those of histories NOX looks into its own thread when the connection broke
 * while it posted, and so never posts twice, and puts into an incident's timeline what people wrote in its thread and its
 * channel; it reads nothing else. `chat:write.customize` is asked for only by the link
 * that an admin follows to give NOX another name.
 */
export const optionalBotScopes = [
  'channels:history',
  'channels:manage',
  'channels:read',
  'chat:write.customize',
  'groups:history',
] as const

/** The events that NOX subscribes to; the manifest names the same. */
export const botEvents = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'message.im',
  'subteam_members_changed',
  'subteam_updated',
  'tokens_revoked',
  'user_change',
] as const
