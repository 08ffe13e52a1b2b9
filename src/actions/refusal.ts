import type { Knowledge } from '../commands/command.ts'
import type { Action } from '../domain/action.ts'
import type { Answer, Button } from '../domain/answer.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { endOfDay, endOfMonth } from '../permissions/index.ts'
import { fr } from '../texts/fr.ts'
import type { TextKey } from '../texts/keys.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { describeAction } from './frames.ts'
import type { Services } from './services.ts'

const orderButton = (label: 'button.rights' | 'button.usage', command: string): Button => ({
  label: phrase(label),
  does: { kind: 'order', command, args: {} },
})

/** Asks for the reason of an emergency override. */
export const overrideButton = (actionId: string): Button => ({
  label: phrase('button.override'),
  does: { kind: 'open', surface: 'override-reason', actionId },
  style: 'danger',
})

/** Which of the rules it was, in words; its whole name stands in the audit. */
function ruleLine(name: string, { params }: Phrase): readonly Phrase[] {
  const [family] = name.split('.')
  const key = `rule.${family}`
  if (!isKey(key)) return []
  const rule = family === 'zone' && params.env !== undefined ? phrase('rule.zone.in', { env: params.env }) : phrase(key)
  return [phrase('refused.rule', { rule })]
}

const isKey = (key: string): key is TextKey => Object.hasOwn(fr, key)

/** ⛔ what was refused, why, who may, and what to do. */
export function refusalAnswer(
  described: Phrase,
  refusal: {
    readonly actionId: string
    readonly reason: Phrase
    readonly next: Phrase | null
    readonly rule: string
    readonly canAsk: boolean
    /** In an emergency this person may go through it. */
    readonly canOverride?: boolean
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
    buttons: [
      ...(refusal.canAsk ? [ask] : []),
      ...(refusal.canOverride ? [overrideButton(refusal.actionId)] : []),
      orderButton('button.rights', 'whoami'),
    ],
    context: ruleLine(refusal.rule, refusal.reason),
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
  const title = phrase('state.refused', { action: describeAction(services, knowledge, order) })
  const homeButton: Button = { label: phrase('button.home'), does: { kind: 'open', surface: 'home' } }
  if (!day && limit < 1) {
    return {
      kind: 'refusal',
      title,
      lines: [phrase('refused.plan.none', { tenant: tenant.name })],
      next: phrase('refused.plan.none.next'),
      buttons: [homeButton, orderButton('button.usage', 'usage')],
    }
  }
  return {
    kind: 'refusal',
    title,
    lines: [
      day ? phrase('refused.quota.day', { limit }) : phrase('refused.quota.month', { limit, tenant: tenant.name }),
    ],
    next: day ? phrase('refused.quota.day.next', { time: when }) : phrase('refused.quota.month.next', { date: when }),
    buttons: [...(day || !services.billing ? [] : [homeButton]), orderButton('button.usage', 'usage')],
  }
}
