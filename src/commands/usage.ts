import { phrase } from '../texts/phrase.ts'
import type { Command } from './command.ts'
import { usageWords } from './words/usage.ts'

export const usage: Command = {
  words: usageWords,
  theme: 'me',
  timeLimitMs: 30_000,
  tellsUsed: true,
  example: () => ({}),
  subject: () => ({ environment: null, resources: [] }),
  describe: () => phrase('action.usage'),
  async run(context) {
    const { day, month } = await context.usage()
    const tenant = context.tenant.name
    return {
      result: 'done',
      changed: false,
      answer: {
        kind: 'list',
        title: phrase('usage.you', { used: day.used, limit: day.limit }),
        // What a client's freelance has used is nothing for the client.
        lines:
          context.member.role === 'guest'
            ? []
            : [
                month.limit === null
                  ? phrase('usage.tenant.unlimited', { tenant, used: month.used, forecast: month.forecast })
                  : phrase('usage.tenant', { tenant, used: month.used, limit: month.limit, forecast: month.forecast }),
              ],
      },
    }
  },
}
