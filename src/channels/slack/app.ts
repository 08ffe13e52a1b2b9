import { App, AuthorizationError, type Receiver } from '@slack/bolt'
import { createAuthorize, NotInstalledError } from './authorize.ts'
import { boltLog } from './bolt-log.ts'
import type { SlackChannel } from './channel.ts'
import { addressIncoming } from './listeners/address-incoming.ts'
import { listenToAdministration } from './listeners/administration.ts'
import { listenToAlerts } from './listeners/alerts.ts'
import { listenToAudit } from './listeners/audit.ts'
import { listenToBilling } from './listeners/billing.ts'
import { listenToCommands } from './listeners/commands.ts'
import { listenToDialogs } from './listeners/dialogs.ts'
import { tableOfEvents } from './listeners/events.ts'
import { listenToHome } from './listeners/home.ts'
import { listenToInvitations } from './listeners/invite.ts'
import { listenToLifecycle } from './listeners/lifecycle.ts'
import { listenToLook } from './listeners/look.ts'
import { listenToMenuOptions } from './listeners/menu-options.ts'
import { listenToMessages } from './listeners/messages.ts'
import { refuseOutsiders } from './listeners/outsiders.ts'
import { listenToPresses } from './listeners/presses.ts'
import { listenToSetup } from './listeners/setup.ts'
import { listenToShortcuts } from './listeners/shortcuts.ts'
import { listenToTabs } from './listeners/tabs.ts'
import { listenToTeam } from './listeners/team.ts'
import { answerUntold } from './listeners/untold.ts'
import { listenToUserChanges } from './listeners/user-change.ts'
import { listenToUserGroupEvents, listenToUserGroups } from './listeners/user-groups.ts'
import { listenToVendors } from './listeners/vendors.ts'
import { listenToWorkspaces } from './listeners/workspaces.ts'
import { listenToZones } from './listeners/zones.ts'

/** Bolt with NOX's listeners behind a receiver; the receiver is started by whoever made it. */
export function createSlackApp(channel: SlackChannel, receiver: Receiver, apiUrl: string): App {
  const app = new App({
    receiver,
    authorize: createAuthorize(channel.installations),
    convoStore: false,
    logger: boltLog(channel.log),
    clientOptions: { slackApiUrl: apiUrl },
  })
  listenToUserChanges(app, channel.people)
  addressIncoming(app)
  const events = tableOfEvents(app)
  listenToMessages(events, channel)
  listenToHome(events, channel)
  listenToLifecycle(events, channel)
  listenToUserGroupEvents(events, channel)
  refuseOutsiders(app, channel)
  answerUntold(app, channel)
  for (const listen of [
    listenToCommands,
    listenToShortcuts,
    listenToPresses,
    listenToMenuOptions,
    listenToDialogs,
    listenToAdministration,
    listenToVendors,
    listenToAlerts,
    listenToTabs,
    listenToTeam,
    listenToInvitations,
    listenToUserGroups,
    listenToWorkspaces,
    listenToZones,
    listenToAudit,
    listenToSetup,
    listenToBilling,
    listenToLook,
  ]) {
    listen(app, channel)
  }
  app.error(async (error) => {
    // A workspace without NOX gets its 200, or Slack would repeat what nobody will ever answer.
    if (error instanceof AuthorizationError && error.original instanceof NotInstalledError) return
    throw error
  })
  return app
}
