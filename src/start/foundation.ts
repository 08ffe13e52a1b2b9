import type { Logger } from 'pino'
import type { DatabaseConfig } from '../config.ts'
import { createMetrics, type Metrics } from '../observability/metrics.ts'
import { openStorage } from '../storage/open-storage.ts'
import type { Storage } from '../storage/types/storage.ts'
import { createVault } from '../vault/index.ts'
import { createHealthRoutes } from '../web/health.ts'
import type { Route } from '../web/server.ts'

/** What NOX stands on: once it is laid, requests can be taken, and nothing of them gets lost. */
export interface Foundation {
  readonly storage: Storage
  readonly metrics: Metrics
  /** `/healthz`, `/readyz`, `/metrics`. */
  readonly health: Route
  /** From now on NOX says that it is not ready. */
  stopping(): void
}

/**
 * Opens the database, brings its schema up to date, and watches over both.
 * @throws NoxError where it can't be opened, or was sealed with another master key
 */
export async function layFoundation(config: {
  readonly database: DatabaseConfig
  readonly masterKeys: readonly string[]
  readonly metricsToken: string | undefined
}): Promise<Foundation> {
  const storage = await openStorage(config.database, createVault(config.masterKeys))
  // A connection that is open already answers the first look at /readyz at once.
  await storage.ping()
  try {
    await storage.checkKeys()
  } catch (error) {
    await storage.close()
    throw error
  }
  const metrics = createMetrics({ countOpen: () => storage.ledger.countOpen() })
  let isStopping = false
  return {
    storage,
    metrics,
    health: createHealthRoutes({
      ready: async () => {
        if (isStopping) throw new Error('NOX is stopping')
        await storage.ping()
      },
      metrics,
      metricsToken: config.metricsToken,
    }),
    stopping() {
      isStopping = true
    },
  }
}

/**
 * Routes that are still being loaded: a request waits for them, unread, and is answered by them.
 * @param load rejects where they can't be had: NOX stops then, and who asked is told to come again
 */
export function routesToCome(load: () => Promise<readonly Route[]>, log: Logger): Route {
  let routes: readonly Route[] | undefined
  return (path, request, response) => {
    if (routes) return routes.some((route) => route(path, request, response))
    load()
      .then((loaded) => {
        routes = loaded
        if (!loaded.some((route) => route(path, request, response))) response.writeHead(404).end('Not found\n')
      })
      .catch((error: unknown) => {
        log.error({ err: error }, 'a request came to a NOX that could not be loaded')
        response.writeHead(503, { 'retry-after': '5' }).end('not ready\n')
      })
    return true
  }
}
