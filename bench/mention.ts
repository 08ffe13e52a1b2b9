import { createHmac } from 'node:crypto'

export const signingSecret = 'bench-signing-secret'
export const workspace = { team: 'T0BENCH', app: 'A0BENCH', channel: 'C0BENCH', bot: 'U0BOT', user: 'U0ALICE' }

/** The moment that the first mention was written at; each million of them is a second later. */
export const firstSecond = 1_700_000_000

/**
 * A signed `app_mention` as Slack sends it, as one HTTP/1.1 request.
 * @param sequence from 0 on, once each @param team the workspace that it comes from
 */
export function mentionRequest(sequence: number, text: string, port: number, team = workspace.team): string {
  const { app, channel, bot, user } = workspace
  const second = firstSecond + Math.floor(sequence / 1_000_000)
  const ts = `${second}.${String(sequence % 1_000_000).padStart(6, '0')}`
  const elements = [
    { type: 'user', user_id: bot },
    { type: 'text', text: ` ${text}` },
  ]
  const body = JSON.stringify({
    token: 'unused',
    team_id: team,
    context_team_id: team,
    context_enterprise_id: null,
    api_app_id: app,
    event: {
      user,
      type: 'app_mention',
      ts,
      client_msg_id: '0f1e2d3c-0000-4000-8000-000000000000',
      text: `<@${bot}> ${text}`,
      team,
      blocks: [{ type: 'rich_text', block_id: 'Xy1', elements: [{ type: 'rich_text_section', elements }] }],
      channel,
      event_ts: ts,
    },
    type: 'event_callback',
    event_id: `Ev${sequence}`,
    event_time: 1_700_000_000,
    authorizations: [{ enterprise_id: null, team_id: team, user_id: bot, is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: false,
    event_context: '4-eyJ',
  })
  const at = String(Math.floor(Date.now() / 1000))
  const signature = createHmac('sha256', signingSecret).update(`v0:${at}:${body}`).digest('hex')
  return [
    'POST /slack/events HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'User-Agent: Slackbot 1.0 (+https://api.slack.com/robots)',
    'Accept-Encoding: gzip,deflate',
    'Content-Type: application/json',
    `X-Slack-Signature: v0=${signature}`,
    `X-Slack-Request-Timestamp: ${at}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n')
}
