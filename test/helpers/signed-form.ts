import { createHmac } from 'node:crypto'

/** Sends a payload of Slack's interactivity with a valid signature, whatever is in it. */
export function sendInteraction(url: string, signingSecret: string, payload: unknown): Promise<Response> {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
  const timestamp = String(Math.floor(Date.now() / 1_000))
  const signature = `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`
  return fetch(`${url.replace('localhost', '127.0.0.1')}/slack/events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-signature': signature,
      'x-slack-request-timestamp': timestamp,
    },
    body,
  })
}
