import { appsMethods } from './apps.ts'
import { assistantMethods } from './assistant.ts'
import { authMethods } from './auth.ts'
import { chatMethods } from './chat.ts'
import { scheduledChatMethods } from './chat-scheduled.ts'
import { chatStreamMethods } from './chat-streams.ts'
import { chatUnfurlMethods } from './chat-unfurl.ts'
import { conversationChangeMethods } from './conversation-changes.ts'
import { conversationHistoryMethods } from './conversation-history.ts'
import { conversationsMethods } from './conversations.ts'
import { filesMethods } from './files.ts'
import type { Methods } from './method.ts'
import { oauthMethods } from './oauth.ts'
import { openidMethods } from './openid.ts'
import { pinsMethods } from './pins.ts'
import { reactionsMethods } from './reactions.ts'
import { teamMethods } from './team.ts'
import { usersMethods } from './users.ts'
import { viewsMethods } from './views.ts'

/** Every Web API method of the double, by name. */
export const webApiMethods: Methods = {
  ...authMethods,
  ...appsMethods,
  ...oauthMethods,
  ...openidMethods,
  ...chatMethods,
  ...scheduledChatMethods,
  ...chatStreamMethods,
  ...chatUnfurlMethods,
  ...conversationsMethods,
  ...conversationHistoryMethods,
  ...conversationChangeMethods,
  ...usersMethods,
  ...teamMethods,
  ...reactionsMethods,
  ...pinsMethods,
  ...viewsMethods,
  ...filesMethods,
  ...assistantMethods,
}
