import type { IncomingMessage, ServerResponse } from 'node:http'
import { createHttpDouble, type DoubleAnswer, type DoubleRequest, type HttpDouble } from '../http-double.ts'
import { Refusal } from './answers.ts'
import { createDeliverer, type Deliverer } from './deliver.ts'
import { type FormBody, parseForm } from './form.ts'
import { createLifecycle, type Lifecycle } from './lifecycle.ts'
import { presentCustomer } from './present.ts'
import { routes } from './routes/index.ts'
import { servePages } from './serve-pages.ts'
import { createWorld, newId, type World } from './world.ts'

export interface StripeDouble extends HttpDouble {
  readonly world: World
  readonly lifecycle: Lifecycle
  readonly deliverer: Deliverer
  /** Seconds. */
  now(): number
  /** Moves the clock; what becomes due happens, day by day. */
  advance(days: number): void
}

/** Stripe's API as far as NOX speaks it, with its pages, its clock and its webhooks. @param options.now ms */
export function createStripeDouble(options: { readonly secretKey: string; readonly now?: () => number }): StripeDouble {
  const world = createWorld()
  let offset = 0
  const now = () => Math.floor((options.now ?? Date.now)() / 1000) + offset
  // Stripe signs by the clock of the world, not by that of a test.
  const deliverer = createDeliverer(world, () => Math.floor((options.now ?? Date.now)() / 1000))
  const emit = (type: string, object: Record<string, unknown>) => {
    const event = { id: newId('evt'), type, created: now(), object }
    world.events.push(event)
    deliverer.send(event)
  }
  const lifecycle = createLifecycle(world, now, emit)
  const answered = new Map<string, { readonly request: string; readonly answer: DoubleAnswer }>()

  function answer(request: DoubleRequest): DoubleAnswer {
    const { method, path, headers } = request
    if (headers.authorization !== `Bearer ${options.secretKey}`) {
      const message = 'Invalid API Key provided'
      return { status: 401, body: { error: { message, type: 'invalid_request_error' } } }
    }
    const key = typeof headers['idempotency-key'] === 'string' ? headers['idempotency-key'] : undefined
    const asked = `${path} ${JSON.stringify(request.body ?? null)}`
    const before = key === undefined ? undefined : answered.get(key)
    if (before) {
      if (before.request === asked) return before.answer
      const message =
        'Keys for idempotent requests can only be used with the same parameters they were first used with.'
      return { status: 400, body: { error: { message, type: 'idempotency_error' } } }
    }
    const made = run(request)
    if (key !== undefined && method === 'POST' && made.status < 500) answered.set(key, { request: asked, answer: made })
    return made
  }

  function run({ method, path, query, body, origin }: DoubleRequest): DoubleAnswer {
    lifecycle.catchUp()
    const found = routes.find((each) => each.method === method && each.path.test(path))
    if (!found) {
      const message = `Unrecognized request URL (${method}: ${path}).`
      return { status: 404, body: { error: { message, type: 'invalid_request_error' } } }
    }
    const params = (method === 'GET' ? parseForm(query.toString()) : (body ?? {})) as FormBody
    const ids = found.path.exec(path)?.slice(1) ?? []
    const headers = { 'request-id': newId('req') }
    try {
      return { status: 200, body: found.run(world, { params, ids, origin, now: now() }), headers }
    } catch (error) {
      if (error instanceof Refusal) return { ...error.answer, headers }
      throw error
    }
  }

  const badJson = { status: 400, body: { error: { message: 'Invalid request', type: 'invalid_request_error' } } }
  const show = servePages(world, lifecycle, now, (days) => advance(days))
  const pages = (request: IncomingMessage, response: ServerResponse) => {
    if (!request.url?.startsWith('/sandbox/stripe')) return false
    show(request, response)
    return true
  }
  const http = createHttpDouble({ name: 'Stripe', basePath: '', answer, badJson, parse: parseForm, pages })

  function advance(days: number): void {
    for (let day = 0; day < days; day += 1) {
      offset += 86_400
      lifecycle.catchUp()
    }
  }

  return {
    ...http,
    world,
    lifecycle,
    deliverer,
    now,
    advance,
    handles: (path) => path.startsWith('/v1/') || path === '/sandbox/stripe' || path.startsWith('/sandbox/stripe/'),
    async close() {
      deliverer.stop()
      await http.close()
    },
  }
}

/** A customer who pays for a plan since a while, as the sandbox begins. */
export function plantSubscription(
  double: StripeDouble,
  about: { readonly name: string; readonly tenantId: string; readonly lookupKey: string },
): {
  readonly customerId: string
  /** Moments in ms. */
  readonly subscription: {
    readonly id: string
    readonly createdAt: number
    readonly periodEnd: number
    readonly invoicedAt: number
  }
} {
  const { world, lifecycle } = double
  const metadata = { tenantId: about.tenantId }
  const customer = {
    id: newId('cus'),
    created: double.now(),
    metadata,
    name: about.name,
    locales: ['fr'],
    taxId: null,
    card: 'accepted' as const,
  }
  world.customers.set(customer.id, customer)
  const price = [...world.prices.values()].find(({ lookupKey }) => lookupKey === about.lookupKey)
  if (!price) throw new TypeError(`no price ${about.lookupKey}`)
  const made = lifecycle.subscribe(
    {
      id: newId('cs_test'),
      kind: 'checkout',
      created: double.now(),
      customer: String(presentCustomer(customer).id),
      returnUrl: '',
      metadata,
      subscriptionMetadata: metadata,
      reference: about.tenantId,
      locale: 'fr',
      price: price.id,
      flow: 'overview',
      collectsTaxId: false,
      expiresAt: double.now(),
      status: 'open',
    },
    price,
  )
  const createdAt = made.created * 1000
  const subscription = { id: made.id, createdAt, periodEnd: made.periodEnd * 1000, invoicedAt: createdAt }
  return { customerId: customer.id, subscription }
}
