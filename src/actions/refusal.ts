import type { Knowledge } from '../commands/command.ts'
import type { Action } from '../domain/action.ts'
import type { Answer, Button } from '../domain/answer.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { endOfDay, endOfMonth } from '../permissions/index.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { describeAction } from './frames.ts'
import type { Services } from './services.ts'

const orderButton = (label: 'button.rights' | 'button.usage', command: string): Button => ({
  label: phrase(label),
  does: { kind: 'order', command, args: {} },
})

/** ⛔ what was refused, why, who may, and what to do. */
export function refusalAnswer(
  described: Phrase,
  refusal: {
    readonly actionId: string
    readonly reason: Phrase
    readonly next: Phrase | null
    readonly rule: string
    readonly canAsk: boolean
  },
): Answer {
  const ask: Button = {
    label: phrase('button.ask'),
    does: { kind: 'press', act: 'ask', actionId: refusal.actionId },
    style: 'primary',
  }
  return {
    kind: 'refusal',
    title: phrase('state.refused', { action: described }),
    lines: [refusal.reason],
    ...(refusal.next ? { next: refusal.next } : {}),
    buttons: [...(refusal.canAsk ? [ask] : []), orderButton('button.rights', 'whoami')],
    context: [phrase('refused.rule', { rule: refusal.rule })],
  }
}

/** ⛔ the units of the day or the month are used; when there are some again. */
export function exhaustedAnswer(
  services: Services,
  knowledge: Knowledge,
  order: Pick<Action, 'command'> & { readonly args: Arguments },
  exhausted: { readonly which: 'day' | 'month'; readonly limit: number },
): Answer {
  const { tenant } = knowledge
  const { limit } = exhausted
  const now = services.now()
  const day = exhausted.which === 'day'
  const at = day ? endOfDay(now, tenant.timeZone) : endOfMonth(now, tenant.timeZone)
  const when = { kind: 'time', at, as: 'date' } as const
  return {
    kind: 'refusal',
    title: phrase('state.refused', { action: describeAction(services, knowledge, order) }),
    lines: [
      day ? phrase('refused.quota.day', { limit }) : phrase('refused.quota.month', { limit, tenant: tenant.name }),
    ],
    next: day ? phrase('refused.quota.day.next', { time: when }) : phrase('refused.quota.month.next', { date: when }),
    buttons: [orderButton('button.usage', 'usage')],
  }
}
