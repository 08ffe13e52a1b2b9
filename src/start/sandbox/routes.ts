import type { IncomingMessage, ServerResponse } from 'node:http'
import type { HttpDouble } from '../../sandbox/http-double.ts'
import type { MailDouble } from '../../sandbox/mail/index.ts'
import { createPage } from '../../sandbox/page/index.ts'
import type { SlackDouble } from '../../sandbox/slack/index.ts'
import type { StripeDouble } from '../../sandbox/stripe/index.ts'
import type { Route } from '../../web/server.ts'
import { type ClusterDoubles, clusterPath } from './clusters.ts'
import { traceOutgoing } from './trace-outgoing.ts'
import { type VendorDoubles, vendorNames, vendorPath } from './vendors.ts'

interface Served {
  handles(path: string): boolean
  readonly requestListener: (request: IncomingMessage, response: ServerResponse) => void
}

/** Everything that is simulated, behind the paths of one server; what NOX asks of it is seen in the inspector. */
export function sandboxRoutes(
  slack: SlackDouble,
  stripe: StripeDouble,
  mail: MailDouble,
  clusters: ClusterDoubles,
  vendors: VendorDoubles,
): readonly Route[] {
  const placed = [
    ...[...clusters].map(([key, double]) => {
      const [teamId = '', name = ''] = key.split(' ')
      return { peer: 'kubernetes', name, basePath: clusterPath(teamId, name), double } as const
    }),
    ...Object.entries<HttpDouble>({ ...vendors }).map(([vendor, double]) => {
      const known = vendor as keyof VendorDoubles
      return { peer: 'vendor', name: vendorNames[known], basePath: vendorPath(known), double } as const
    }),
  ]
  return [
    served(createPage()),
    served(mail),
    served(slack),
    (path, request, response) => {
      const found = placed.find(({ double }) => double.handles(path))
      if (!found) return false
      traceOutgoing(slack, found, request, response)
      found.double.requestListener(request, response)
      return true
    },
    (path, request, response) => {
      if (!stripe.handles(path)) return false
      if (path.startsWith('/v1/'))
        traceOutgoing(slack, { peer: 'vendor', name: 'Stripe', basePath: '' }, request, response)
      stripe.requestListener(request, response)
      return true
    },
  ]
}

const served =
  (double: Served): Route =>
  (path, request, response) => {
    if (!double.handles(path)) return false
    double.requestListener(request, response)
    return true
  }
