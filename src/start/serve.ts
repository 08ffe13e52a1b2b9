import type { Logger } from 'pino'
import { NoxError } from '../errors.ts'
import { createWebServer, type Route, type WebServer } from '../web/server.ts'

/** Listens, with an error that says what to do where it can't. */
export async function serve(
  routes: readonly Route[],
  port: number,
  host: string,
): Promise<WebServer & { port: number }> {
  const web = createWebServer(routes)
  try {
    return { ...web, port: await web.listen(port, host) }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
      throw new NoxError(
        'configuration',
        `NOX can't listen: ${host} is no address of this machine. HOST is one of its addresses, or 0.0.0.0 for all of them.`,
      )
    }
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error
    const why = code === 'EACCES' ? `port ${port} needs more rights` : `port ${port} is taken`
    throw new NoxError(
      'configuration',
      `NOX can't listen: ${why}. Choose another with PORT, e.g. PORT=${port + 1} npm start`,
    )
  }
}

/** Stops once on SIGTERM or SIGINT; a second signal ends the process at once. */
export function stopOnSignals(log: Logger, stop: () => Promise<void>): void {
  let isStopping = false
  const onSignal = (signal: NodeJS.Signals) => {
    if (isStopping) process.exit(1)
    isStopping = true
    log.info({ signal }, 'NOX stops')
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'NOX could not stop cleanly')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
}

/**
 * A promise that nobody waited for must not end the orders of everybody else: its failure is told in the log. What an
 * order waits for is told in its thread.
 */
export function outliveStrayRejections(log: Logger): void {
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'a promise that nobody waited for failed'))
}
