import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Alerts } from '../../src/capabilities/alerts.ts'
import { NoxError } from '../../src/errors.ts'
import { plainPhrase } from '../../src/texts/render.ts'
import { type MonitoringProvider, monitoringProviders, providersWith } from '../helpers/monitoring.ts'

const call = () => ({ signal: AbortSignal.timeout(20_000) })
const action = (at: number) => `01ARZ3NDEKTSV4RRFFQ69G5FA${at}`
const soon = () => Date.now() + 3_600_000

it('is passed by three vendors', () => {
  expect(providersWith('alerts')).toEqual(['grafana', 'datadog', 'alertmanager'])
})

describe.each(providersWith('alerts'))('alerts of %s', (vendor) => {
  let provider: MonitoringProvider
  let alerts: Alerts
  beforeEach(async () => {
    provider = await monitoringProviders[vendor]()
    const connected = await provider.connect()
    if (!connected.alerts) throw new Error('no alerts')
    alerts = connected.alerts
  })
  afterEach(() => provider.close())

  it('says as whom NOX acts', async () => {
    const { account, missing } = await (await provider.connect()).test(call())
    expect(account.length).toBeGreaterThan(2)
    expect(missing).toEqual([])
  })

  it('refuses a wrong secret, and never repeats it', async () => {
    const wrong = { token: 'wrong-secret', apiKey: 'wrong-secret', appKey: 'wrong-secret' }
    const error = await (await provider.connect(wrong)).test(call()).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(NoxError)
    const { forPerson, message, facts } = error as NoxError
    expect(forPerson && plainPhrase(forPerson, 'en')).toMatch(/no longer accepts/)
    expect(JSON.stringify([message, facts])).not.toContain('wrong-secret')
  })

  it('lists what fires, the newest first, and what is about one service', async () => {
    const all = await alerts.list({}, call())
    expect(all.map(({ service, severity, title, isMuted }) => [service, severity, title, isMuted])).toEqual([
      ['search', 'warning', 'search restarts', false],
      ['mailer', 'critical', 'mailer memory', false],
      ['web', 'warning', 'web certificate', false],
    ])
    expect(Math.abs((all[0]?.since ?? 0) - (Date.now() - 14 * 60_000))).toBeLessThan(60_000)
    expect(all.every(({ url }) => url !== null && URL.canParse(url))).toBe(true)
    expect(await alerts.list({ service: 'mailer' }, call())).toHaveLength(1)
    expect(await alerts.list({ service: 'billing' }, call())).toEqual([])
  })

  it('lists every rule with how it does, where the vendor keeps rules', async () => {
    const rules = await alerts.rules?.({}, call())
    if (vendor === 'alertmanager') return expect(rules).toBeUndefined()
    const told = new Map(rules?.map(({ title, service, state }) => [title, [service, state]]))
    expect(told.get('mailer memory')).toEqual(['mailer', 'firing'])
    expect(told.get('fine')).toEqual(['web', 'well'])
    if (vendor === 'grafana') expect(told.get('old')).toEqual(['search', 'paused'])
    expect(rules?.every(({ url }) => url !== null && URL.canParse(url))).toBe(true)
    expect((await alerts.rules?.({ service: 'web' }, call()))?.map(({ title }) => title).sort()).toEqual([
      'fine',
      'web certificate',
    ])
    expect(await alerts.rules?.({ service: 'billing' }, call())).toEqual([])
  })

  it('mutes one alert by its id, and not its neighbours', async () => {
    const mailer = (await alerts.list({}, call())).find(({ service }) => service === 'mailer')
    expect(await alerts.mute({ id: mailer?.id ?? '' }, soon(), 'Bob · NOX #1', action(1), call())).toBe(true)
    const after = await alerts.list({}, call())
    expect(after.filter(({ isMuted }) => isMuted).map(({ service }) => service)).toEqual(['mailer'])
    expect(await alerts.isMutedBy(action(1), call())).toBe(true)
    expect(await alerts.isMutedBy(action(2), call())).toBe(false)
    expect(await alerts.unmute({ id: mailer?.id ?? '' }, call())).toBe(1)
    expect((await alerts.list({}, call())).some(({ isMuted }) => isMuted)).toBe(false)
    expect(await alerts.isMutedBy(action(1), call())).toBe(false)
  })

  it('mutes a whole service, and ends only what NOX muted', async () => {
    await provider.muteAsSomeoneElse('web')
    expect(await alerts.mute({ service: 'search' }, soon(), 'Bob · NOX #2', action(2), call())).toBe(true)
    const muted = (await alerts.list({}, call())).filter(({ isMuted }) => isMuted)
    expect(muted.map(({ service }) => service)).toEqual(['search', 'web'])
    expect(await alerts.unmute({ service: 'web' }, call())).toBe(0)
    expect(await alerts.unmute({ service: 'search' }, call())).toBe(1)
    expect(provider.mutes()).toBe(2)
  })

  it('mutes nothing for an id that nothing has', async () => {
    expect(await alerts.mute({ id: 'ffffffff0' }, soon(), 'Bob', action(3), call())).toBe(false)
    expect(await alerts.unmute({ id: 'ffffffff0' }, call())).toBe(0)
    expect(provider.mutes()).toBe(0)
  })

  it('never guesses which alert a beginning of an id means', async () => {
    const every = alerts.mute({ id: '' }, soon(), 'Bob', action(4), call())
    await expect(every).rejects.toMatchObject({ code: 'bad-input' })
    expect(provider.mutes()).toBe(0)
  })

  it('finds its own mute although the answer was lost', async () => {
    provider.double.faults.push({ kind: 'reset', after: true, path: /silences|downtime/, times: 1 })
    const lost = alerts.mute({ service: 'web' }, soon(), 'Bob', action(5), call())
    await expect(lost).rejects.toMatchObject({ code: 'unreachable' })
    expect(provider.mutes()).toBe(1)
    expect(await alerts.isMutedBy(action(5), call())).toBe(true)
  })

  it('ends with the call that asked', async () => {
    provider.double.faults.push({ kind: 'slow' })
    const error = await alerts.list({}, { signal: AbortSignal.timeout(50) }).catch((thrown: unknown) => thrown)
    expect(String(error)).toMatch(/TimeoutError|timeout/)
  })

  it('rests after failures in a row, and says so', async () => {
    provider.double.faults.push({ kind: 'status', status: 500 })
    for (let count = 0; count < 5; count += 1) {
      await expect(alerts.list({}, call())).rejects.toMatchObject({ code: 'vendor-failed' })
    }
    provider.double.faults.splice(0)
    const before = provider.double.exchanges.length
    await expect(alerts.list({}, call())).rejects.toMatchObject({ code: 'unreachable' })
    expect(provider.double.exchanges).toHaveLength(before)
  })
})
