import { type PageLanguage, words } from './page-words.ts'
import type { Price, Session, Subscription, World } from './world.ts'

const escaped = (text: string) => text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)

const style = `
:root{color-scheme:light dark;--ink:#1a1f36;--soft:#4f566b;--line:#c9ced8;--paper:#fff;--ground:#f6f8fa;--act:#5147d9;--bad:#a41c1c}
@media(prefers-color-scheme:dark){:root{--ink:#eef0f6;--soft:#aab2c5;--line:#454c61;--paper:#1d2333;--ground:#12172a;--act:#6e65f0;--bad:#ff9d9d}}
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,sans-serif;margin:0;padding:1rem;color:var(--ink);background:var(--ground)}
main{max-width:32rem;margin:2rem auto;padding:1.5rem;background:var(--paper);border:1px solid var(--line);border-radius:12px}
h1{font-size:1.35rem;margin:.25rem 0 1rem}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;margin:0 0 1rem}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
label{display:block;margin:0 0 1rem;font-weight:600}
input{display:block;font:inherit;font-weight:400;margin-top:.25rem;padding:.6rem .7rem;width:100%;color:inherit;background:transparent;border:1px solid var(--line);border-radius:8px}
button,a.back{display:block;width:100%;font:inherit;font-weight:600;text-align:center;padding:.65rem 1rem;border-radius:8px;border:1px solid transparent;cursor:pointer}
button{color:#fff;background:#5147d9}button.quiet{color:var(--bad);background:transparent;border-color:var(--line)}
a.back{margin-top:.75rem;color:inherit;text-decoration:none;border-color:var(--line)}
:focus-visible{outline:3px solid var(--act);outline-offset:2px}
small,.hint{display:block;color:var(--soft);font-size:.875rem}.hint{margin:-.5rem 0 1rem}
[role=alert]{color:var(--bad);font-weight:600}form{margin:0 0 .75rem}ul{padding-left:1.2rem}
@media(max-width:480px){main{margin:0;padding:1rem}}`

const page = (lang: PageLanguage, title: string, body: string): string =>
  `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(title)} · Stripe</title><style>${style}</style></head><body><main><small>${words[lang].simulated}</small><h1>${escaped(title)}</h1>${body}</main></body></html>`

const form = (action: string, button: string, fields = '', quiet = false) =>
  `<form method="post"><input type="hidden" name="action" value="${action}">${fields}<button${quiet ? ' class="quiet"' : ''}>${button}</button></form>`

const back = (session: Session, label: string) => `<a class="back" href="${escaped(session.returnUrl)}">${label}</a>`

const cardField = (lang: PageLanguage) =>
  `<label>${words[lang].cardNumber}<input name="card" required value="4242 4242 4242 4242" inputmode="numeric" autocomplete="off" aria-describedby="cards"></label><small class="hint" id="cards">${words[lang].cards}</small>`

const nameOf = (world: World, price: Price) => world.products.get(price.product)?.name ?? 'NOX'

/** `49,00 € par mois`. */
function costOf(lang: PageLanguage, { amount, currency }: Price): string {
  const money = new Intl.NumberFormat(lang, { style: 'currency', currency }).format(amount / 100)
  return `${money} ${words[lang].monthly}`
}

/** Where a plan is bought. @param problem the last attempt was declined */
export function checkoutPage(
  lang: PageLanguage,
  world: World,
  session: Session,
  price: Price,
  problem = false,
): string {
  const say = words[lang]
  const tax = session.collectsTaxId
    ? `<label>${say.taxId}<input name="taxId" placeholder="FR00123456789" autocomplete="off"></label>`
    : ''
  const known = world.customers.get(session.customer)?.name ?? ''
  const name = `<label>${say.name}<input name="name" required value="${escaped(known)}"></label>`
  const why = problem ? `<p role="alert">${say.declined}</p>` : ''
  return page(
    lang,
    `${nameOf(world, price)}, ${costOf(lang, price)}`,
    `${why}${form('pay', say.pay, name + tax + cardField(lang))}${back(session, say.leave)}`,
  )
}

/** Where cards and subscriptions are changed. */
export function portalPage(
  lang: PageLanguage,
  world: World,
  session: Session,
  subscription: Subscription | undefined,
): string {
  const say = words[lang]
  const price = world.prices.get(subscription?.price ?? '')
  const wanted = world.prices.get(session.price ?? '')
  const customer = world.customers.get(session.customer)
  const rows = [
    [say.name, customer?.name ?? '–'],
    ...(price && subscription
      ? [[say.plan, `${nameOf(world, price)}, ${costOf(lang, price)} · ${say.status[subscription.status]}`]]
      : []),
    ...(session.flow === 'change' && wanted ? [[say.wanted, `${nameOf(world, wanted)}, ${costOf(lang, wanted)}`]] : []),
    [say.card, customer?.card ? say.bank[customer.card] : '–'],
    [say.vat, customer?.taxId ?? '–'],
  ]
  const facts = `<dl>${rows.map(([term, value]) => `<dt>${term}</dt><dd>${escaped(value ?? '')}</dd>`).join('')}</dl>`
  const saveCard = form('card', say.saveCard, cardField(lang))
  const ending = cancelForm(lang, subscription)
  const flows = {
    overview: saveCard + ending,
    card: saveCard,
    cancel: ending,
    change: wanted ? form('change', say.confirm) : '',
  }
  return page(lang, say.billing, `${facts}${flows[session.flow]}${back(session, say.back)}`)
}

function cancelForm(lang: PageLanguage, subscription: Subscription | undefined): string {
  if (!subscription) return ''
  return subscription.cancelAtPeriodEnd ? form('keep', words[lang].keep) : form('cancel', words[lang].cancel, '', true)
}

/** A page that only tells something; both texts are escaped. */
export const messagePage = (lang: PageLanguage, title: string, text = ''): string =>
  page(lang, title, text === '' ? '' : `<p>${escaped(text)}</p>`)

/** What the simulated Stripe holds, and its clock. */
export function overviewPage(lang: PageLanguage, world: World, now: number): string {
  const say = words[lang]
  const date = (at: number) => new Date(at * 1000).toISOString().slice(0, 10)
  const rows = [...world.subscriptions.values()].map(({ customer, status, price, periodEnd }) => {
    const who = world.customers.get(customer)?.name ?? customer
    const facts = [world.prices.get(price)?.lookupKey ?? price, say.status[status], date(periodEnd)]
    return `<li>${escaped(who)}<small>${facts.join(' · ')}</small></li>`
  })
  const days = `<label>${say.days}<input name="days" type="number" min="1" max="400" value="31"></label>`
  return page(lang, say.clock(date(now)), `<ul>${rows.join('')}</ul>${form('clock', say.move, days)}`)
}
