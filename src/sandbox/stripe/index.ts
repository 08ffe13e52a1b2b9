export { signEvent } from './deliver.ts'
export { createStripeDouble, plantSubscription, type StripeDouble } from './double.ts'
export { plantShop } from './plant-shop.ts'
