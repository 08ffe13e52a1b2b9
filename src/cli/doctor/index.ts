import type { TracingConfig } from '../../config/tracing.ts'
import type { Config } from '../../config.ts'
import { hideSecrets } from '../../domain/secret-shapes.ts'
import { NoxError } from '../../errors.ts'
import { type Inspection, inspectStorage } from '../../storage/inspect-storage.ts'
import { createVault } from '../../vault/index.ts'
import { whyNone } from './ask-slack.ts'
import { type Check, failed, ok, warning } from './check.ts'
import { checkClock } from './check-clock.ts'
import { checkConfiguration } from './check-configuration.ts'
import { checkDatabase } from './check-database.ts'
import { checkMail } from './check-mail.ts'
import { checkPayments } from './check-payments.ts'
import { checkSandbox } from './check-sandbox.ts'
import { checkSecrets } from './check-secrets.ts'
import { checkInstallations, checkSlack } from './check-slack.ts'

const marks = { ok: 'ok', warning: 'warning', failed: 'FAILED', skipped: 'skipped' } as const

/** `nox doctor [--json]`: looks at everything that NOX needs and changes nothing. 0 = nothing failed. */
export async function runDoctor(options: { readonly json: boolean }): Promise<number> {
  const checks = (await examine()).map((each) => ({
    ...each,
    sentence: hideSecrets(each.sentence),
    ...(each.remedy === undefined ? {} : { remedy: hideSecrets(each.remedy) }),
  }))
  const count = (state: Check['state']) => checks.filter((each) => each.state === state).length
  const isWell = count('failed') === 0
  if (options.json) process.stdout.write(`${JSON.stringify({ ok: isWell, checks }, null, 2)}\n`)
  else {
    for (const { check, state, sentence, remedy } of checks) {
      process.stdout.write(`${marks[state].padEnd(9)}${check.padEnd(15)}${sentence}\n`)
      if (remedy !== undefined) process.stdout.write(`${' '.repeat(24)}→ ${remedy}\n`)
    }
    const sum = `${count('failed')} failed, ${count('warning')} to look at, ${count('ok')} well.`
    process.stdout.write(`\n${isWell ? 'NOX can work' : 'NOX cannot work like this'}: ${sum}\n`)
  }
  return isWell ? 0 : 1
}

async function examine(): Promise<readonly Check[]> {
  const { config, checks } = checkConfiguration()
  if (config === null) return checks
  const database = await openDatabase(config)
  try {
    const { contents = null, clockAheadMs = null } = 'check' in database ? {} : database
    const ofDatabase = 'check' in database ? [database] : checkDatabase(config.database, database)
    if (config.mode === 'sandbox') return [...checks, ...ofDatabase, ...(await checkSandbox(config.database, contents))]
    const slack = await checkSlack(config)
    const secrets = 'check' in database ? null : await checkSecrets(contents)
    const isThere = slack.checks[0]?.state === 'ok'
    const tokens = secrets?.installed ?? null
    return [
      ...checks,
      ...ofDatabase,
      ...checkClock({ Slack: slack.clockAheadMs, Postgres: clockAheadMs }),
      ...(secrets?.checks ?? []),
      ...slack.checks,
      ...(isThere && tokens ? await checkInstallations(config, tokens) : []),
      ...(config.smtp ? [await checkMail(config.smtp)] : []),
      ...(config.stripe ? await checkPayments(config.stripe, config.publicUrl) : []),
      ...(config.tracing ? [await checkTracing(config.tracing)] : []),
      ...(config.mode === 'http' ? [await checkAddress(config.publicUrl)] : []),
    ]
  } finally {
    if (!('check' in database)) await database.close()
  }
}

async function openDatabase(config: Config): Promise<Inspection | Check> {
  try {
    return await inspectStorage(config.database, createVault(config.masterKeys))
  } catch (error) {
    if (!(error instanceof NoxError)) throw error
    const remedy =
      'url' in config.database
        ? 'Look whether Postgres runs, and whether host, user, password and database of DATABASE_URL are right.'
        : 'Look whether DATABASE_PATH names a database of NOX; restore a backup where the file is damaged.'
    return failed('database', `It can't be opened: ${error.message}.`, remedy)
  }
}

/** Does the collector take an empty trace? Without it NOX works on: this is never a failure. */
async function checkTracing({ endpoint, headers }: TracingConfig): Promise<Check> {
  const { host } = new URL(endpoint)
  const remedy =
    'Look at OTEL_EXPORTER_OTLP_ENDPOINT (without /v1/traces), at OTEL_EXPORTER_OTLP_HEADERS, and at the collector.'
  try {
    const response = await fetch(`${endpoint.replace(/\/+$/, '')}/v1/traces`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: '{"resourceSpans":[]}',
      signal: AbortSignal.timeout(5_000),
    })
    await response.body?.cancel()
    if (response.ok) return ok('traces', `${host} takes traces.`)
    return warning('traces', `${host} refuses traces with status ${response.status}.`, remedy)
  } catch (error) {
    return warning('traces', `No collector answers at ${host}: ${whyNone(error)}.`, remedy)
  }
}

/** Does the address that Slack calls lead to a NOX? */
async function checkAddress(publicUrl: string): Promise<Check> {
  const remedy = 'Start NOX, and let the proxy or Ingress of this address lead to its port; Slack must reach it.'
  try {
    const response = await fetch(`${publicUrl}/slack/install`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(5_000),
    })
    await response.body?.cancel()
    if (response.ok) return ok('address', `${publicUrl} leads to NOX.`)
    return warning('address', `${publicUrl} answers with status ${response.status}.`, remedy)
  } catch (error) {
    return warning('address', `Nothing answers at ${publicUrl}: ${whyNone(error)}.`, remedy)
  }
}
