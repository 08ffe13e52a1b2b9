import { createHmac } from 'node:crypto'

/** Slack's request signature, version 0: `v0=` and the HMAC-SHA-256 (hex) of `v0:timestamp:body`. */
export function sign(signingSecret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`
}
