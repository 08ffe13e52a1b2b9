import { existsSync, statSync } from 'node:fs'
import { type Config, readConfig } from '../../config.ts'
import { NoxError } from '../../errors.ts'
import { type Check, failed, ok, warning } from './check.ts'

const modes = { sandbox: 'the sandbox', http: 'Slack over HTTP', socket: 'Slack by Socket Mode' } as const

/** The configuration and what is to be said of it; `null` where it can't be used. */
export function checkConfiguration(): { readonly config: Config | null; readonly checks: readonly Check[] } {
  const checks: Check[] = []
  // Node's own modes of files: on Windows every file is everybody's.
  if (process.platform !== 'win32' && existsSync('.env') && (statSync('.env').mode & 0o077) !== 0) {
    checks.push(
      warning('configuration', '.env holds secrets and others on this machine may read it.', 'chmod 600 .env'),
    )
  }
  try {
    const config = readConfig()
    return { config, checks: [...judge(config), ...checks] }
  } catch (error) {
    if (!(error instanceof NoxError)) throw error
    const [first = '', ...lines] = error.message.split('\n').map((line) => line.trim())
    const remedy = 'Set it in the environment or in .env; .env.example tells each variable.'
    const problems = lines.length > 0 && first.endsWith("can't be used.") ? lines : [[first, ...lines].join(' ')]
    return { config: null, checks: [...problems.map((each) => failed('configuration', each, remedy)), ...checks] }
  }
}

function judge(config: Config): Check[] {
  const database = 'url' in config.database ? 'Postgres' : `SQLite in ${config.database.path}`
  const checks = [ok('configuration', `It can be used: ${modes[config.mode]}, ${database}.`)]
  if (config.mode === 'sandbox') {
    checks.push(
      warning(
        'configuration',
        'No credentials of Slack are set: npm start opens the sandbox.',
        'For a real workspace set SLACK_SIGNING_SECRET, SLACK_CLIENT_ID and SLACK_CLIENT_SECRET, or SLACK_APP_TOKEN.',
      ),
    )
  }
  if (config.mode === 'http' && !config.publicUrl.startsWith('https:')) {
    checks.push(
      warning(
        'configuration',
        `PUBLIC_URL is ${config.publicUrl}: Slack calls https addresses only.`,
        'Put a proxy with a certificate before NOX and give its https address as PUBLIC_URL.',
      ),
    )
  }
  if (config.mode !== 'sandbox' && config.metricsToken === undefined) {
    checks.push(
      warning(
        'configuration',
        'METRICS_TOKEN is not set: /metrics answers this machine alone.',
        'Set METRICS_TOKEN (at least 16 characters) where Prometheus runs elsewhere; else leave it.',
      ),
    )
  }
  return checks
}
