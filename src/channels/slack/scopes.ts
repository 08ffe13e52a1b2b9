/** What NOX asks of a workspace, and nothing more; the manifest names the same. */
export const botScopes = [
  'app_mentions:read',
  'assistant:write',
  'chat:write',
  'commands',
  'files:write',
  'im:history',
  'im:write',
  'users:read',
] as const

/**
 * Scopes that an installer may refuse. With them NOX looks into its own thread when the connection broke while it
 * posted, and so never posts twice; it reads nothing else.
 */
export const optionalBotScopes = ['channels:history', 'groups:history'] as const

/** The events that NOX subscribes to; the manifest names the same. */
export const botEvents = ['app_home_opened', 'app_mention', 'app_uninstalled', 'message.im', 'tokens_revoked'] as const
