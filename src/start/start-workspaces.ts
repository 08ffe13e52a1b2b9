import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { createNox, type Nox } from './create-nox.ts'
import { registerWorkspace } from './register-workspace.ts'
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
  const nox: Nox = await createNox({ ...config, ...socket }, log)
  if (config.mode === 'socket' && config.botToken !== undefined) await registerWorkspace(nox, config, config.botToken)
  const web = await serve([...nox.routes], config.port, config.host)
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
