import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readVariables } from './config/readers.ts'
import { tracingOf } from './config/tracing.ts'
import type { CommonConfig, Config, StripeConfig } from './config/types.ts'
import { keyHint, type Variables, variables } from './config/variables.ts'
import { NoxError } from './errors.ts'

export type { Config, DatabaseConfig, SlackCredentials, SmtpConfig, StripeConfig } from './config/types.ts'

/** Reads a `.env` file into the environment; what is set already stays. An absent file is fine. */
export function loadDotEnv(path: string): void {
  if (existsSync(path)) process.loadEnvFile(path)
}

/** The configuration from the environment. @throws NoxError `configuration`, naming the variable and what to do */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const read = readVariables(variables, env)
  if ('problems' in read) {
    throw new NoxError('configuration', `The configuration can't be used.\n  ${read.problems.join('\n  ')}`)
  }
  return build(read.values)
}

/** The language where nothing else tells, without the rest of the configuration. @throws NoxError `configuration` */
export function readLanguage(env: NodeJS.ProcessEnv = process.env): Config['language'] {
  const read = readVariables({ NOX_LANGUAGE: variables.NOX_LANGUAGE }, env)
  if ('problems' in read) throw new NoxError('configuration', read.problems.join('\n'))
  return read.values.NOX_LANGUAGE
}

/** Both databases that the environment names, without the rest of the configuration. @throws NoxError `configuration` */
export function readDatabases(env: NodeJS.ProcessEnv = process.env): { path: string; url: string | undefined } {
  const { DATABASE_PATH, DATABASE_URL } = variables
  const read = readVariables({ DATABASE_PATH, DATABASE_URL }, env)
  if ('problems' in read) throw new NoxError('configuration', read.problems.join('\n'))
  return { path: read.values.DATABASE_PATH, url: read.values.DATABASE_URL }
}

function build(from: Variables): Config {
  const common: CommonConfig = {
    host: from.HOST,
    port: from.PORT,
    publicUrl: from.PUBLIC_URL ?? `http://localhost:${from.PORT}`,
    database:
      from.DATABASE_URL === undefined
        ? { path: from.DATABASE_PATH }
        : { url: from.DATABASE_URL, pooling: from.DATABASE_POOLING },
    ...archiveOf(from),
    masterKeys: from.NOX_MASTER_KEY,
    allowPrivate: from.NOX_ALLOW_PRIVATE,
    inCluster: from.NOX_IN_CLUSTER,
    language: from.NOX_LANGUAGE,
    plan: from.NOX_PLAN,
    ...stripeOf(from),
    ...smtpOf(from),
    ...(from.NOX_CONTACT === undefined ? {} : { contact: from.NOX_CONTACT }),
    log: { level: from.LOG_LEVEL, pretty: from.LOG_FORMAT === 'pretty' },
    ...tracingOf(from.OTEL_EXPORTER_OTLP_ENDPOINT, from.OTEL_EXPORTER_OTLP_HEADERS, from.OTEL_SERVICE_NAME),
    limits: {
      all: from.NOX_CONCURRENCY,
      tenant: from.NOX_CONCURRENCY_TENANT,
      cluster: from.NOX_CONCURRENCY_CLUSTER,
    },
    metricsToken: from.METRICS_TOKEN,
    shutdownMs: from.SHUTDOWN_SECONDS * 1000,
  }
  const { SLACK_SIGNING_SECRET, SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, SLACK_APP_TOKEN, SLACK_BOT_TOKEN } = from
  const oauth = { SLACK_SIGNING_SECRET, SLACK_CLIENT_ID, SLACK_CLIENT_SECRET }
  const anything = [...Object.values(oauth), SLACK_APP_TOKEN, SLACK_BOT_TOKEN].some((value) => value !== undefined)
  if (!anything) return { ...common, mode: 'sandbox', masterKeys: sandboxKeys(common.masterKeys) }
  requireMasterKey(common)
  const missing = Object.keys(oauth).filter((name) => oauth[name as keyof typeof oauth] === undefined)
  const slack =
    SLACK_SIGNING_SECRET && SLACK_CLIENT_ID && SLACK_CLIENT_SECRET
      ? {
          signingSecret: SLACK_SIGNING_SECRET,
          clientId: SLACK_CLIENT_ID,
          clientSecret: SLACK_CLIENT_SECRET,
          apiUrl: from.SLACK_API_URL,
          authorizeUrl: from.SLACK_AUTHORIZE_URL,
        }
      : undefined
  if (SLACK_APP_TOKEN !== undefined) {
    if (SLACK_BOT_TOKEN === undefined && slack === undefined) {
      throw new NoxError(
        'configuration',
        `Socket Mode needs to know a workspace: set SLACK_BOT_TOKEN (one workspace), or ${missing.join(', ')} (installs by OAuth).`,
      )
    }
    const apiUrl = from.SLACK_API_URL
    return { ...common, mode: 'socket', appToken: SLACK_APP_TOKEN, botToken: SLACK_BOT_TOKEN, slack, apiUrl }
  }
  if (!slack) {
    throw new NoxError(
      'configuration',
      `Slack credentials are incomplete: set ${missing.join(', ')} too, or SLACK_APP_TOKEN for Socket Mode; without any of them the sandbox starts.`,
    )
  }
  if (from.PUBLIC_URL === undefined) {
    throw new NoxError(
      'configuration',
      'PUBLIC_URL: the https address under which Slack reaches NOX, such as https://nox.example.com',
    )
  }
  const { protocol, hostname } = new URL(from.PUBLIC_URL)
  if (protocol !== 'https:' && !isThisMachine(hostname)) {
    throw new NoxError(
      'configuration',
      'PUBLIC_URL: Slack reaches NOX by https alone; write https://, with a proxy before NOX that holds the certificate.',
    )
  }
  return { ...common, mode: 'http', slack }
}

