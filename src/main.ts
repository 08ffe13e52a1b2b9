import { loadDotEnv, readConfig } from './config.ts'
import { NoxError } from './errors.ts'
import { createLog } from './observability/log.ts'
import { stopOnSignals } from './start/serve.ts'

/** Starts NOX: the sandbox, or real workspaces where the environment holds Slack's credentials. */
export async function main(): Promise<void> {
  loadDotEnv('.env')
  const config = readConfig()
  const log = createLog(config.log)
  if (config.mode === 'sandbox') {
    const { startSandbox } = await import('./start/start-sandbox.ts')
    const sandbox = await startSandbox(config, log)
    stopOnSignals(log, () => sandbox.stop())
    process.stdout.write(
      `\n  NOX sandbox: ${sandbox.url}\n  Slack and clusters are simulated; nothing leaves this computer. Ctrl+C stops it.\n\n`,
    )
    return
  }
  const { startWorkspaces } = await import('./start/start-workspaces.ts')
  const running = await startWorkspaces(config, log)
  stopOnSignals(log, () => running.stop())
}

if (process.argv[1] === import.meta.filename) {
  main().catch((error: unknown) => {
    const known = error instanceof NoxError
    process.stderr.write(`nox: ${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(1)
  })
}
