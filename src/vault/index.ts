import { createHash, randomBytes } from 'node:crypto'
import { NoxError } from '../errors.ts'
import { publicKeyOf, signingKey, signText } from './signing.ts'

export { isSigned } from './signing.ts'

/** What a secret belongs to: bound into its encryption, so that it opens nowhere else. */
export interface SecretOwner {
  readonly tenantId: string
  /** `cluster:01H…`, `installation:T123`. */
  readonly field: string
}

/** Encrypts secrets per tenant, in JWE compact form (RFC 7516). */
export interface Vault {
  /** A new data key, wrapped by the first master key. */
  newDataKey(tenantId: string): Promise<string>
  /** Was this data key wrapped by a master key that is known? Damage is not told here: it fails where it is opened. */
  knows(wrapped: string): boolean
  /** The same data key wrapped by the first master key; `null` = it already is. */
  rewrap(tenantId: string, wrapped: string): Promise<string | null>
  seal(owner: SecretOwner, wrappedKey: string, plaintext: string): Promise<string>
  /** @throws NoxError `storage` where the text was moved, changed, or sealed under a key that is not known */
  open(owner: SecretOwner, wrappedKey: string, sealed: string): Promise<string>
  /** Signs with the tenant's own key for what `owner` names; both in base64url. */
  sign(owner: SecretOwner, wrappedKey: string, text: string): Promise<Signed>
}

/** An Ed25519 signature, and the key that proves it (SPKI). */
export interface Signed {
  readonly signature: string
  readonly publicKey: string
}

interface MasterKey {
  /** Names the key without telling anything of it. */
  readonly id: string
  readonly bytes: Buffer
}

/** Unwrapped data keys that are kept; one is 32 bytes. */
const mostKept = 2_000

const keyId = (bytes: Buffer) =>
  createHash('sha256').update('nox master key\0').update(bytes).digest('base64url').slice(0, 12)

const broken = (what: string) =>
  new NoxError(
    'storage',
    `${what} can't be decrypted: was NOX_MASTER_KEY changed? Set it to the key that this database was used with (several, separated by commas, after a rotation).`,
  )

const headerIn = (wrapped: string) =>
  JSON.parse(Buffer.from(wrapped.split('.')[0] ?? '', 'base64url').toString()) as { readonly kid?: unknown }

/** JWE alone, when the first secret is opened: all of jose costs 20 ms more at a start. */
const encryption = () => import('jose/jwe/compact/encrypt')
const decryption = () => import('jose/jwe/compact/decrypt')

/** @param masterKeys base64, 32 bytes each: the first encrypts, all decrypt */
export function createVault(masterKeys: readonly string[]): Vault {
  const keys = masterKeys.map((text): MasterKey => {
    const bytes = Buffer.from(text, 'base64')
    return { id: keyId(bytes), bytes }
  })
  const [first] = keys
  if (!first) throw new NoxError('configuration', 'the vault needs a master key')
  const unwrapped = new Map<string, Promise<Uint8Array>>()

  const wrap = async (tenantId: string, dataKey: Uint8Array) =>
    new (await encryption()).CompactEncrypt(dataKey)
      .setProtectedHeader({ alg: 'A256KW', enc: 'A256GCM', kid: first.id, tenant: tenantId, field: 'data-key' })
      .encrypt(first.bytes)

  async function unwrap(tenantId: string, wrapped: string): Promise<Uint8Array> {
    const { compactDecrypt } = await decryption()
    try {
      const { plaintext, protectedHeader } = await compactDecrypt(wrapped, (header) => {
        const key = keys.find((each) => each.id === header.kid)
        if (!key) throw new Error('unknown master key')
        return key.bytes
      })
      if (protectedHeader.tenant !== tenantId || protectedHeader.field !== 'data-key') throw new Error('moved')
      return plaintext
    } catch {
      throw broken(`the data key of tenant ${tenantId}`)
    }
  }

  function dataKey(tenantId: string, wrapped: string): Promise<Uint8Array> {
    const cacheKey = `${tenantId}\0${wrapped}`
    const known = unwrapped.get(cacheKey)
    if (known) return known
    const fresh = unwrap(tenantId, wrapped)
    unwrapped.set(cacheKey, fresh)
    fresh.catch(() => unwrapped.delete(cacheKey))
    if (unwrapped.size > mostKept) unwrapped.delete(unwrapped.keys().next().value ?? '')
    return fresh
  }

  return {
    knows(wrapped) {
      try {
        const { kid } = headerIn(wrapped)
        return typeof kid !== 'string' || keys.some(({ id }) => id === kid)
      } catch {
        return true
      }
    },
    newDataKey: (tenantId) => wrap(tenantId, randomBytes(32)),
    async rewrap(tenantId, wrapped) {
      const plain = await unwrap(tenantId, wrapped)
      return headerIn(wrapped).kid === first.id ? null : wrap(tenantId, plain)
    },
    async seal({ tenantId, field }, wrapped, plaintext) {
      const key = await dataKey(tenantId, wrapped)
      const { CompactEncrypt } = await encryption()
      return new CompactEncrypt(Buffer.from(plaintext, 'utf8'))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', tenant: tenantId, field })
        .encrypt(key)
    },
    async open({ tenantId, field }, wrapped, sealed) {
      const [key, { compactDecrypt }] = await Promise.all([dataKey(tenantId, wrapped), decryption()])
      try {
        const { plaintext, protectedHeader } = await compactDecrypt(sealed, key)
        if (protectedHeader.tenant !== tenantId || protectedHeader.field !== field) throw new Error('moved')
        return Buffer.from(plaintext).toString('utf8')
      } catch {
        throw broken(`${field} of tenant ${tenantId}`)
      }
    },
    async sign({ tenantId, field }, wrapped, text) {
      const key = signingKey(await dataKey(tenantId, wrapped), `nox ${field} ${tenantId}`)
      return { signature: signText(key, text), publicKey: publicKeyOf(key) }
    },
  }
}
