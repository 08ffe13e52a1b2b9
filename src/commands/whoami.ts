import { phrase } from '../texts/phrase.ts'
import type { Command } from './command.ts'
import { whoamiWords } from './words/whoami.ts'

export const whoami: Command = {
  words: whoamiWords,
  theme: 'me',
  timeLimitMs: 30_000,
  tellsUsed: true,
  example: () => ({}),
  subject: () => ({ environment: null, resources: [] }),
  describe: () => phrase('action.whoami'),
  async run(context) {
    const { member } = context
    const [usage, name] = await Promise.all([context.usage(), context.nameOf(member.slackUserId)])
    const groups = member.groups.join(', ')
    return {
      result: 'done',
      changed: false,
      answer: {
        kind: 'list',
        title: phrase('whoami.title', {
          name,
          role: phrase(`role.${member.role}`),
          groups: groups ? phrase('whoami.groups', { groups }) : '',
        }),
        lines: [...context.rights(), phrase('whoami.today', { used: usage.day.used, limit: usage.day.limit })],
        buttons: [
          { label: phrase('button.usage'), does: { kind: 'order', command: 'usage', args: {} } },
          { label: phrase('button.help'), does: { kind: 'order', command: 'help', args: {} } },
        ],
      },
    }
  },
}
