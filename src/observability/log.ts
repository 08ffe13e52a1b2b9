import { type DestinationStream, type Logger, multistream, pino, symbols } from 'pino'
import { hideSecrets } from '../domain/secret-shapes.ts'
import { traceIds } from '../domain/trace.ts'

/** Names under which secrets travel; what stands there is never written. */
const secretNames = [
  'token',
  'botToken',
  'accessToken',
  'access_token',
  'refresh_token',
  'authorization',
  'Authorization',
  'cookie',
  'password',
  'secret',
  'clientSecret',
  'client_secret',
  'signingSecret',
  'masterKey',
  'masterKeys',
  'kubeconfig',
  'clientKeyData',
  'params',
  'query',
  'config',
]

interface LoggedError {
  readonly type: string
  readonly message: string
  readonly stack?: string | undefined
  readonly code?: unknown
  readonly facts?: unknown
  readonly cause?: LoggedError
}

/** The parts of an error that may be written: never its own further properties, which carry requests and parameters. */
function writeError(error: unknown, depth = 0): LoggedError | unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? hideSecrets(error) : error
  const { code, facts, cause } = error as Error & { code?: unknown; facts?: unknown }
  return {
    type: error.name,
    message: hideSecrets(error.message),
    stack: error.stack === undefined ? undefined : hideSecrets(error.stack),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(facts === undefined ? {} : { facts }),
    ...(cause instanceof Error && depth < 3 ? { cause: writeError(cause, depth + 1) as LoggedError } : {}),
  }
}

/** The log of a process: JSON lines on stdout, secrets taken out by name and by shape. */
export function createLog(
  options: { readonly level: string; readonly pretty?: boolean },
  to?: DestinationStream,
): Logger {
  const paths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: traceIds,
      redact: { paths, censor: '[secret]' },
      serializers: { err: (error: unknown) => writeError(error) },
      hooks: {
        logMethod(args, method) {
          const clean = args.map((each) => (typeof each === 'string' ? hideSecrets(each) : each))
          method.apply(this, clean as Parameters<typeof method>)
        },
      },
      ...(options.pretty
        ? { transport: { target: 'pino-pretty', options: { translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname' } } }
        : {}),
    },
    ...(to ? [to] : []),
  )
}

/** A log that writes what `log` writes, and everything from `debug` on to another place as well. */
export function copyLog(log: Logger, to: DestinationStream): Logger {
  const own = (log as unknown as Record<symbol, DestinationStream>)[symbols.streamSym]
  const streams = [
    { level: log.level as 'info', stream: own ?? process.stdout },
    { level: 'debug', stream: to } as const,
  ]
  return createLog({ level: 'debug' }, multistream(streams))
}
