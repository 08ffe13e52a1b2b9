import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Lifecycle } from './lifecycle.ts'
import { type PageLanguage, pageLanguage, words } from './page-words.ts'
import { checkoutPage, messagePage, overviewPage, portalPage } from './pages.ts'
import type { Session, World } from './world.ts'

const longestForm = 10_000
const type = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
}

/** The pages that people see at Stripe: checkout, portal, an invoice, and the clock of this one. */
export function servePages(
  world: World,
  lifecycle: Lifecycle,
  now: () => number,
  advance: (days: number) => void,
): (request: IncomingMessage, response: ServerResponse) => void {
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, , , kind = '', id = ''] = new URL(request.url ?? '/', 'http://x').pathname.split('/')
    const form = request.method === 'POST' ? await readForm(request) : null
    const browser = pageLanguage(request.headers['accept-language'])
    const show = (html: string, status = 200) => response.writeHead(status, type).end(html)
    if (kind === '') {
      if (form) advance(Math.min(400, Number(form.get('days')) || 0))
      return void show(overviewPage(browser, world, now()))
    }
    if (kind === 'invoice') {
      const invoice = world.invoices.get(id)
      if (!invoice) return void show(messagePage(browser, words[browser].gone), 404)
      const money = new Intl.NumberFormat(browser, { style: 'currency', currency: invoice.currency })
      const facts = `${money.format(invoice.total / 100)} · ${words[browser].invoice[invoice.status]}`
      return void show(messagePage(browser, invoice.number, facts))
    }
    const session = world.sessions.get(id)
    if (!session || session.kind !== kind) return void show(messagePage(browser, words[browser].gone), 404)
    const lang = session.locale === 'auto' ? browser : pageLanguage(session.locale)
    if (session.expiresAt < now() || session.status !== 'open') {
      return void show(messagePage(lang, words[lang].expired), 410)
    }
    if (!form) return void show(kind === 'checkout' ? checkout(lang, session) : portal(lang, session))
    const isDone = kind === 'checkout' ? pay(session, form) : change(session, form)
    if (!isDone) return void show(checkout(lang, session, true))
    response.writeHead(303, { location: session.returnUrl }).end()
  }

  function checkout(lang: PageLanguage, session: Session, problem = false): string {
    const price = world.prices.get(session.price ?? '')
    return price ? checkoutPage(lang, world, session, price, problem) : messagePage(lang, words[lang].gone)
  }

  const subscriptionOf = ({ customer }: Session) =>
    [...world.subscriptions.values()].findLast((each) => each.customer === customer && each.status !== 'canceled')

  const portal = (lang: PageLanguage, session: Session) => portalPage(lang, world, session, subscriptionOf(session))

  /** Pays a checkout; false = the card is declined. */
  function pay(session: Session, form: URLSearchParams): boolean {
    const customer = world.customers.get(session.customer)
    const price = world.prices.get(session.price ?? '')
    if (!customer || !price) return false
    if (cardIn(form) === 'declined') return false
    customer.card = 'accepted'
    customer.name = form.get('name') || customer.name
    customer.taxId = form.get('taxId') || null
    lifecycle.subscribe(session, price)
    return true
  }

  function change(session: Session, form: URLSearchParams): boolean {
    const customer = world.customers.get(session.customer)
    const subscription = subscriptionOf(session)
    const price = world.prices.get(session.price ?? '')
    const action = form.get('action')
    if (action === 'card' && customer) lifecycle.setCard(customer, cardIn(form))
    if (action === 'cancel' && subscription) lifecycle.cancel(subscription, true)
    if (action === 'keep' && subscription) lifecycle.keep(subscription)
    if (action === 'change' && subscription && price) lifecycle.changePrice(subscription, price)
    return true
  }

  return (request, response) => {
    serve(request, response).catch(() => response.destroy())
  }
}

const cardIn = (form: URLSearchParams) =>
  (form.get('card') ?? '').replace(/\D/g, '') === '4000000000000002' ? 'declined' : 'accepted'

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of request as AsyncIterable<Buffer>) {
    text += chunk.toString('utf8')
    if (text.length > longestForm) throw new Error('too long')
  }
  return new URLSearchParams(text)
}
