// The peer: an app of Bolt as its documentation shows it. It answers a mention in its thread, and keeps nothing.
import { App, HTTPReceiver, LogLevel } from '@slack/bolt'
import { signingSecret } from './mention.ts'

const receiver = new HTTPReceiver({ signingSecret, logLevel: LogLevel.ERROR })
const app = new App({
  receiver,
  logLevel: LogLevel.ERROR,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL ?? '' },
  authorize: async () => ({ botToken: 'xoxb-bench', botId: 'B0BOT', botUserId: 'U0BOT' }),
})
app.event('app_mention', async ({ event, client }) => {
  await client.chat.postMessage({
    channel: event.channel,
    text: `ok ${event.text}`,
    thread_ts: event.thread_ts ?? event.ts,
  })
})
await receiver.start({ port: Number(process.env.PORT), host: '127.0.0.1' })
