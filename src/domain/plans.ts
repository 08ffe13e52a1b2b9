import type { Vendor } from './integration.ts'
import type { Member } from './member.ts'
import type { Tenant, TenantKind } from './tenant.ts'

/** An amount in the smallest unit of its currency: `{ minor: 4900, currency: 'eur' }` is 49 €. */
export interface Money {
  readonly minor: number
  /** ISO 4217, in small letters as Stripe writes it. */
  readonly currency: string
}

/** What counts as an integration of a plan; all clusters together are one. */
export type IntegrationName = 'slack' | 'kubernetes' | Vendor

export const planIds = ['starter', 'professional', 'enterprise', 'none', 'solo', 'pro', 'freelance-enterprise'] as const
export type PlanId = (typeof planIds)[number]

/** One plan: what it costs a month, and its limits; `null` = unlimited. */
export interface Plan {
  readonly id: PlanId
  /** As people write it; the same in both languages. */
  readonly name: string
  readonly kind: TenantKind
  /** `null` = on quote. */
  readonly price: Money | null
  /** People, the admin included. */
  readonly people: number | null
  /** Guests count as people: where one freelance has clients. */
  readonly guestsCount: boolean
  readonly agents: readonly string[]
  readonly integrations: {
    /** `null` = any. */
    readonly among: readonly IntegrationName[] | null
    /** How many, Slack included; `null` = unlimited. */
    readonly most: number | null
    /** These come first, whatever else is connected: `solo` is Slack, GitHub and one other. */
    readonly always: readonly IntegrationName[]
  }
  readonly actionsPerMonth: number | null
  /** How long audit records stay at hand before they move into archive files, in days; `null` = always. */
  readonly auditDays: number | null
  readonly extras: readonly (
    | 'support.email'
    | 'support.priority'
    | 'support.dedicated'
    | 'sla'
    | 'reports'
    | 'white-label'
  )[]
}

const euros = (minor: number): Money => ({ minor, currency: 'eur' })
const any = { among: null, most: null, always: [] } as const

/** THE table of plans. */
export const plans: Readonly<Record<PlanId, Plan>> = {
  starter: {
    id: 'starter',
    name: 'Starter',
    kind: 'company',
    price: euros(0),
    people: 6,
    guestsCount: false,
    agents: ['NOX'],
    integrations: { among: ['slack', 'jira'], most: 2, always: [] },
    actionsPerMonth: 1_000,
    auditDays: 90,
    extras: [],
  },
  professional: {
    id: 'professional',
    name: 'Professional',
    kind: 'company',
    price: euros(4_900),
    people: 26,
    guestsCount: false,
    agents: ['NOX', 'ATLAS', 'CIRRUS'],
    integrations: any,
    actionsPerMonth: 10_000,
    auditDays: 365,
    extras: ['support.priority'],
  },
  enterprise: {
    id: 'enterprise',
    name: 'Enterprise',
    kind: 'company',
    price: null,
    people: null,
    guestsCount: false,
    agents: ['NOX', 'ATLAS', 'CIRRUS'],
    integrations: any,
    actionsPerMonth: null,
    auditDays: null,
    extras: ['support.dedicated', 'sla'],
  },
  /** A freelance whose trial or subscription is over: everything is kept, nothing that counts is done. */
  none: {
    id: 'none',
    name: 'Freelance',
    kind: 'individual',
    price: euros(0),
    people: 1,
    guestsCount: true,
    agents: ['NOX'],
    integrations: { among: ['slack'], most: 1, always: [] },
    actionsPerMonth: 0,
    auditDays: 90,
    extras: [],
  },
  solo: {
    id: 'solo',
    name: 'Solo',
    kind: 'individual',
    price: euros(1_900),
    people: 1,
    guestsCount: true,
    agents: ['NOX'],
    integrations: { among: null, most: 3, always: ['slack', 'github'] },
    actionsPerMonth: 2_000,
    auditDays: 365,
    extras: ['support.email'],
  },
  pro: {
    id: 'pro',
    name: 'Pro',
    kind: 'individual',
    price: euros(4_900),
    people: 4,
    guestsCount: true,
    agents: ['NOX', 'ATLAS'],
    integrations: { among: null, most: 10, always: [] },
    actionsPerMonth: 10_000,
    auditDays: 730,
    extras: ['support.priority', 'reports'],
  },
  'freelance-enterprise': {
    id: 'freelance-enterprise',
    name: 'Freelance Enterprise',
    kind: 'individual',
    price: euros(9_900),
    people: null,
    guestsCount: true,
    agents: ['NOX', 'ATLAS', 'CIRRUS'],
    integrations: any,
    actionsPerMonth: null,
    auditDays: null,
    extras: ['support.dedicated', 'sla', 'reports', 'white-label'],
  },
}

