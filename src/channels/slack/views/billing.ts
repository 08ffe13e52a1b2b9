import { type Phrase, phrase, type Value } from '../../../texts/phrase.ts'
import { plainPhrase } from '../../../texts/render.ts'
import { plain, type SlackBlock } from '../blocks/block-kit.ts'
import { limits } from '../blocks/limits.ts'
import type { Drawing } from './drawing.ts'
import { controls, opener } from './list.ts'

interface Amount {
  readonly minor: number
  readonly currency: string
}
interface Share {
  readonly used: number
  readonly limit: number | null
}

/** What the Billing tab shows; amounts in minor units. */
export interface BillingData {
  readonly plan: {
    readonly name: string
    readonly price: Amount | null
    readonly agents: readonly string[]
    readonly extras: readonly (
      | 'support.email'
      | 'support.priority'
      | 'support.dedicated'
      | 'sla'
      | 'reports'
      | 'white-label'
    )[]
  }
  readonly isIndividual: boolean
  readonly isSold: boolean
  readonly mayBill: boolean
  readonly trialUntil: number | null
  /** The plan after the trial, where it pauses the clusters that are connected. */
  readonly clustersPauseOn: string | null
  readonly state: 'none' | 'active' | 'unpaid'
  readonly graceUntil: number | null
  readonly cancelAt: number | null
  readonly mine: Share
  readonly actions: Share & { readonly forecast: number }
  readonly people: Share
  readonly integrations: Share
  readonly paused: number
  /** The name and the icon that NOX posts with; `undefined` = this person does not choose them, or the plan has none. */
  readonly look?: { readonly name: string; readonly icon: string | null } | null
  readonly billers: readonly string[]
  readonly invoices:
    | readonly {
        readonly number: string
        readonly at: number
        readonly total: Amount
        readonly state: 'draft' | 'open' | 'paid' | 'uncollectible' | 'void'
        readonly url: string | null
      }[]
    | null
  readonly next: { readonly at: number; readonly total: Amount } | null
}

/** `49,00 €`. */
export function sayMoney({ minor, currency }: Amount, language: 'fr' | 'en'): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency })
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

const steps = 10

/** `▰▰▰▱▱▱▱▱▱▱ 31 %`, or what was used of what is unlimited. */
function bar(what: 'actions' | 'people' | 'integrations' | 'mine', { used, limit }: Share): Phrase {
  if (limit === null) return phrase(`billing.bar.${what}.open`, { used })
  const share = limit === 0 ? 1 : Math.min(1, used / limit)
  const full = used === 0 ? 0 : Math.max(1, Math.floor(share * steps))
  const drawn = '▰'.repeat(full) + '▱'.repeat(steps - full)
  return phrase(`billing.bar.${what}`, { bar: drawn, used, limit, percent: Math.floor(share * 100) })
}

/** Plan, usage, invoices and the ways to change them; members see their own quota and whom to ask. */
export function billingBlocks(data: BillingData, draw: Drawing): SlackBlock[] {
  const { mayBill, isSold, isIndividual, billers } = data
  const title = draw.header(phrase('tab.billing'))
  if (!mayBill) {
    const ask =
      billers.length > 0 ? [draw.context(phrase('billing.ask', { people: { kind: 'people', names: billers } }))] : []
    return [
      title,
      draw.section(nameLine(data, draw)),
      draw.lines([bar('mine', data.mine), bar('actions', data.actions)]),
      ...ask,
    ]
  }
  return [
    title,
    ...(isSold ? [] : [draw.section(phrase('billing.off'))]),
    draw.lines([nameLine(data, draw), ...standing(data), ...(isIndividual ? [] : [includedIn(data.plan)])]),
    ...(isIndividual ? [] : [draw.header(phrase('billing.usage'))]),
    draw.lines(isIndividual ? [bar('actions', data.actions), forecast(data)] : usageLines(data)),
    ...(data.paused > 0
      ? [draw.section(phrase('billing.paused', { n: data.paused }), opener(draw, 'billing.choose', 'button.choose'))]
      : []),
    ...lookBlocks(data, draw),
    ...(isSold ? [buttons(data, draw), ...invoiceBlocks(data, draw)] : []),
  ]
}

