import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SlackChannel } from '../channels/slack/channel.ts'
import { createInstalls } from '../channels/slack/install/index.ts'
import { isInvitationPath } from '../channels/slack/invitations/paths.ts'
import type { SlackCredentials } from '../config.ts'
import { dayMs, trialDays, trialPlan } from '../domain/plans.ts'
import type { Route } from '../web/server.ts'
import type { NoxConfig } from './nox-config.ts'

/** The pages of an install by OAuth, and those of invitations, which sign people in the same way. */
export function installRoutes(
  config: NoxConfig,
  { clientId, clientSecret, apiUrl, authorizeUrl }: SlackCredentials,
  channel: SlackChannel,
): readonly Route[] {
  const { storage, installations, knowledge, messenger, people, log, now } = channel
  const begins = () =>
    config.stripe ? { plan: trialPlan, planUntil: now() + trialDays * dayMs } : { plan: config.plan, planUntil: null }
  const oauth = { clientId, clientSecret, apiUrl, authorizeUrl, publicUrl: config.publicUrl }
  const installs = createInstalls({
    ...oauth,
    storage,
    installations,
    knowledge,
    defaults: { language: config.language, timeZone: 'Europe/Paris', begins },
    messenger,
    people,
    log,
    now,
  })
  const { byMail } = channel.governance
  let pages: Promise<{ handle(path: string, request: IncomingMessage, response: ServerResponse): void }> | undefined
  const invitationPages: Route = (path, request, response) => {
    if (!byMail || request.method !== 'GET' || !isInvitationPath(path)) return false
    pages ??= import('../channels/slack/invitations/index.ts').then(({ createInvitationPages }) =>
      createInvitationPages({
        clientId,
        clientSecret,
        publicUrl: config.publicUrl,
        signInUrl: authorizeUrl.replace('/oauth/v2/authorize', '/openid/connect/authorize'),
        states: storage.oauthStates,
        invitations: byMail,
        channel,
      }),
    )
    pages
      .then((loaded) => loaded.handle(path, request, response))
      .catch((error: unknown) => {
        log.error({ err: error }, 'the pages of invitations could not be loaded')
        response.writeHead(503).end()
      })
    return true
  }
  return [(path, request, response) => installs.handle(path, request, response), invitationPages]
}
