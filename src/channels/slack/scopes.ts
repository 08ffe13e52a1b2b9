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

/** The events that NOX subscribes to; the manifest names the same. */
export const botEvents = ['app_home_opened', 'app_mention', 'app_uninstalled', 'message.im', 'tokens_revoked'] as const
