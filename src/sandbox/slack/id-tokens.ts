import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Signs id tokens (RS256) with a key of its own, made when first needed. */
export class IdTokens {
  readonly #id = 'sandbox-1'
  #key: KeyObject | null = null

  sign(claims: Readonly<Record<string, unknown>>): string {
    const content = `${encode({ alg: 'RS256', typ: 'JWT', kid: this.#id })}.${encode(claims)}`
    return `${content}.${sign('RSA-SHA256', Buffer.from(content), this.#private()).toString('base64url')}`
  }

  /** What checks them: a JSON Web Key Set. */
  keys(): { keys: Record<string, unknown>[] } {
    const key = createPublicKey(this.#private()).export({ format: 'jwk' })
    return { keys: [{ ...key, kid: this.#id, alg: 'RS256', use: 'sig' }] }
  }

  #private(): KeyObject {
    this.#key ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    return this.#key
  }
}
