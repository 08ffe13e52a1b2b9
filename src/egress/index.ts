import { lookup as resolve } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { Agent, buildConnector } from 'undici'
import { NoxError } from '../errors.ts'
import { phrase } from '../texts/phrase.ts'
import { createAddressPolicy } from './address-policy.ts'

/** How a host is trusted: what a tenant's kubeconfig may say of TLS, and nothing more. */
export interface TlsOptions {
  /** PEM. */
  readonly ca?: string
  readonly servername?: string
  readonly cert?: string
  readonly key?: string
}

/** The one way out to addresses that tenants give. */
export interface Egress {
  /** Refuses what may not be reached. @throws NoxError `blocked-address`, with a sentence for the person */
  check(url: string): Promise<URL>
  /** Connections that are checked at the moment of the connect: a name that changes its address gains nothing. */
  dispatcher(tls?: TlsOptions): Agent
}

/** A host that does not accept a connection by then is told as unreachable (ms). */
const connectTimeout = 5_000

function blocked(hostname: string): NoxError {
  return new NoxError('blocked-address', 'the address is not a public one', {
    forPerson: phrase('error.address', { host: hostname }),
  })
}

/** A host as URLs write it, without the brackets of IPv6. */
const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')

/** @param options.allowPrivate hosts and networks that clusters may have although they are private (on-premise, sandbox) */
export function createEgress(options: { readonly allowPrivate: readonly string[] }): Egress {
  const policy = createAddressPolicy(options.allowPrivate)

  async function allowedAddresses(hostname: string): Promise<readonly { address: string; family: number }[]> {
    const found = isIP(hostname)
      ? [{ address: hostname, family: isIP(hostname) }]
      : await resolve(hostname, { all: true, verbatim: true })
    // One forbidden address is enough to refuse: which of them a connection takes is not ours to choose.
    if (found.length === 0 || found.some(({ address }) => !policy.allows(address, hostname))) throw blocked(hostname)
    return found
  }

  const lookup: LookupFunction = (hostname, wanted, done) => {
    allowedAddresses(hostname).then(
      (addresses) => {
        const [first] = addresses
        if (wanted.all) done(null, addresses as { address: string; family: number }[])
        else done(null, first?.address ?? '', first?.family)
      },
      (error: NodeJS.ErrnoException) => done(error, '', 0),
    )
  }

  return {
    async check(text) {
      const url = URL.canParse(text) ? new URL(text) : null
      if (url?.username !== '' || url.password !== '') throw blocked(url ? hostOf(url) : '–')
      const hostname = hostOf(url)
      const isPrivate = isIP(hostname) ? ipaddr.process(hostname).range() !== 'unicast' : false
      const trusted = options.allowPrivate.length > 0 && (isPrivate || options.allowPrivate.includes(hostname))
      if (url.protocol !== 'https:' && !(url.protocol === 'http:' && trusted)) throw blocked(hostname)
      await allowedAddresses(hostname).catch((error: unknown) => {
        if (error instanceof NoxError) throw error
        throw new NoxError('unreachable', 'the host name is not known', {
          forPerson: phrase('error.host', { host: hostname }),
        })
      })
      return url
    },
    dispatcher(tls = {}) {
      const connect = buildConnector({ ...tls, lookup, timeout: connectTimeout, rejectUnauthorized: true })
      return new Agent({
        connections: 16,
        headersTimeout: 30_000,
        // A literal address is never looked up, so it is checked here.
        connect(target, done) {
          const hostname = target.hostname.replace(/^\[|\]$/g, '')
          if (isIP(hostname) && !policy.allows(hostname, hostname)) done(blocked(hostname), null)
          else connect(target, done)
        },
      })
    },
  }
}
