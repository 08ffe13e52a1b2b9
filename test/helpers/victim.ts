// NOX in a process of its own, for tests that kill it, or stop it as an upgrade does.
import { flushCompileCache } from 'node:module'
import { createLog } from '../../src/observability/log.ts'
import { createNox } from '../../src/start/create-nox.ts'
import { serve, stopOnSignals } from '../../src/start/serve.ts'

const { database, masterKey, slackUrl, appToken } = JSON.parse(process.env.VICTIM ?? '{}') as {
  database: { path: string } | { url: string }
  masterKey: string
  slackUrl: string
  /** Socket Mode in place of HTTP. */
  appToken?: string
}
const log = createLog({ level: process.env.TEST_LOG ?? 'silent' })
const nox = await createNox(
  {
    database,
    masterKeys: [masterKey],
    allowPrivate: ['127.0.0.1'],
    language: 'fr',
    plan: 'enterprise',
    publicUrl: 'http://127.0.0.1',
    metricsToken: undefined,
    ...(appToken ? { socket: { appToken, apiUrl: `${slackUrl}/api/`, botToken: undefined } } : {}),
    slack: {
      signingSecret: 's',
      clientId: '',
      clientSecret: '',
      apiUrl: `${slackUrl}/api/`,
      authorizeUrl: `${slackUrl}/oauth/v2/authorize`,
    },
  },
  log,
)
const web = await serve([...nox.routes], 0, '127.0.0.1')
stopOnSignals(log, async () => {
  await Promise.all([web.close(1_000), nox.stop(1_000)])
})
process.stdout.write(`${web.port}\n`)
await nox.start()
// Who is killed writes nothing at its end: the next victim reads what this one compiled.
flushCompileCache()
