import { verify } from 'node:crypto'
import type { DoubleAnswer, DoubleRequest } from '../http-double.ts'
import type { AppAccount, GithubSeed, Permissions } from './world.ts'

/** Who a request comes from. */
export interface Caller {
  readonly login: string
  readonly permissions: Permissions
  readonly scopes?: string
  /** The App itself, by its JWT: it may only look at its installations and take tokens. */
  readonly isApp?: boolean
}

/** A refusal as GitHub words it. @param more what the body has besides */
export const refuse = (status: number, message: string, more: object = {}): DoubleAnswer => ({
  status,
  body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status), ...more },
})

/** An App may be ten minutes ahead, no more (s). */
const longestJwt = 600

/** Reads the Authorization header; an answer = who it is is not known. */
export function readCaller(
  { headers }: DoubleRequest,
  seed: GithubSeed,
  installationTokens: ReadonlyMap<string, number>,
  now: number,
): Caller | DoubleAnswer {
  const [, scheme = '', token = ''] = /^(\w+) (.+)$/.exec(headers.authorization ?? '') ?? []
  if (token === '') return refuse(401, 'Requires authentication')
  if (!/^(token|bearer)$/i.test(scheme)) return refuse(401, 'Bad credentials')
  const account = seed.accounts.find((each) => each.token === token)
  if (account) return account
  const { app } = seed
  const expiresAt = installationTokens.get(token)
  if (app && expiresAt !== undefined && now < expiresAt) {
    return { login: `${app.slug}[bot]`, permissions: app.permissions }
  }
  if (app && isJwtOf(app, token, now)) return { login: `${app.slug}[bot]`, permissions: {}, isApp: true }
  return refuse(401, 'Bad credentials')
}

function isJwtOf(app: AppAccount, token: string, now: number): boolean {
  const [header = '', payload = '', signature = ''] = token.split('.')
  try {
    const { alg } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { alg?: string }
    const {
      iss,
      exp = 0,
      iat = 0,
    } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
      iss?: string | number
      exp?: number
      iat?: number
    }
    const seconds = now / 1000
    if (alg !== 'RS256' || String(iss) !== String(app.id)) return false
    if (exp <= seconds || iat > seconds || exp - seconds > longestJwt) return false
    const signed = Buffer.from(`${header}.${payload}`)
    return verify('sha256', signed, app.publicKey, Buffer.from(signature, 'base64url'))
  } catch {
    return false
  }
}

/** May the caller do this? Else what GitHub says. */
export function missingPermission(
  { permissions }: Caller,
  name: keyof Permissions,
  level: 'read' | 'write',
): DoubleAnswer | null {
  const granted = permissions[name]
  if (granted === 'write' || granted === level) return null
  return refuse(403, 'Resource not accessible by personal access token')
}
