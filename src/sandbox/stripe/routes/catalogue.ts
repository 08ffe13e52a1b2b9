import { missing, noSuch, Refusal } from '../answers.ts'
import { listAt, objectAt, textAt, textsOf } from '../form.ts'
import { listOf, presentPrice, presentProduct } from '../present.ts'
import { newId, type Price } from '../world.ts'
import { limitOf, route, type StripeRoute } from './route.ts'

/** What is for sale. */
export const catalogue: readonly StripeRoute[] = [
  route('GET', '/v1/products', ['ids', 'limit', 'active'], (world, { params }) => {
    const ids = listAt(params, 'ids')
    const found = [...world.products.values()].filter(({ id }) => ids.length === 0 || ids.includes(id))
    return listOf('/v1/products', found.slice(0, limitOf(params)).map(presentProduct))
  }),
  route('POST', '/v1/products', ['id', 'name', 'metadata'], (world, { params, now }) => {
    const name = textAt(params, 'name')
    if (!name) throw missing('name')
    const id = textAt(params, 'id') ?? newId('prod')
    if (world.products.has(id)) {
      throw new Refusal(400, `Product already exists: ${id}`, { code: 'resource_already_exists', param: 'id' })
    }
    const made = { id, created: now, name, metadata: textsOf(objectAt(params, 'metadata')) }
    world.products.set(id, made)
    return presentProduct(made)
  }),
  route('GET', '/v1/prices', ['lookup_keys', 'active', 'limit', 'product'], (world, { params }) => {
    const keys = listAt(params, 'lookup_keys')
    if (keys.length > 10) throw new Refusal(400, 'lookup_keys takes at most 10 keys.', { param: 'lookup_keys' })
    const found = [...world.prices.values()].filter(
      ({ lookupKey, active }) =>
        (keys.length === 0 || (lookupKey !== null && keys.includes(lookupKey))) &&
        (textAt(params, 'active') !== 'true' || active),
    )
    return listOf('/v1/prices', found.slice(0, limitOf(params)).map(presentPrice))
  }),
  route(
    'POST',
    '/v1/prices',
    ['product', 'currency', 'unit_amount', 'recurring', 'lookup_key', 'transfer_lookup_key', 'metadata'],
    (world, { params, now }) => {
      const product = textAt(params, 'product')
      const currency = textAt(params, 'currency')
      if (!product) throw missing('product')
      if (!currency) throw missing('currency')
      if (!world.products.has(product)) throw noSuch('product', product)
      const amount = Number(textAt(params, 'unit_amount'))
      if (!Number.isSafeInteger(amount) || amount < 0)
        throw new Refusal(400, 'Invalid integer', { param: 'unit_amount' })
      const lookupKey = textAt(params, 'lookup_key') ?? null
      const holder = [...world.prices.values()].find((each) => lookupKey !== null && each.lookupKey === lookupKey)
      if (holder && textAt(params, 'transfer_lookup_key') !== 'true') {
        throw new Refusal(400, `A price already uses that lookup key (${lookupKey}).`, { param: 'lookup_key' })
      }
      if (holder) holder.lookupKey = null
      const made: Price = { id: newId('price'), created: now, product, amount, currency, lookupKey, active: true }
      world.prices.set(made.id, made)
      return presentPrice(made)
    },
  ),
]
