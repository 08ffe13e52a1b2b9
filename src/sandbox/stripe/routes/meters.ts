import { missing, noSuch, Refusal } from '../answers.ts'
import { objectAt, textAt, textsOf } from '../form.ts'
import { listOf, presentMeter } from '../present.ts'
import { newId, type World } from '../world.ts'
import { type Json, limitOf, route, type StripeCall, type StripeRoute } from './route.ts'

/** Usage that is counted. */
export const meters: readonly StripeRoute[] = [
  route('GET', '/v1/billing/meters', ['status', 'limit'], (world, { params }) =>
    listOf('/v1/billing/meters', [...world.meters.values()].slice(0, limitOf(params)).map(presentMeter)),
  ),
  route(
    'POST',
    '/v1/billing/meters',
    ['display_name', 'event_name', 'default_aggregation', 'customer_mapping', 'value_settings'],
    (world, { params, now }) => {
      const eventName = textAt(params, 'event_name')
      if (!eventName) throw missing('event_name')
      if ([...world.meters.values()].some((each) => each.eventName === eventName)) {
        throw new Refusal(400, 'An active meter already exists for this event_name.', { param: 'event_name' })
      }
      const made = { id: newId('mtr'), created: now, eventName, displayName: textAt(params, 'display_name') ?? '' }
      world.meters.set(made.id, made)
      return presentMeter(made)
    },
  ),
  route('POST', '/v1/billing/meter_events', ['event_name', 'payload', 'identifier', 'timestamp'], meterEvent),
  route(
    'GET',
    '/v1/billing/meters/{id}/event_summaries',
    ['customer', 'start_time', 'end_time', 'limit', 'starting_after', 'value_grouping_window'],
    (world, { params, ids: [id = ''] }) => {
      const meter = world.meters.get(id)
      if (!meter) throw noSuch('billing meter', id)
      const [start, end] = [Number(textAt(params, 'start_time')), Number(textAt(params, 'end_time'))]
      if (start % 60 !== 0 || end % 60 !== 0) {
        throw new Refusal(400, 'start_time and end_time must align with minute boundaries.', { param: 'start_time' })
      }
      const events = world.meterEvents.filter(
        ({ eventName, customer, at }) =>
          eventName === meter.eventName && customer === textAt(params, 'customer') && at >= start && at < end,
      )
      const total = events.reduce((sum, { value }) => sum + value, 0)
      const summary = { id: newId('mtrusg'), object: 'billing.meter_event_summary', livemode: false, meter: id }
      return listOf('/v1/billing/meters', [{ ...summary, aggregated_value: total, start_time: start, end_time: end }])
    },
  ),
]

function meterEvent(world: World, { params, now }: StripeCall): Json {
  const eventName = textAt(params, 'event_name')
  const payload = textsOf(objectAt(params, 'payload'))
  const customer = payload.stripe_customer_id ?? ''
  if (!eventName) throw missing('event_name')
  if (![...world.meters.values()].some((each) => each.eventName === eventName)) {
    throw new Refusal(400, `No active meter found for event name ${eventName}.`, { code: 'resource_missing' })
  }
  if (!world.customers.has(customer)) throw noSuch('customer', customer)
  const at = Number(textAt(params, 'timestamp') ?? now)
  if (at > now + 300 || at < now - 35 * 86_400) {
    throw new Refusal(400, 'The timestamp must be within the past 35 calendar days.', { param: 'timestamp' })
  }
  const value = Number(payload.value)
  if (!Number.isSafeInteger(value)) throw new Refusal(400, 'The value must be a whole number.', { param: 'payload' })
  const identifier = textAt(params, 'identifier') ?? newId('evt')
  const event = { object: 'billing.meter_event', event_name: eventName, identifier, livemode: false, payload }
  if (world.meterEvents.some((each) => each.identifier === identifier)) {
    throw new Refusal(400, `An event already exists with identifier ${identifier}.`, { code: 'duplicate_meter_event' })
  }
  world.meterEvents.push({ eventName, identifier, customer, value, at })
  return { ...event, created: now, timestamp: at }
}
