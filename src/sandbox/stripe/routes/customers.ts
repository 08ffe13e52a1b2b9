import { listAt, objectAt, textAt, textsOf } from '../form.ts'
import { presentCustomer } from '../present.ts'
import { type Customer, newId } from '../world.ts'
import { route, type StripeRoute } from './route.ts'

/** Who pays. */
export const customers: readonly StripeRoute[] = [
  route('POST', '/v1/customers', ['name', 'email', 'preferred_locales', 'metadata'], (world, { params, now }) => {
    const made: Customer = {
      id: newId('cus'),
      created: now,
      metadata: textsOf(objectAt(params, 'metadata')),
      name: textAt(params, 'name') ?? null,
      locales: listAt(params, 'preferred_locales').map(String),
      taxId: null,
      card: null,
    }
    world.customers.set(made.id, made)
    return presentCustomer(made)
  }),
]
