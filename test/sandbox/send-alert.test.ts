import { afterAll, beforeAll, expect, it } from 'vitest'
import { entry } from '../helpers/actions.ts'
import { showsRulesOfSlack } from '../helpers/rules-of-slack.ts'
import { contentOf, startTestSandbox, type TestSandbox } from '../helpers/sandbox.ts'

showsRulesOfSlack(import.meta.filename)

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox(undefined, 50, false, { alerts: true })
})
afterAll(() => sandbox?.stop())

const press = async (body: unknown, who = 'team=T0SOCIETEX&user=U0BOB') => {
  const address = `${sandbox.url.replace('localhost', '127.0.0.1')}/sandbox/api/alert?${who}`
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: response.status, body: await response.json() }
}
const told = (fits: RegExp) =>
  sandbox.slack.waitForMessage((message) => message.channel === 'C0INCIDENTS' && fits.test(contentOf(message)), 8_000)

it('tells of an alert that was not taken, and of one that makes no sense', async () => {
  expect(await press({ what: 'explode', service: 'web' })).toMatchObject({ body: { error: 'invalid_arguments' } })
  const lea = 'team=T0FREELEA&user=U0LEA'
  expect(await press({ what: 'fire', service: 'api-y' }, lea)).toMatchObject({ body: { error: 'alert_refused' } })
  const { alertHooks, installations } = sandbox.nox.storage
  const tenantId = (await installations.tenantOf('T0SOCIETEX')) ?? ''
  const hook = await alertHooks.find(tenantId, 'alertmanager')
  if (!hook) throw new Error('no address was seeded')
  // Its admin closes the address, and opens it again.
  await alertHooks.remove(tenantId, 'alertmanager', entry({}))
  expect(await press({ what: 'fire', service: 'web' })).toEqual({ status: 400, body: { error: 'alert_refused' } })
  await alertHooks.save(hook, entry({}))
})

it('sends an alert through the address of NOX into #incidents, and its end', async () => {
  expect(await press({ what: 'fire', service: 'checkout' })).toEqual({ status: 200, body: { ok: true } })
  const { ts } = await told(/HighErrorRate[\s\S]*checkout/)
  expect(await press({ what: 'fire', service: 'checkout' })).toMatchObject({ status: 200 })
  const tenantId = (await sandbox.nox.storage.installations.tenantOf('T0SOCIETEX')) ?? ''
  const alerts = () => sandbox.nox.storage.alerts.list(tenantId, {}, 10)
  expect((await alerts()).map(({ alert }) => alert)).toMatchObject([
    { source: 'alertmanager', service: 'checkout', environment: 'production', severity: 'critical', state: 'firing' },
  ])
  expect(await press({ what: 'resolve', service: '*' })).toMatchObject({ status: 200 })
  await expect.poll(async () => (await alerts()).map(({ alert }) => alert.state)).toEqual(['resolved'])
  // One problem, one message.
  expect(await told(/HighErrorRate[\s\S]*(?:terminé|résolu)/i)).toMatchObject({ ts })
})
