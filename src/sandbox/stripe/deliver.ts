import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { presentEvent } from './present.ts'
import type { Endpoint, StripeEvent, World } from './world.ts'

/** `Stripe-Signature`, as Stripe makes it anew at each delivery. @param at seconds */
export const signEvent = (payload: string, secret: string, at: number): string =>
  `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${payload}`).digest('hex')}`

/** Waits before deliveries that are tried again (ms); Stripe's own go on for three days. */
const waits = [100, 400, 1_500, 5_000]

export interface Delivery {
  readonly event: StripeEvent
  readonly url: string
  /** Of the last attempt; 0 = nobody answered. */
  status: number
  attempts: number
}

export interface Deliverer {
  /** What was delivered, or is being. */
  readonly deliveries: readonly Delivery[]
  /** Sends an event to every endpoint that follows it, or keeps it while deliveries are held. */
  send(event: StripeEvent): void
  /** While held, events wait: a test delivers them as it likes. */
  hold(): void
  /** Nobody is told of what happens until it goes on: it was before anybody listened. */
  pause(): void
  goOn(): void
  readonly held: StripeEvent[]
  /** One delivery of an event to every endpoint. */
  deliverOnce(event: StripeEvent): Promise<readonly number[]>
  /** Resolves when nothing is under way. */
  settled(): Promise<void>
  stop(): void
}

/** @param now seconds */
export function createDeliverer(world: World, now: () => number): Deliverer {
  const deliveries: Delivery[] = []
  const held: StripeEvent[] = []
  const running = new Set<Promise<void>>()
  const stopping = new AbortController()
  let isHeld = false
  let isPaused = false

  async function attempt({ url, secret }: Endpoint, event: StripeEvent): Promise<number> {
    const payload = JSON.stringify(presentEvent(event))
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'stripe-signature': signEvent(payload, secret, now()),
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
    }
    try {
      const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(10_000)])
      const response = await fetch(url, { method: 'POST', headers, body: payload, signal })
      await response.arrayBuffer()
      return response.status
    } catch {
      return 0
    }
  }

  async function deliver(endpoint: Endpoint, event: StripeEvent): Promise<void> {
    const delivery: Delivery = { event, url: endpoint.url, status: 0, attempts: 0 }
    deliveries.push(delivery)
    for (const wait of [0, ...waits]) {
      await sleep(wait, undefined, { signal: stopping.signal }).catch(() => {})
      if (stopping.signal.aborted) return
      delivery.attempts += 1
      delivery.status = await attempt(endpoint, event)
      if (delivery.status >= 200 && delivery.status < 300) return
    }
  }

  const followers = (event: StripeEvent) =>
    [...world.endpoints.values()].filter(({ events }) => events.includes('*') || events.includes(event.type))

  return {
    deliveries,
    held,
    send(event) {
      if (isPaused) return
      if (isHeld) return void held.push(event)
      for (const endpoint of followers(event)) {
        const work = deliver(endpoint, event).finally(() => running.delete(work))
        running.add(work)
      }
    },
    hold() {
      isHeld = true
    },
    pause() {
      isPaused = true
    },
    goOn() {
      isPaused = false
    },
    deliverOnce: (event) => Promise.all(followers(event).map((endpoint) => attempt(endpoint, event))),
    async settled() {
      while (running.size > 0) await Promise.all(running)
    },
    stop: () => stopping.abort(),
  }
}
