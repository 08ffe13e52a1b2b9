import type { Action } from '../domain/action.ts'
import type { Button } from '../domain/answer.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import type { Command, CommandContext, Outcome } from './command.ts'
import { approvalsWords } from './words/approvals.ts'

/** Requests of a list. */
const mostShown = 10
/** Requests of a list that have buttons. */
const mostWithButtons = 3

const untilOf = ({ expiresAt }: Action, context: CommandContext) =>
  ({ kind: 'time', at: expiresAt ?? context.now(), as: 'date' }) as const

async function lineOf(context: CommandContext, action: Action): Promise<Phrase> {
  return phrase('approvals.line', {
    n: String(action.number),
    action: context.describe(action),
    person: await context.nameOf(action.userId),
    until: untilOf(action, context),
  })
}

/** Approve here, or see it where all that it would change stands. */
async function buttonsOf(context: CommandContext, action: Action): Promise<readonly Button[]> {
  const n = String(action.number)
  const [person, url] = await Promise.all([context.nameOf(action.userId), context.permalink(action)])
  return [
    {
      label: phrase('button.approve.n', { n }),
      does: { kind: 'press', act: 'approve', actionId: action.id },
      confirm: {
        title: phrase('dialog.approve.title', { n }),
        text: phrase('dialog.approve.text', { action: context.describe(action), person }),
        verb: phrase('button.approve'),
      },
    },
    ...(url === null ? [] : [{ label: phrase('button.show.n', { n }), does: { kind: 'link', url } } as const]),
  ]
}

async function run(context: CommandContext): Promise<Outcome> {
  const { toDecide, mine } = await context.requests(mostShown + 1)
  const shown = toDecide.slice(0, mostShown)
  const lines = await Promise.all(shown.map((action) => lineOf(context, action)))
  if (toDecide.length > shown.length) lines.push(phrase('approvals.more'))
  for (const action of mine.slice(0, mostShown)) {
    const words = { n: String(action.number), action: context.describe(action), until: untilOf(action, context) }
    lines.push(phrase('approvals.mine', words))
  }
  const buttons = await Promise.all(shown.slice(0, mostWithButtons).map((action) => buttonsOf(context, action)))
  return {
    result: 'done',
    changed: false,
    answer: {
      kind: 'list',
      title: shown.length === 0 ? phrase('approvals.none') : phrase('approvals.title', { n: shown.length }),
      lines,
      buttons: buttons.flat(),
    },
  }
}

/** What waits for one's own decision, and one's own requests that wait for others. */
export const approvals: Command = {
  words: approvalsWords,
  theme: 'approve',
  timeLimitMs: 30_000,
  example: () => ({}),
  subject: () => ({ environment: null, resources: [] }),
  describe: () => phrase('action.approvals'),
  run,
}
