import type { Logger } from 'pino'
import { type Actions, createActions } from '../actions/index.ts'
import type { Services } from '../actions/services.ts'
import { createTenantKnowledge } from '../actions/tenant-knowledge.ts'
import { invitationPath } from '../channels/slack/invitations/paths.ts'
import { commands, findCommand } from '../commands/index.ts'
import { allWords } from '../commands/words/index.ts'
import { newId } from '../domain/new-id.ts'
import { planAt, plans } from '../domain/plans.ts'
import type { Road } from '../domain/road.ts'
import type { Tenant } from '../domain/tenant.ts'
import { createMailer } from '../email/index.ts'
import { alertmanager } from '../integrations/alertmanager/index.ts'
import { confluence } from '../integrations/confluence/index.ts'
import { datadog } from '../integrations/datadog/index.ts'
import { github } from '../integrations/github/index.ts'
import { grafana } from '../integrations/grafana/index.ts'
import { jira } from '../integrations/jira/index.ts'
import { notion } from '../integrations/notion/index.ts'
import { teams } from '../integrations/teams/index.ts'
import { createSayer } from '../language/say-order.ts'
import { createOwnerBinding, type OwnerBinding } from '../request/administration/bind-owners.ts'
import { type ClusterHealth, createClusterHealth } from '../request/administration/cluster-health.ts'
import { type ConnectionHealth, createConnectionHealth } from '../request/administration/connection-health.ts'
import { aliasProblem } from '../request/arguments/alias-problem.ts'
import { followProfile } from '../request/governance/follow-profile.ts'
import { createGovernance, type Governance } from '../request/governance/index.ts'
import { peopleByWords } from '../request/governance/people-by-words.ts'
import { createRoad } from '../request/handle-request.ts'
import { createConnectors } from './create-connectors.ts'
import { createSlack, type SlackSide } from './create-slack.ts'
import type { Foundation } from './foundation.ts'
import { lazyCharts } from './lazy-charts.ts'
import { createLazyClusters } from './lazy-clusters.ts'
import { lazyParser } from './lazy-parser.ts'
import { lazyPayments } from './lazy-payments.ts'
import type { NoxConfig } from './nox-config.ts'

/** What all ways into NOX lead to. */
export interface Core {
  readonly services: Services
  readonly slack: SlackSide
  readonly actions: Actions
  readonly road: Road
  readonly governance: Governance
  readonly health: ConnectionHealth
  readonly clusterHealth: ClusterHealth
  readonly owners: OwnerBinding
  /** Reads the words of orders, so that the first one needn't wait for it. */
  warmUp(): void
  /** Lets go of everything outside. */
  close(): Promise<void>
}

const vendors = [github, jira, notion, confluence, grafana, datadog, alertmanager, teams]

/** How long a runner may be silent before another takes its action (ms): that one has it 3 s later at most. */
const leaseMs = 9_000

/** Wires the ledger, the road and the rules of administration to Slack, the clusters and the vendors. */
export function createCore(config: NoxConfig, foundation: Foundation, log: Logger, now: () => number): Core {
  const { storage, metrics } = foundation
  const { clientId } = config.slack ?? {}
  const billing = config.stripe && lazyPayments(config.stripe, now)
  const planOf = (tenant: Tenant) => (billing ? planAt(tenant, now()) : plans[config.plan])
  const knowledge = createTenantKnowledge(storage, now)
  const slack = createSlack(config, foundation, knowledge, planOf, log, now)
  const clusters = createLazyClusters(config, slack.installations, now, (...about) => clusterHealth.seen(...about))
  const connectors = createConnectors(vendors, {
    allowPrivate: config.allowPrivate,
    now,
    onSeen: (...about) => {
      health.seen(...about)
      owners.seen(...about)
    },
  })
  const parser = lazyParser(allWords)
  const services: Services = {
    storage,
    knowledge,
    messenger: slack.messenger,
    people: slack.people,
    clusters,
    connectors,
    commands,
    findCommand,
    say: createSayer(allWords),
    aliasProblem: (name, text, known) => aliasProblem(parser, name, text, known),
    planOf,
    ...(billing ? { billing } : {}),
    ...(config.smtp ? { mailer: createMailer(config.smtp) } : {}),
    charts: lazyCharts,
    peopleDesk: (tenantId, userId) => peopleByWords(services, governance, slack.userGroups.belongs, tenantId, userId),
    metrics,
    log,
    now,
    newId,
    leaseMs,
    ...(config.limits && { limits: config.limits }),
  }
  const health = createConnectionHealth(services)
  const clusterHealth = createClusterHealth(services)
  const owners = createOwnerBinding(services)
  const actions = createActions(services)
  const invitationLink = (tenantId: string, token: string) => `${config.publicUrl}${invitationPath}${tenantId}/${token}`
  slack.people.onTold((tenantId, userId, told) => {
    followProfile(services, tenantId, userId, told).catch((error: unknown) =>
      log.warn({ err: error, tenant: tenantId }, 'what Slack tells of a member could not be kept'),
    )
  })
  const governance = createGovernance(services, slack.userGroups, clientId ? invitationLink : undefined)
  return {
    services,
    slack,
    actions,
    road: createRoad(services, actions, parser),
    governance,
    health,
    clusterHealth,
    owners,
    warmUp: () => void parser.parse('help'),
    async close() {
      await Promise.all([slack.api.close(), clusters.close(), connectors.close()])
    },
  }
}
