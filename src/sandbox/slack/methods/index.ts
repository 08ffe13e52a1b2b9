import { appsMethods } from './apps.ts'
import { assistantMethods } from './assistant.ts'
import { authMethods } from './auth.ts'
import { chatMethods } from './chat.ts'
import { conversationsMethods } from './conversations.ts'
import { filesMethods } from './files.ts'
import type { Methods } from './method.ts'
import { oauthMethods } from './oauth.ts'
import { reactionsMethods } from './reactions.ts'
import { teamMethods } from './team.ts'
import { usersMethods } from './users.ts'
import { viewsMethods } from './views.ts'

/** Every Web API method of the double, by name. */
export const webApiMethods: Methods = {
  ...authMethods,
  ...appsMethods,
  ...oauthMethods,
  ...chatMethods,
  ...conversationsMethods,
  ...usersMethods,
  ...teamMethods,
  ...reactionsMethods,
  ...viewsMethods,
  ...filesMethods,
  ...assistantMethods,
}
