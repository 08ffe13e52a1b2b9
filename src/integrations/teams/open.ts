import type { CallOptions } from '../../capabilities/clusters.ts'
import type { Connected, Connection, ConnectorTools } from '../../capabilities/connectors.ts'
import { vendorProblem } from '../../egress/vendor-problem.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import { plainPhrase } from '../../texts/render.ts'
import { cardMessage } from './card.ts'
import { readChannels, type TeamsChannel } from './settings.ts'

const vendor = 'Microsoft Teams'

/** Opens a connection: what Teams gives, bound to one tenant's webhooks. */
export function openTeams({ secrets }: Connection, { fetch }: ConnectorTools): Connected {
  const known = readChannels(secrets.webhooks ?? '')
  if (!known) {
    throw new NoxError('bad-input', 'no webhook can be read', { forPerson: phrase('teams.webhooks.line') })
  }
  const channels: readonly TeamsChannel[] = known

  async function send({ url }: TeamsChannel, message: string, { signal }: CallOptions): Promise<void> {
    const headers = { 'content-type': 'application/json', 'user-agent': 'nox' }
    const response = await fetch(url, { method: 'POST', headers, body: message, signal })
    const text = await response.text()
    // Workflows answers 202; a page of somebody else answers 200 with a document.
    if (response.status === 202) return
    if (response.status < 400) {
      throw new NoxError('vendor-refused', `${vendor} answered ${response.status} instead of 202`, {
        forPerson: phrase('error.vendor.address', { vendor }),
      })
    }
    throw vendorProblem({ vendor, status: response.status, message: text })
  }

  function channelOf(name: string | null): TeamsChannel {
    const wanted = name?.toLowerCase()
    const channel = channels.find((each) => wanted === undefined || each.name.toLowerCase() === wanted)
    if (channel) return channel
    throw new NoxError('not-found', 'no such channel of Teams', {
      forPerson: phrase('error.vendor.notFound', { vendor, what: name ?? 'webhook' }),
    })
  }

  return {
    async test(call) {
      // A webhook has nothing to be read: what shows that it works is a word in each channel.
      const text = phrase('teams.test')
      for (const channel of channels) {
        const paragraphs = [plainPhrase(text, 'fr'), plainPhrase(text, 'en')]
        await send(channel, cardMessage({ title: 'NOX', tone: 'good', paragraphs, language: 'fr' }), call)
      }
      return { account: channels.map(({ name }) => name).join(', '), missing: [] }
    },
    announcements: {
      channels: channels.map(({ name }) => name),
      post: async (channel, announcement, call) => send(channelOf(channel), cardMessage(announcement), call),
    },
  }
}