/** Where nobody else can listen: a test, or a tunnel of one's own. */
const isThisMachine = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127\./.test(host)

/** Beside a SQLite file there is always room; replicas on Postgres need a place that all of them reach. */
function archiveOf(from: Pick<Variables, 'NOX_ARCHIVE_PATH' | 'DATABASE_URL' | 'DATABASE_PATH'>) {
  const { NOX_ARCHIVE_PATH, DATABASE_URL, DATABASE_PATH } = from
  if (NOX_ARCHIVE_PATH !== undefined) return { archivePath: NOX_ARCHIVE_PATH }
  if (DATABASE_URL !== undefined || DATABASE_PATH === ':memory:') return {}
  return { archivePath: join(dirname(DATABASE_PATH), 'archive') }
}

/** Both or none: without its secret no webhook can be told from a forged one. */
function stripeOf(from: Pick<Variables, 'STRIPE_SECRET_KEY' | 'STRIPE_WEBHOOK_SECRET' | 'STRIPE_API_URL'>) {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret, STRIPE_API_URL: apiUrl } = from
  if (secretKey === undefined && webhookSecret === undefined) return {}
  if (secretKey !== undefined && webhookSecret !== undefined) return { stripe: { secretKey, webhookSecret, apiUrl } }
  const missing = secretKey === undefined ? 'STRIPE_SECRET_KEY' : 'STRIPE_WEBHOOK_SECRET'
  throw new NoxError('configuration', `Access to Stripe is incomplete: set ${missing} too, or neither of them.`)
}

/** Both or none: a letter without a sender is taken by nobody. */
function smtpOf({ NOX_SMTP_URL: url, NOX_MAIL_FROM: from }: Pick<Variables, 'NOX_SMTP_URL' | 'NOX_MAIL_FROM'>) {
  if (url === undefined && from === undefined) return {}
  if (url !== undefined && from !== undefined) return { smtp: { url, from } }
  const missing = url === undefined ? 'NOX_SMTP_URL' : 'NOX_MAIL_FROM'
  throw new NoxError('configuration', `Access to e-mail is incomplete: set ${missing} too, or neither of them.`)
}

/** Access to Stripe, without the rest of the configuration. @throws NoxError `configuration` */
export function readStripe(env: NodeJS.ProcessEnv = process.env): StripeConfig | undefined {
  const { STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, STRIPE_API_URL } = variables
  const read = readVariables({ STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, STRIPE_API_URL }, env)
  if ('problems' in read) throw new NoxError('configuration', read.problems.join('\n'))
  return stripeOf(read.values).stripe
}

/** What a setup of Stripe needs: its webhook's secret is known only afterwards. @throws NoxError `configuration` */
export function readStripeSetup(env: NodeJS.ProcessEnv = process.env): {
  readonly secretKey: string
  readonly apiUrl: string
  readonly publicUrl: string
} {
  const { STRIPE_SECRET_KEY, STRIPE_API_URL, PUBLIC_URL } = variables
  const read = readVariables({ STRIPE_SECRET_KEY, STRIPE_API_URL, PUBLIC_URL }, env)
  if ('problems' in read) throw new NoxError('configuration', read.problems.join('\n'))
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_API_URL: apiUrl, PUBLIC_URL: publicUrl } = read.values
  if (secretKey === undefined) throw new NoxError('configuration', 'STRIPE_SECRET_KEY: the key of Stripe is not set')
  if (publicUrl === undefined) {
    throw new NoxError('configuration', 'PUBLIC_URL: the https address under which Stripe reaches NOX is not set')
  }
  return { secretKey, apiUrl, publicUrl }
}

function requireMasterKey(config: CommonConfig): void {
  if (config.masterKeys.length > 0) return
  throw new NoxError(
    'configuration',
    `NOX_MASTER_KEY is not set: it encrypts the secrets of every tenant, and NOX does not start without it.\n  ${keyHint}\n  Keep it where your other secrets are; without it nothing that is stored can be read again.`,
  )
}

/** The sandbox holds nothing secret: its key is made from its name, so that a restart reads what it wrote. */
function sandboxKeys(given: readonly string[]): readonly string[] {
  return given.length > 0 ? given : [createHash('sha256').update('nox sandbox').digest('base64')]
}
