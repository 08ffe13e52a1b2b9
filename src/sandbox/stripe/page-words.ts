import type { Customer, SubscriptionStatus } from './world.ts'

export type PageLanguage = 'fr' | 'en'

/** French where a page, or a browser, asks for it. */
export const pageLanguage = (asked: string | undefined): PageLanguage => (/^\s*fr\b/i.test(asked ?? '') ? 'fr' : 'en')

interface Words {
  readonly simulated: string
  readonly monthly: string
  readonly name: string
  readonly taxId: string
  readonly cardNumber: string
  readonly cards: string
  readonly pay: string
  readonly leave: string
  readonly declined: string
  readonly billing: string
  readonly plan: string
  readonly wanted: string
  readonly card: string
  readonly vat: string
  readonly bank: Readonly<Record<NonNullable<Customer['card']>, string>>
  readonly saveCard: string
  readonly confirm: string
  readonly cancel: string
  readonly keep: string
  readonly back: string
  readonly expired: string
  readonly gone: string
  readonly days: string
  readonly move: string
  clock(date: string): string
  readonly status: Readonly<Record<SubscriptionStatus, string>>
  readonly invoice: Readonly<Record<'open' | 'paid' | 'void' | 'uncollectible', string>>
}

/** What the simulated pages say. */
export const words: Readonly<Record<PageLanguage, Words>> = {
  fr: {
    simulated: 'Stripe simulé : rien n’est payé',
    monthly: 'par mois',
    name: 'Nom ou société',
    taxId: 'Numéro de TVA (facultatif)',
    cardNumber: 'Numéro de carte',
    cards: '4242 4242 4242 4242 est acceptée, 4000 0000 0000 0002 est refusée.',
    pay: 'Payer',
    leave: 'Revenir sans payer',
    declined: 'Votre carte a été refusée.',
    billing: 'Facturation',
    plan: 'Plan',
    wanted: 'Nouveau plan',
    card: 'Carte',
    vat: 'TVA',
    bank: { accepted: 'acceptée', declined: 'refusée' },
    saveCard: 'Enregistrer la carte',
    confirm: 'Confirmer',
    cancel: 'Résilier à la fin de la période',
    keep: 'Garder le plan',
    back: 'Revenir',
    expired: 'Ce lien a expiré',
    gone: 'Cette page n’existe pas',
    days: 'Jours',
    move: 'Avancer l’horloge',
    clock: (date) => `Horloge de Stripe : ${date}`,
    status: {
      incomplete: 'incomplet',
      incomplete_expired: 'jamais payé',
      trialing: 'à l’essai',
      active: 'actif',
      past_due: 'facture impayée',
      unpaid: 'impayé',
      canceled: 'résilié',
      paused: 'en pause',
    },
    invoice: { open: 'à payer', paid: 'payée', void: 'annulée', uncollectible: 'irrécouvrable' },
  },
  en: {
    simulated: 'Simulated Stripe: nothing is paid',
    monthly: 'a month',
    name: 'Name or company',
    taxId: 'VAT id (optional)',
    cardNumber: 'Card number',
    cards: '4242 4242 4242 4242 is accepted, 4000 0000 0000 0002 is declined.',
    pay: 'Pay',
    leave: 'Back without paying',
    declined: 'Your card was declined.',
    billing: 'Billing',
    plan: 'Plan',
    wanted: 'New plan',
    card: 'Card',
    vat: 'VAT',
    bank: { accepted: 'accepted', declined: 'declined' },
    saveCard: 'Save the card',
    confirm: 'Confirm',
    cancel: 'Cancel at the end of the period',
    keep: 'Keep the plan',
    back: 'Back',
    expired: 'This link has expired',
    gone: 'There is no such page',
    days: 'Days',
    move: 'Move the clock',
    clock: (date) => `Stripe’s clock: ${date}`,
    status: {
      incomplete: 'incomplete',
      incomplete_expired: 'never paid',
      trialing: 'on trial',
      active: 'active',
      past_due: 'invoice unpaid',
      unpaid: 'unpaid',
      canceled: 'cancelled',
      paused: 'paused',
    },
    invoice: { open: 'to pay', paid: 'paid', void: 'void', uncollectible: 'uncollectible' },
  },
}
