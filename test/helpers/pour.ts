import { createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'

/** Connections at once: fewer than a server lets wait to be accepted. */
const most = 500

export type Tap = ReturnType<typeof createTap>

/** Signed events, each on a connection of its own where as many are free, for as long as they take. */
export function createTap(url: string, signingSecret: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: most, maxFreeSockets: most })
  let events = 0
  return {
    /**
     * Sends an `app_mention`; resolves with the status of its answer.
     * @param eventId absent = an event of its own; Slack delivers one again that was refused
     */
    mention(
      team: string,
      event: { user: string; text: string; ts: string; channel: string },
      eventId?: string,
    ): Promise<number> {
      events += 1
      const body = JSON.stringify({
        token: 'sandbox',
        team_id: team,
        api_app_id: 'A0NOX',
        event: { type: 'app_mention', event_ts: event.ts, ...event },
        type: 'event_callback',
        event_id: eventId ?? `Ev0POUR${events}`,
        event_time: 1,
        authorizations: [
          { enterprise_id: null, team_id: team, user_id: 'U0NOX', is_bot: true, is_enterprise_install: false },
        ],
      })
      const timestamp = String(Math.floor(Date.now() / 1_000))
      const signature = `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`
      const headers = {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        'x-slack-signature': signature,
        'x-slack-request-timestamp': timestamp,
      }
      return new Promise((resolve, reject) => {
        const address = `${url.replace('localhost', '127.0.0.1')}/slack/events`
        const sent = request(address, { method: 'POST', headers, agent }, (response) => {
          response.resume().once('end', () => resolve(response.statusCode ?? 0))
        })
        sent.once('error', reject)
        sent.end(body)
      })
    },
    /** Opens a connection, as Slack keeps some open. */
    open(): Promise<void> {
      return new Promise((resolve, reject) => {
        const asked = request(`${url.replace('localhost', '127.0.0.1')}/readyz`, { agent }, (response) => {
          response.resume().once('end', resolve)
        })
        asked.once('error', reject)
        asked.end()
      })
    },
    close: () => agent.destroy(),
  }
}
