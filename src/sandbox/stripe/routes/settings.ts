import { missing, noSuch } from '../answers.ts'
import { listAt, objectAt, textAt } from '../form.ts'
import { listOf, presentEvent } from '../present.ts'
import { newId } from '../world.ts'
import { type Json, limitOf, needAddress, route, type StripeRoute } from './route.ts'

/** The portal’s configuration, webhook endpoints, and the events of the last 30 days. */
export const settings: readonly StripeRoute[] = [
  route('GET', '/v1/billing_portal/configurations', ['is_default', 'limit', 'active'], (world) =>
    listOf('/v1/billing_portal/configurations', [...world.configurations.values()].map(presentConfiguration)),
  ),
  route('POST', '/v1/billing_portal/configurations', ['features', 'metadata'], (world, { params, now }) => {
    if (!params.features) throw missing('features')
    const made = { id: newId('bpc'), created: now, features: params.features }
    world.configurations.set(made.id, made)
    return presentConfiguration(made)
  }),
  route('POST', '/v1/billing_portal/configurations/{id}', ['features'], (world, { params, ids: [id = ''] }) => {
    const found = world.configurations.get(id)
    if (!found) throw noSuch('configuration', id)
    found.features = params.features ?? found.features
    return presentConfiguration(found)
  }),
  route('GET', '/v1/webhook_endpoints', ['limit'], (world) =>
    listOf(
      '/v1/webhook_endpoints',
      [...world.endpoints.values()].map((each) => presentEndpoint(each)),
    ),
  ),
  route('POST', '/v1/webhook_endpoints', ['url', 'enabled_events', 'metadata'], (world, { params, now }) => {
    const url = needAddress(params, 'url')
    const events = listAt(params, 'enabled_events').map(String)
    if (events.length === 0) throw missing('enabled_events')
    const made = { id: newId('we'), created: now, url, events, secret: newId('whsec') }
    world.endpoints.set(made.id, made)
    return { ...presentEndpoint(made), secret: made.secret }
  }),
  route('POST', '/v1/webhook_endpoints/{id}', ['url', 'enabled_events'], (world, { params, ids: [id = ''] }) => {
    const found = world.endpoints.get(id)
    if (!found) throw noSuch('webhook endpoint', id)
    const events = listAt(params, 'enabled_events').map(String)
    const changed = { ...found, events: events.length > 0 ? events : found.events }
    world.endpoints.set(id, changed)
    return presentEndpoint(changed)
  }),
  route('GET', '/v1/events', ['types', 'created', 'limit', 'starting_after'], (world, { params, now }) => {
    const types = listAt(params, 'types')
    const since = Number(textAt(objectAt(params, 'created'), 'gte') ?? 0)
    // Stripe keeps events for 30 days.
    const kept = world.events.filter(({ created }) => created >= Math.max(since, now - 30 * 86_400))
    const found = kept.filter(({ type }) => types.length === 0 || types.includes(type)).reverse()
    const after = textAt(params, 'starting_after')
    const from = after === undefined ? 0 : found.findIndex(({ id }) => id === after) + 1
    const page = found.slice(from, from + limitOf(params))
    return listOf('/v1/events', page.map(presentEvent), from + page.length < found.length)
  }),
]

const presentConfiguration = ({ id, created, features }: { id: string; created: number; features: unknown }): Json => ({
  id,
  object: 'billing_portal.configuration',
  active: true,
  created,
  features,
  is_default: true,
  livemode: false,
  metadata: {},
  updated: created,
})

const presentEndpoint = ({
  id,
  created,
  url,
  events,
}: {
  id: string
  created: number
  url: string
  events: readonly string[]
}): Json => ({
  id,
  object: 'webhook_endpoint',
  api_version: null,
  created,
  enabled_events: events,
  livemode: false,
  metadata: {},
  status: 'enabled',
  url,
})
