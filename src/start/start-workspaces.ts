import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Nox } from './create-nox.ts'
import { layFoundation, routesToCome } from './foundation.ts'
import { serve } from './serve.ts'

/** What is running, and how it is stopped. */
export interface Running {
  readonly url: string
  stop(): Promise<void>
}

/** Serves real workspaces: over HTTP with installs by OAuth, or over a socket. */
export async function startWorkspaces(config: Exclude<Config, { mode: 'sandbox' }>, log: Logger): Promise<Running> {
  const socket =
    config.mode === 'socket'
      ? { socket: { appToken: config.appToken, apiUrl: config.apiUrl, botToken: config.botToken } }
      : {}
  const foundation = await layFoundation(config)
  let loading: Promise<Nox> | undefined
  // All of Slack, the commands and the road: half of a start, which need not be over before requests are taken.
  const load = () => {
    loading ??= import('./create-nox.ts').then(({ createNox }) =>
      createNox({ ...config, ...socket }, log, Date.now, foundation),
    )
    return loading
  }
  const toCome = routesToCome(async () => (await load()).routes, log)
  const web = await serve([foundation.health, toCome], config.port, config.host)
  await yieldToRequests()
  const nox = await load()
  if (config.mode === 'socket' && config.botToken !== undefined) {
    const { registerWorkspace } = await import('./register-workspace.ts')
    await registerWorkspace(nox, config, config.botToken)
  }
  await nox.start()
  log.info({ mode: config.mode, port: web.port, database: nox.storage.dialect, url: config.publicUrl }, 'NOX is ready')
  return {
    url: config.publicUrl,
    async stop() {
      const patience = Math.max(1_000, config.shutdownMs - 3_000)
      await Promise.all([web.close(patience), nox.stop(patience)])
    },
  }
}

/** Whoever waited for the port is answered before the modules are read, which leaves the event loop no room. */
const yieldToRequests = () => sleep(25)
