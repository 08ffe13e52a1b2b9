import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { datadog } from '../../src/integrations/datadog/index.ts'
import { createConnectors } from '../../src/start/create-connectors.ts'

describe('an address that is not Datadog’s', () => {
  const pages = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome</html>')
  })
  beforeAll(() => new Promise<void>((done) => void pages.listen(0, '127.0.0.1', done)))
  afterAll(() => new Promise<void>((done) => void pages.close(() => done())))

  const refusal = async (url: string) => {
    const connectors = createConnectors([datadog], { allowPrivate: ['127.0.0.1'], now: Date.now })
    const rest = { tenantId: 'T1', account: '', connectedAt: 0, checkedAt: 0, failingSince: null }
    const integration = { ...rest, vendor: 'datadog', settings: { url } } as const
    const { test } = await connectors.open({ integration, secrets: { apiKey: 'a', appKey: 'b' } })
    const error = await test({ signal: AbortSignal.timeout(10_000) }).then(
      () => null,
      (problem: unknown) => problem,
    )
    await connectors.close()
    return error
  }

  it('is told as that, and nobody is asked to wait', { timeout: 30_000 }, async () => {
    const { port } = pages.address() as AddressInfo
    const host = `127.0.0.1:${port}`
    expect(await refusal(`http://${host}`)).toMatchObject({
      forPerson: { key: 'datadog.url.foreign', params: { host } },
    })
    expect(await refusal('http://127.0.0.1:1')).toMatchObject({ forPerson: { key: 'datadog.url.foreign' } })
  })
})
