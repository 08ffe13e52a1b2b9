// The floor: node's own server, the signature checked, one post. It knows no tenant, no member and no command, and keeps nothing.
import { Pool } from 'undici'
import { serveEvents } from './serve-events.ts'

const api = new URL(process.env.SLACK_API_URL ?? '')
const pool = new Pool(api.origin, { connections: 64 })
const headers = { 'content-type': 'application/json; charset=utf-8', authorization: 'Bearer xoxb-bench' }

serveEvents(Number(process.env.PORT), async ({ channel, text, ts, thread_ts }) => {
  const body = JSON.stringify({ channel, text: `ok ${text}`, thread_ts: thread_ts ?? ts })
  const answer = await pool.request({ path: `${api.pathname}chat.postMessage`, method: 'POST', headers, body })
  const { ok } = (await answer.body.json()) as { ok: boolean }
  if (!ok) throw new Error('the message was refused')
})
