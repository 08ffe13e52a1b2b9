import { parse } from 'yaml'
import * as z from 'zod'
import type { ClusterAccess } from '../../capabilities/clusters.ts'
import { NoxError } from '../../errors.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'

/** A kubeconfig of a dozen clusters has some 60 KB. */
const longest = 256 * 1024

const refuse = (what: string, forPerson: Phrase): NoxError =>
  new NoxError('bad-input', `kubeconfig: ${what}`, { forPerson })
const unreadable = () => refuse('unreadable', phrase('kubeconfig.unreadable'))
const field = (name: string) => refuse(`field ${name}`, phrase('kubeconfig.field', { field: name }))

const entry = z.object({ name: z.string() })
const file = z.object({
  'current-context': z.string().optional(),
  contexts: z.array(entry.extend({ context: z.object({ cluster: z.string(), user: z.string() }) })),
  clusters: z.array(entry.extend({ cluster: z.record(z.string(), z.unknown()) })),
  users: z.array(entry.extend({ user: z.record(z.string(), z.unknown()) })),
})

/** What may stand in a cluster and in a user; everything else would read files, run programs, or weaken TLS. */
const clusterFields = ['server', 'certificate-authority-data', 'tls-server-name', 'disable-compression', 'extensions']
const userFields = ['token', 'client-certificate-data', 'client-key-data', 'extensions']

function onlyAllowed(given: Record<string, unknown>, allowed: readonly string[]): void {
  const other = Object.keys(given).find((name) => !allowed.includes(name) && given[name] !== false)
  if (other !== undefined) throw field(other)
}

function text(from: Record<string, unknown>, name: string): string | undefined {
  const value = from[name]
  if (value === undefined || value === '') return undefined
  if (typeof value !== 'string') throw field(name)
  return value
}

/** PEM in base64, as a kubeconfig carries it. */
function pemData(from: Record<string, unknown>, name: string): string | undefined {
  const value = text(from, name)
  if (value === undefined) return undefined
  if (!Buffer.from(value, 'base64').toString('latin1').includes('-----BEGIN ')) throw field(name)
  return value
}

/**
 * The credentials of the current context, by an allow list: a tenant's kubeconfig is hostile input.
 * @throws NoxError `bad-input`, with a sentence that names the field
 */
export function readKubeconfig(source: string): ClusterAccess {
  if (source.length > longest) throw unreadable()
  let parsed: unknown
  try {
    parsed = parse(source, { maxAliasCount: 0, schema: 'core', uniqueKeys: true, logLevel: 'error' })
  } catch {
    throw unreadable()
  }
  const read = file.safeParse(parsed)
  if (!read.success) throw unreadable()
  const { contexts, clusters, users } = read.data
  const name = read.data['current-context']
  const context = name ? contexts.find((each) => each.name === name) : contexts.length === 1 ? contexts[0] : undefined
  if (!context) throw refuse('no current context', phrase('kubeconfig.context'))
  const cluster = clusters.find((each) => each.name === context.context.cluster)?.cluster
  const user = users.find((each) => each.name === context.context.user)?.user
  if (!cluster || !user) throw refuse('the context names nothing', phrase('kubeconfig.context'))
  onlyAllowed(cluster, clusterFields)
  onlyAllowed(user, userFields)
  return accessFrom(cluster, user)
}

function accessFrom(cluster: Record<string, unknown>, user: Record<string, unknown>): ClusterAccess {
  const server = text(cluster, 'server')
  if (server === undefined || !/^https?:\/\//.test(server) || !URL.canParse(server)) throw field('server')
  const caData = pemData(cluster, 'certificate-authority-data')
  const tlsServerName = text(cluster, 'tls-server-name')
  const token = text(user, 'token')
  const clientCertData = pemData(user, 'client-certificate-data')
  const clientKeyData = pemData(user, 'client-key-data')
  if (token === undefined && (clientCertData === undefined || clientKeyData === undefined)) {
    throw refuse('no credentials', phrase('kubeconfig.credentials'))
  }
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) throw field('token')
  return {
    server,
    ...(caData === undefined ? {} : { caData }),
    ...(tlsServerName === undefined ? {} : { tlsServerName }),
    ...(token === undefined ? {} : { token }),
    ...(clientCertData === undefined ? {} : { clientCertData }),
    ...(clientKeyData === undefined ? {} : { clientKeyData }),
  }
}
