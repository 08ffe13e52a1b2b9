import { botScopes, optionalBotScopes } from '../../channels/slack/scopes.ts'
import type { Config } from '../../config.ts'
import type { Installation } from '../../domain/tenant.ts'
import { askSlack, whyNone } from './ask-slack.ts'
import { type Check, failed, inTurns, ok, skipped, warning } from './check.ts'

type SlackConfig = Exclude<Config, { mode: 'sandbox' }>

/** A workspace to ask for, by a token that was opened. */
export type Installed = Pick<Installation, 'workspaceId' | 'botToken'>

const apiUrlOf = (config: SlackConfig) => (config.mode === 'http' ? config.slack.apiUrl : config.apiUrl)

/** Is Slack there, and does it know this app? With how far its clock is ahead. */
export async function checkSlack(
  config: SlackConfig,
): Promise<{ readonly checks: readonly Check[]; readonly clockAheadMs: number | null }> {
  const apiUrl = apiUrlOf(config)
  const { host } = new URL(apiUrl)
  try {
    // Without a token Slack refuses, and that is an answer.
    const { error, clockAheadMs } = await askSlack(apiUrl, 'auth.test')
    if (error !== 'not_authed' && error !== 'invalid_auth') {
      const remedy = 'Look at https://slack-status.com, and at what stands between NOX and Slack.'
      return { checks: [failed('slack', `${host} answers, but not as Slack does: ${error}.`, remedy)], clockAheadMs }
    }
    const checks = [ok('slack', `${host} answers.`), ...(await checkApp(config, apiUrl))]
    return { checks, clockAheadMs }
  } catch (error) {
    const remedy = `Let this machine reach https://${host} (DNS, firewall, NetworkPolicy).`
    return { checks: [failed('slack', `${host} can't be reached: ${whyNone(error)}.`, remedy)], clockAheadMs: null }
  }
}

async function checkApp(config: SlackConfig, apiUrl: string): Promise<readonly Check[]> {
  const checks: Check[] = []
  if (config.slack?.clientId) {
    // A code that was never given: Slack looks at the credentials first.
    const form = { client_id: config.slack.clientId, client_secret: config.slack.clientSecret, code: 'nox-doctor' }
    const { error } = await askSlack(apiUrl, 'oauth.v2.access', { form })
    const wrong = { invalid_client_id: 'SLACK_CLIENT_ID', bad_client_secret: 'SLACK_CLIENT_SECRET' }[error]
    checks.push(
      wrong === undefined
        ? ok('app', 'Slack knows the client id and secret.')
        : failed('app', `Slack does not know ${wrong}.`, 'Copy it again from Basic Information of the Slack app.'),
    )
  }
  if (config.mode === 'socket') {
    const { isOk, error } = await askSlack(apiUrl, 'apps.connections.open', { token: config.appToken })
    checks.push(
      isOk
        ? ok('app', 'Slack opens a socket for the app-level token.')
        : failed(
            'app',
            `Slack opens no socket: ${error}.`,
            'Turn Socket Mode on, and make an app-level token with the scope connections:write for SLACK_APP_TOKEN.',
          ),
    )
  }
  return checks
}

/** Does each installed workspace still take its token, with the scopes that NOX asks for? */
export async function checkInstallations(
  config: SlackConfig,
  installed: readonly Installed[],
): Promise<readonly Check[]> {
  if (installed.length === 0) {
    const how = config.mode === 'http' ? `Open ${config.publicUrl}/slack/install.` : 'Start NOX once: it registers it.'
    return [warning('scopes', 'NOX is not installed in any workspace yet.', how)]
  }
  const again = config.slack ? `install again at ${config.publicUrl}/slack/install` : 'install the app again in Slack'
  const found = await inTurns(installed, 8, (each) => checkInstallation(apiUrlOf(config), again, each))
  const bad = found.flat()
  const well = found.filter((each) => each.every(({ state }) => state !== 'failed')).length
  const summary = well > 0 ? [ok('scopes', `${well} of ${installed.length} workspaces accept NOX.`)] : []
  return [...summary, ...bad]
}

async function checkInstallation(
  apiUrl: string,
  again: string,
  { workspaceId, botToken }: Installed,
): Promise<readonly Check[]> {
  try {
    const { isOk, error, team, scopes } = await askSlack(apiUrl, 'auth.test', { token: botToken })
    if (!isOk) {
      return [failed('scopes', `${workspaceId} refuses NOX: ${error}.`, `Let an admin of it ${again}.`)]
    }
    if (scopes === null) return [skipped('scopes', `Slack does not tell the scopes in ${team} (${workspaceId}).`)]
    const missing = botScopes.filter((each) => !scopes.includes(each))
    if (missing.length > 0) {
      const sentence = `${team} (${workspaceId}) does not grant ${missing.join(', ')}.`
      return [failed('scopes', sentence, `Compare the app with slack-app-manifest.yml, then ${again}.`)]
    }
    const refused = optionalBotScopes.filter((each) => !scopes.includes(each))
    if (refused.length === 0) return []
    const sentence = `${team} (${workspaceId}) does not grant ${refused.join(', ')}, which is its right.`
    return [warning('scopes', sentence, `With them NOX never posts twice; for that, ${again}.`)]
  } catch (error) {
    return [failed('scopes', `${workspaceId} could not be asked: ${whyNone(error)}.`, 'Ask again in a minute.')]
  }
}
