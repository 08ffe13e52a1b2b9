import { isRecord } from '../blocks/check.ts'
import type { Core } from '../core.ts'
import { SlackError } from '../errors.ts'
import { showChannels } from '../install.ts'
import { directory } from '../people.ts'
import { encodeTypedText } from '../text.ts'
import { type Actor, channelName, memberChannel } from './payloads.ts'
import { respondToUrl } from './respond-to-url.ts'
import { parse, type Transport } from './transport.ts'

/**
 * Sends a slash command to NOX and carries out what it answers at once.
 * `/invite @NOX` is Slack's own: it brings the app into the channel.
 * @throws SlackError `timeout`, `dispatch_failed`, `command_not_found`, `channel_not_found`
 */
export async function sendCommand(
  core: Core,
  transport: Transport,
  who: Actor,
  channelId: string,
  command: string,
  text: string,
): Promise<void> {
  const { team, user } = who
  const channel = memberChannel(core, who, channelId)
  if (command === '/invite') return invite(core, who, channelId)
  const known = core.app.commands.find((each) => each.command === command)
  const installation = core.installations.of(team.id)
  if (!known || !installation?.scopes.includes('commands')) throw new SlackError('command_not_found')
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
  const responseId = core.responseUrls.issue({ teamId: team.id, channel: channel.id, userId: user.id, original: null })
  const payload = {
    token: 'sandbox',
    team_id: team.id,
    team_domain: team.domain,
    ...(team.enterprise ? { enterprise_id: team.enterprise.id, enterprise_name: team.enterprise.name } : {}),
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: user.id,
    user_name: user.name,
    command,
    text: known.shouldEscape ? encodeTypedText(text, directory(core, team.id)) : escaped,
    api_app_id: core.app.id,
    is_enterprise_install: installation.teamId === null,
    response_url: `${core.publicUrl}/response/${responseId}`,
    trigger_id: core.triggers.issue({ teamId: team.id, userId: user.id, viewId: null }),
  }
  const delivered = await transport.send({ type: 'slash_commands', name: command, about: text.slice(0, 120), payload })
  if (delivered.reason === 'http_timeout') throw new SlackError('timeout')
  if (delivered.reason) throw new SlackError('dispatch_failed')
  const answer = parse(delivered.body)
  if (answer === undefined || (isRecord(answer) && Object.keys(answer).length === 0)) return
  const body = isRecord(answer) ? answer : { text: delivered.body }
  respondToUrl(core, { teamId: team.id, channel: channel.id, userId: user.id, original: null }, body)
}

/** Brings the app into a channel, as a person who types `/invite @NOX` does. */
export function invite(core: Core, who: Actor, channelId: string): void {
  const channel = memberChannel(core, who, channelId)
  const { botUserId } = who.team
  if (!core.installations.of(who.team.id)) throw new SlackError('app_not_installed')
  if (channel.kind === 'im' || channel.kind === 'mpim' || channel.members.includes(botUserId)) return
  channel.members.push(botUserId)
  showChannels(core, who.team.id)
  core.events.event(who.team.id, 'member_joined_channel', {
    type: 'member_joined_channel',
    user: botUserId,
    channel: channel.id,
    channel_type: channel.kind === 'private' ? 'G' : 'C',
    team: who.team.id,
    inviter: who.user.id,
  })
}
