import { loadDotEnv, readConfig } from '../config.ts'
import { createLog } from '../observability/log.ts'
import { checkArchive } from './check-archive.ts'
import { outliveStrayRejections, stopOnSignals } from './serve.ts'

/** Starts NOX: the sandbox, or real workspaces where the environment holds Slack's credentials. */
export async function main(): Promise<void> {
  loadDotEnv('.env')
  const config = readConfig()
  checkArchive(config)
  const log = createLog(config.log)
  outliveStrayRejections(log)
  const tracing = config.tracing && (await import('../observability/tracing.ts')).startTracing(config.tracing)
  if (config.mode === 'sandbox') {
    const { startSandbox } = await import('./start-sandbox.ts')
    const sandbox = await startSandbox(config, log)
    stopOnSignals(log, () => sandbox.stop().then(tracing?.stop))
    process.stdout.write(
      `\n  NOX sandbox: ${sandbox.url}\n  Slack and clusters are simulated; nothing leaves this computer. Ctrl+C stops it.\n\n`,
    )
    return
  }
  const { startWorkspaces } = await import('./start-workspaces.ts')
  const running = await startWorkspaces(config, log)
  stopOnSignals(log, () => running.stop().then(tracing?.stop))
}
