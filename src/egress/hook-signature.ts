import { createHmac, timingSafeEqual } from 'node:crypto'

/** The bare hex of HMAC-SHA256, as Grafana signs; takes the same time whatever is wrong. */
export function isSignedBare(secret: string, signed: string, signature: string): boolean {
  const wanted = Buffer.from(createHmac('sha256', secret).update(signed).digest('hex'))
  const given = Buffer.from(signature.trim())
  return wanted.length === given.length && timingSafeEqual(wanted, given)
}

/** Is this the signature `sha256=…` of the body under the secret? Takes the same time whatever is wrong. */
export function isSignedWith(secret: string, body: string, signature: string | undefined): boolean {
  const wanted = Buffer.from(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`)
  const given = Buffer.from(signature ?? '')
  return wanted.length === given.length && timingSafeEqual(wanted, given)
}
