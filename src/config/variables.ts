import {
  address,
  isHostOrNetwork,
  list,
  oneOf,
  optional,
  required,
  startingWith,
  textOr,
  trimmed,
  type VariablesOf,
  wholeNumber,
} from './readers.ts'

/** The plans that an installation can have (a test holds them to `domain/plans.ts`). */
const planNames = ['starter', 'professional', 'enterprise', 'solo', 'pro', 'freelance-enterprise'] as const
export type PlanName = (typeof planNames)[number]

/** What to do about a key that can't be used. */
export const keyHint =
  'each key is 32 bytes in base64: make one with `openssl rand -base64 32` or `npm run nox -- keys new`'
const isKey = (key: string) => Buffer.from(key, 'base64').length === 32

const mailAddress = (text: string) => (/^[^\s<>@,;"]+@[^\s<>@,;"]+$/.test(text) ? text : undefined)

/** Every variable that NOX reads. A test holds `.env.example` and the README to this list. */
export const variables = {
  PORT: wholeNumber(3000, 0, 65_535),
  HOST: textOr('0.0.0.0'),
  PUBLIC_URL: optional(
    (text) => address('http', 'https')(text)?.replace(/\/+$/, ''),
    'an address such as https://nox.example.com',
  ),
  SLACK_SIGNING_SECRET: optional(trimmed, 'the signing secret of the Slack app'),
  SLACK_CLIENT_ID: optional(trimmed, 'the client id of the Slack app'),
  SLACK_CLIENT_SECRET: optional(trimmed, 'the client secret of the Slack app'),
  SLACK_APP_TOKEN: optional(startingWith('xapp-'), 'an app-level token, xapp-…'),
  SLACK_BOT_TOKEN: optional(startingWith('xoxb-'), 'a bot token, xoxb-…'),
  SLACK_API_URL: required('https://slack.com/api/', address('http', 'https'), 'an address'),
  SLACK_AUTHORIZE_URL: required('https://slack.com/oauth/v2/authorize', address('http', 'https'), 'an address'),
  DATABASE_URL: optional(address('postgres', 'postgresql'), 'postgres://user:password@host/database'),
  DATABASE_POOLING: oneOf(['session', 'transaction'], 'session'),
  DATABASE_PATH: textOr('data/nox.db'),
  NOX_ARCHIVE_PATH: optional(trimmed, 'a folder for old audit records'),
  NOX_MASTER_KEY: list(isKey, keyHint),
  NOX_ALLOW_PRIVATE: list(isHostOrNetwork, 'hosts, addresses or networks, such as 10.0.0.0/8,k8s.internal'),
  NOX_IN_CLUSTER: list((each) => /^T[A-Z0-9]+$/.test(each), 'ids of Slack workspaces, such as T0123ABCD'),
  NOX_LANGUAGE: oneOf(['fr', 'en'], 'fr'),
  NOX_PLAN: oneOf(planNames, 'enterprise'),
  STRIPE_SECRET_KEY: optional(
    (text) => startingWith('sk_')(text) ?? startingWith('rk_')(text),
    'a secret or restricted key of Stripe, sk_… or rk_…',
  ),
  STRIPE_WEBHOOK_SECRET: optional(startingWith('whsec_'), 'the signing secret of the webhook endpoint, whsec_…'),
  STRIPE_API_URL: required('https://api.stripe.com', address('http', 'https'), 'an address'),
  NOX_SMTP_URL: optional(address('smtp', 'smtps'), 'smtp://user:password@host:587 or smtps://user:password@host:465'),
  NOX_MAIL_FROM: optional(mailAddress, 'the address that e-mail comes from, nox@example.com'),
  NOX_CONTACT: optional(mailAddress, 'the address that customers write to, hello@example.com'),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'info'),
  LOG_FORMAT: oneOf(['json', 'pretty'], 'json'),
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(address('http', 'https'), 'the address of a collector, http://localhost:4318'),
  OTEL_EXPORTER_OTLP_HEADERS: list((each) => /^[^=\s]+=.+$/.test(each), 'name=value, several separated by commas'),
  OTEL_SERVICE_NAME: textOr('nox'),
  METRICS_TOKEN: optional((text) => (text.length >= 16 ? text : undefined), 'at least 16 characters'),
  NOX_CONCURRENCY: wholeNumber(200, 1, 10_000),
  NOX_CONCURRENCY_TENANT: wholeNumber(20, 1, 10_000),
  NOX_CONCURRENCY_CLUSTER: wholeNumber(10, 1, 10_000),
  SHUTDOWN_SECONDS: wholeNumber(20, 1, 600),
}

/** What each variable holds, once it was read. */
export type Variables = VariablesOf<typeof variables>