/** Is it a plan that is known, in exactly these letters? */
export const isPlanId = (text: string): text is PlanId => planIds.some((each) => each === text)

/** How a tenant begins where NOX is sold: the plan that this word stands for depends on who the tenant is. */
export const trialPlan = 'trial'
export const trialDays = 14
/** An unpaid invoice closes nothing for so long. */
export const graceDays = 14
export const dayMs = 24 * 3_600_000

/** What a tenant that pays nothing has. */
export const freePlan = (kind: TenantKind): Plan => (kind === 'company' ? plans.starter : plans.none)

/** The plans that can be bought, dearest last; one on quote is none of them. */
export const plansOnSale = (kind: TenantKind): readonly Plan[] =>
  planIds.map((id) => plans[id]).filter((plan) => plan.kind === kind && plan.price !== null && plan.price.minor > 0)

/** The plan that holds for a tenant at a moment: what it pays for or tries, until that ends. */
export function planAt(tenant: Pick<Tenant, 'kind' | 'plan' | 'planUntil'>, now: number): Plan {
  const { kind, plan, planUntil = null } = tenant
  if (planUntil !== null && now >= planUntil) return freePlan(kind)
  if (plan === trialPlan) return kind === 'company' ? plans.professional : plans.solo
  return isPlanId(plan) ? plans[plan] : freePlan(kind)
}

/** Is this tenant trying a plan now? */
export const isTrying = ({ plan, planUntil = null }: Pick<Tenant, 'plan' | 'planUntil'>, now: number): boolean =>
  plan === trialPlan && planUntil !== null && now < planUntil

/** Does this person take one of the plan's places? */
export const takesPlace = (plan: Plan, member: Pick<Member, 'role' | 'removedAt' | 'pausedAt'>): boolean =>
  member.removedAt === undefined && member.pausedAt === undefined && (plan.guestsCount || member.role !== 'guest')

/** Is there room for one more integration beside these? Slack is always there. */
export function hasRoom(plan: Plan, connected: readonly IntegrationName[], wanted: IntegrationName): boolean {
  return keptIntegrations(plan, [...connected.filter((each) => each !== wanted), wanted]).includes(wanted)
}

/** Which of these integrations a plan keeps, the most wanted first. Slack is always kept, and not named. */
export function keptIntegrations(plan: Plan, wanted: readonly IntegrationName[]): readonly IntegrationName[] {
  const { among, most, always } = plan.integrations
  const allowed = wanted.filter((each) => each !== 'slack' && (among === null || among.includes(each)))
  if (most === null) return allowed
  const held: readonly IntegrationName[] = always.filter((each) => each !== 'slack')
  const others = allowed.filter((each) => !held.includes(each)).slice(0, Math.max(0, most - 1 - held.length))
  return allowed.filter((each) => held.includes(each) || others.includes(each))
}

/** The smallest plan of the same kind that has something; `null` = none has. */
export function firstPlanWith(kind: TenantKind, has: (plan: Plan) => boolean): Plan | null {
  return planIds.map((id) => plans[id]).find((plan) => plan.kind === kind && has(plan)) ?? null
}