function lookBlocks({ look }: BillingData, draw: Drawing): SlackBlock[] {
  if (look === undefined) return []
  const line =
    look === null
      ? phrase('look.line.own')
      : look.icon === null
        ? phrase('look.line', { name: look.name })
        : phrase('look.line.icon', { name: look.name, icon: { kind: 'code', text: look.icon } })
  return [draw.section(line, opener(draw, 'look.open', 'button.look'))]
}

function nameLine({ plan, isSold }: BillingData, { language }: Drawing): Phrase {
  if (!isSold) return phrase('billing.plan', { plan: plan.name })
  if (plan.price === null) return phrase('billing.plan.quote', { plan: plan.name })
  if (plan.price.minor === 0) return phrase('billing.plan.free', { plan: plan.name })
  return phrase('billing.plan.price', { plan: plan.name, price: sayMoney(plan.price, language) })
}

/** Trial, unpaid, cancelled: what ends, and when. */
function standing({ clustersPauseOn, trialUntil, graceUntil, cancelAt, state }: BillingData): readonly Phrase[] {
  const date = (at: number): Value => ({ kind: 'time', at, as: 'date' })
  return [
    ...(trialUntil === null ? [] : [phrase('billing.standing.trial', { date: date(trialUntil) })]),
    ...(trialUntil === null || clustersPauseOn === null
      ? []
      : [phrase('billing.trial.clusters', { plan: clustersPauseOn })]),
    ...(state === 'unpaid'
      ? [
          graceUntil === null
            ? phrase('billing.standing.unpaid')
            : phrase('billing.standing.grace', { date: date(graceUntil) }),
        ]
      : []),
    ...(cancelAt === null ? [] : [phrase('billing.standing.cancelled', { date: date(cancelAt) })]),
  ]
}

/** Agents, support and what else a plan has beside its limits. */
export function includedIn(plan: Pick<BillingData['plan'], 'agents' | 'extras'>): Phrase {
  const extras = plan.extras.map((each) => phrase(`billing.extra.${each}`))
  const agents = plan.agents.join(', ')
  return extras.length === 0
    ? phrase('billing.includes', { agents })
    : phrase('billing.includes.extras', { agents, extras: { kind: 'list', items: extras } })
}

const forecast = ({ actions }: BillingData): Phrase => phrase('billing.forecast', { n: actions.forecast })

const usageLines = (data: BillingData): readonly Phrase[] => [
  bar('actions', data.actions),
  forecast(data),
  bar('people', data.people),
  bar('integrations', data.integrations),
]

function buttons({ state, isIndividual, cancelAt }: BillingData, draw: Drawing): SlackBlock {
  const change = opener(draw, 'billing.change', 'button.plan', 'primary')
  if (state === 'none') return controls([change])
  if (isIndividual)
    return controls([
      opener(draw, 'billing.overview', 'button.portal', 'primary'),
      opener(draw, 'billing.change', 'button.plan'),
    ])
  return controls([
    change,
    opener(draw, 'billing.card', 'button.card'),
    opener(draw, 'billing.overview', 'button.portal'),
    ...(cancelAt === null ? [opener(draw, 'billing.cancel', 'button.cancelPlan', 'danger')] : []),
  ])
}

function invoiceBlocks({ next, invoices, isIndividual }: BillingData, draw: Drawing): SlackBlock[] {
  const { language } = draw
  const coming = next
    ? [
        phrase('billing.next', {
          total: sayMoney(next.total, language),
          date: { kind: 'time', at: next.at, as: 'date' },
        }),
      ]
    : []
  if (isIndividual) return coming.map((line) => draw.section(line))
  const lines = (invoices ?? []).map(({ number, at, total, state, url }) =>
    phrase('billing.invoice', {
      number: url === null ? number : { kind: 'link', url, label: number },
      date: { kind: 'time', at, as: 'date' },
      total: sayMoney(total, language),
      state: phrase(`billing.invoice.${state}`),
    }),
  )
  const all = [...coming, ...lines]
  return all.length === 0 ? [] : [draw.header(phrase('billing.invoices')), draw.lines(all)]
}

/** The way to a page outside Slack, as the last block of a modal. */
export function linkBlock(
  url: string,
  language: 'fr' | 'en',
  label: 'button.goOnStripe' | 'button.allow' = 'button.goOnStripe',
): SlackBlock {
  const text = plain(plainPhrase(phrase(label), language), limits.buttonText)
  return controls([{ type: 'button', action_id: 'link.billing', text, url, style: 'primary' }])
}
