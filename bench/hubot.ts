// Hubot with an adapter for Slack's Events API: it answers a mention in its thread, and keeps nothing.
import { WebClient } from '@slack/web-api'
import { Adapter, type Envelope, Robot, TextMessage } from 'hubot'
import { workspace } from './mention.ts'
import { serveEvents } from './serve-events.ts'

const mention = new RegExp(`^<@${workspace.bot}>`)

class SlackEvents extends Adapter {
  private readonly client = new WebClient('xoxb-bench', { slackApiUrl: process.env.SLACK_API_URL ?? '' })

  override async send({ room, message }: Envelope, ...texts: readonly string[]): Promise<void> {
    for (const text of texts) await this.client.chat.postMessage({ channel: room, text, thread_ts: message.id })
  }

  override reply(envelope: Envelope, ...texts: readonly string[]): Promise<void> {
    return this.send(envelope, ...texts)
  }

  override async run(): Promise<void> {
    serveEvents(Number(process.env.PORT), ({ user, channel, text, ts, thread_ts }) => {
      const author = this.robot.brain.userForId(user, { room: channel })
      void this.receive(new TextMessage(author, text.replace(mention, `@${this.robot.name}`), thread_ts ?? ts))
    })
  }
}

const robot = new Robot({ use: (owner: Robot) => new SlackEvents(owner) }, false, 'nox')
await robot.loadAdapter()
robot.respond(/.+/, async (answer) => {
  await answer.reply(`ok ${answer.message.text}`)
})
await robot.run()
