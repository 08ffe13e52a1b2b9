import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { z } from 'zod'
import { NoxError } from './errors.ts'

/** Where the database is. */
export type DatabaseConfig = { readonly url: string } | { readonly path: string }

interface CommonConfig {
  readonly host: string
  readonly port: number
  /** The address under which the world reaches NOX, without a slash at its end. */
  readonly publicUrl: string
  readonly database: DatabaseConfig
  /** Base64, 32 bytes each: the first encrypts, all decrypt. */
  readonly masterKeys: readonly string[]
  /** Hosts and networks that clusters may have although they are private. */
  readonly allowPrivate: readonly string[]
  readonly language: 'fr' | 'en'
  readonly plan: string
  readonly log: { readonly level: string; readonly pretty: boolean }
  readonly metricsToken: string | undefined
  readonly shutdownMs: number
}

export interface SlackCredentials {
  readonly signingSecret: string
  readonly clientId: string
  readonly clientSecret: string
  readonly apiUrl: string
  readonly authorizeUrl: string
}

/** How NOX runs: the sandbox, over HTTP with OAuth, or over a socket that Slack needs no address for. */
export type Config =
  | (CommonConfig & { readonly mode: 'sandbox' })
  | (CommonConfig & { readonly mode: 'http'; readonly slack: SlackCredentials })
  | (CommonConfig & {
      readonly mode: 'socket'
      readonly appToken: string
      readonly botToken: string | undefined
      readonly slack: SlackCredentials | undefined
      readonly apiUrl: string
    })

const flagged = (hint: string) => z.string({ error: hint }).trim().min(1, { error: hint }).optional()
const list = z
  .string()
  .optional()
  .transform((text) =>
    (text ?? '')
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
  )
const wholeNumber = (fallback: number, min: number, max: number) =>
  z.coerce
    .number({ error: `a whole number from ${min} to ${max}` })
    .int({ error: `a whole number from ${min} to ${max}` })
    .min(min, { error: `at least ${min}` })
    .max(max, { error: `at most ${max}` })
    .default(fallback)

const address = z
  .url({ protocol: /^https?$/, error: 'an address such as https://nox.example.com' })
  .transform((url) => url.replace(/\/+$/, ''))

const keyHint = 'each key is 32 bytes in base64: make one with `openssl rand -base64 32` or `npm run nox -- keys new`'

/** Every variable that NOX reads. A test holds `.env.example` and the README to this list. */
export const variables = z.object({
  PORT: wholeNumber(3000, 0, 65_535),
  HOST: z.string().default('0.0.0.0'),
  PUBLIC_URL: address.optional(),
  SLACK_SIGNING_SECRET: flagged('the signing secret of the Slack app'),
  SLACK_CLIENT_ID: flagged('the client id of the Slack app'),
  SLACK_CLIENT_SECRET: flagged('the client secret of the Slack app'),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', { error: 'an app-level token, xapp-…' }).optional(),
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', { error: 'a bot token, xoxb-…' }).optional(),
  SLACK_API_URL: z.url({ error: 'an address' }).default('https://slack.com/api/'),
  SLACK_AUTHORIZE_URL: z.url({ error: 'an address' }).default('https://slack.com/oauth/v2/authorize'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'postgres://user:password@host/database' }).optional(),
  DATABASE_PATH: z.string().min(1).default('data/nox.db'),
  NOX_MASTER_KEY: list.refine((keys) => keys.every((key) => Buffer.from(key, 'base64').length === 32), {
    error: keyHint,
  }),
  NOX_ALLOW_PRIVATE: list,
  NOX_LANGUAGE: z.enum(['fr', 'en'], { error: 'fr or en' }).default('fr'),
  NOX_PLAN: z.string().min(1).default('enterprise'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  LOG_FORMAT: z.enum(['json', 'pretty'], { error: 'json or pretty' }).default('json'),
  METRICS_TOKEN: z.string().min(16, { error: 'at least 16 characters' }).optional(),
  SHUTDOWN_SECONDS: wholeNumber(20, 1, 600),
})

type Variables = z.infer<typeof variables>

/** Reads a `.env` file into the environment; what is set already stays. An absent file is fine. */
export function loadDotEnv(path: string): void {
  if (existsSync(path)) process.loadEnvFile(path)
}

/** The configuration from the environment. @throws NoxError `configuration`, naming the variable and what to do */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const known = Object.keys(variables.shape)
  const given = Object.fromEntries(known.map((name) => [name, env[name] === '' ? undefined : env[name]]))
  const read = variables.safeParse(given)
  if (!read.success) {
    const problems = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new NoxError('configuration', `The configuration can't be used.\n  ${problems.join('\n  ')}`)
  }
  return build(read.data)
}

/** The language where nothing else tells, without the rest of the configuration. @throws NoxError `configuration` */
export function readLanguage(env: NodeJS.ProcessEnv = process.env): Config['language'] {
  const read = variables.shape.NOX_LANGUAGE.safeParse(env.NOX_LANGUAGE === '' ? undefined : env.NOX_LANGUAGE)
  if (!read.success) throw new NoxError('configuration', 'NOX_LANGUAGE: fr or en')
  return read.data
}

function build(from: Variables): Config {
  const common: CommonConfig = {
    host: from.HOST,
    port: from.PORT,
    publicUrl: from.PUBLIC_URL ?? `http://localhost:${from.PORT}`,
    database: from.DATABASE_URL === undefined ? { path: from.DATABASE_PATH } : { url: from.DATABASE_URL },
    masterKeys: from.NOX_MASTER_KEY,
    allowPrivate: from.NOX_ALLOW_PRIVATE,
    language: from.NOX_LANGUAGE,
    plan: from.NOX_PLAN,
    log: { level: from.LOG_LEVEL, pretty: from.LOG_FORMAT === 'pretty' },
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
  return { ...common, mode: 'http', slack }
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
