import type { Logger } from 'pino'
import type { Actions } from '../actions/index.ts'
import { recoveryDuty } from '../actions/recover.ts'
import type { Services } from '../actions/services.ts'
import { untoldDuty } from '../actions/untold-questions.ts'
import type { SlackChannel } from '../channels/slack/channel.ts'
import type { Road } from '../domain/road.ts'
import { createDuties } from '../duties/create-duties.ts'
import { alertDuty } from '../request/alerts/duty.ts'
import { planDuty } from '../request/billing/duty.ts'
import { governanceDuties } from '../request/governance/duties.ts'
import { announcementDuty } from '../request/incidents/announce.ts'
import { incidentDuty } from '../request/incidents/ask-updates.ts'
import { createHookReceiver } from '../request/receive-hook.ts'
import { recordDuty } from '../request/records/duty.ts'
import { scheduleDuty } from '../request/schedules/duty.ts'
import { silenceDuty } from '../request/watch/silence-duty.ts'
import { watchDuty } from '../request/watch/watch-duty.ts'
import type { Storage } from '../storage/types/storage.ts'
import { createAlertRoutes } from '../web/alert-hooks.ts'
import { createHookRoutes } from '../web/hooks.ts'
import { createPaymentRoutes } from '../web/payments.ts'
import type { Route } from '../web/server.ts'
import { createChannel } from './create-channel.ts'
import { createCore } from './create-core.ts'
import { type Foundation, layFoundation } from './foundation.ts'
import { installRoutes } from './install-routes.ts'
import { lazyAlerts } from './lazy-alerts.ts'
import type { NoxConfig } from './nox-config.ts'
import { createSocketWay, slackRoute } from './slack-entrance.ts'

/** Everything of NOX but the server that it is mounted into. */
export interface Nox {
  readonly routes: readonly Route[]
  readonly storage: Storage
  readonly services: Services
  readonly actions: Actions
  readonly road: Road
  readonly channel: SlackChannel
  /** Takes up what a restart left behind, and opens the socket where there is one and no other replica has it. */
  start(): Promise<void>
  /** Stops taking requests as ready; what runs gets so long to end, and is handed back then. */
  stop(patienceMs: number): Promise<void>
}

/** Wires all parts, on a foundation that is laid already, or on one of its own. @throws NoxError where the database can't be opened */
export async function createNox(
  config: NoxConfig,
  log: Logger,
  now: () => number = Date.now,
  laid?: Foundation,
): Promise<Nox> {
  const foundation = laid ?? (await layFoundation(config))
  const { storage, metrics } = foundation
  const core = createCore(config, foundation, log, now)
  const { services, slack, actions, road, governance, health, clusterHealth } = core
  const { billing } = services
  const channel = createChannel(config, core)
  // One process owns a SQLite file: what another one of it owned is free.
  const owner = storage.dialect === 'sqlite' ? 'the process of the file' : services.newId()
  const duties = createDuties({ claims: storage.claims, owner, log })
  let tellAlerts = () => {}
  const alerts = lazyAlerts(services, () => tellAlerts())
  const routes: Route[] = [
    foundation.health,
    createHookRoutes(createHookReceiver(services, core.owners), log),
    createAlertRoutes(alerts.door, log),
  ]
  if (billing) {
    const receive = async (body: string, signature: string | undefined) => {
      const { receivePaymentEvent } = await import('../request/billing/receive-payment-event.ts')
      return receivePaymentEvent(services, billing, body, signature)
    }
    routes.push(createPaymentRoutes(receive, log))
  }
  const socket = config.socket && createSocketWay(config.socket, channel, metrics.eventReceived)
  if (config.slack && !socket) {
    routes.push(slackRoute(config.slack.signingSecret, channel, slack.apiUrl, metrics.eventReceived))
  }
  if (config.slack?.clientId) routes.push(...installRoutes(config, config.slack, channel))
  let heldSocket: { stop(): Promise<void> } | undefined

  return {
    routes,
    storage,
    services,
    actions,
    road,
    channel,
    async start() {
      await socket?.check()
      // What runs in a SQLite file was left behind. On Postgres leases tell.
      await actions.recovery.look({ all: storage.dialect === 'sqlite' })
      for (const duty of [
        recoveryDuty(actions.recovery),
        untoldDuty(services),
        scheduleDuty(services, actions),
        incidentDuty(services),
      ]) {
        duties.begin(duty)
      }
      heldSocket = socket && duties.own('socket', socket.hold)
      // The first order need not wait for what a start does not need.
      setImmediate(core.warmUp)
      tellAlerts = duties.begin(alertDuty(services)).wake
      for (const duty of [
        watchDuty(services, alerts.intake, duties.own, config.pace?.lookEvery),
        silenceDuty(services),
        announcementDuty(services),
        planDuty(services, config.plansEvery),
        ...governanceDuties(services, governance, (moved) => moved.forEach(channel.installations.drop)),
        recordDuty(services, config.archivePath),
      ]) {
        duties.begin(duty)
      }
    },
    async stop(patienceMs) {
      foundation.stopping()
      await heldSocket?.stop()
      await duties.stop()
      await actions.runner.stop(patienceMs)
      await Promise.all([health.settled(), clusterHealth.settled(), core.owners.settled()])
      await core.close()
      await storage.close()
    },
  }
}
