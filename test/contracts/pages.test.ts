import { afterEach, describe, expect, it } from 'vitest'
import { NoxError } from '../../src/errors.ts'
import { plainPhrase } from '../../src/texts/render.ts'
import { hasContract, readContract, reportCoverage } from '../helpers/contract.ts'
import { type PagesProvider, pagesProviders } from '../helpers/pages.ts'

const call = () => ({ signal: AbortSignal.timeout(20_000) })
let provider: PagesProvider
afterEach(() => provider.close())

const search = async (query: string, limit = 10, more = {}) => {
  const { pages } = await provider.connect('pages-token', more)
  if (!pages) throw new Error('no pages')
  return pages.search(query, limit, call())
}
const told = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof NoxError) || !error.forPerson) throw new Error(`told nothing: ${String(error)}`)
  expect(JSON.stringify([error.message, error.facts])).not.toMatch(/pages-token|wrong-token/)
  return plainPhrase(error.forPerson, 'en')
}

describe.each(Object.entries(pagesProviders))('pages of %s', (_, start) => {
  it('finds pages by words, with plain titles that lead there', async () => {
    provider = await start()
    const found = await search('runbook')
    expect(found.map(({ title }) => title).sort()).toEqual(['Runbook of "search"', 'Runbook of billing'])
    for (const { url, updatedAt } of found) {
      expect(URL.canParse(url)).toBe(true)
      expect(updatedAt).toBeGreaterThan(Date.now() - 3_600_000)
    }
    expect(await search('runbook', 1)).toHaveLength(1)
    expect(await search('nothing like it')).toEqual([])
  })

  it('reads a person’s quotes as words, never as a query', async () => {
    provider = await start()
    expect((await search('"search"')).map(({ title }) => title)).toEqual(['Runbook of "search"'])
    expect(await search('x" OR type = "page')).toEqual([])
    expect(await search('\\')).toEqual([])
  })

  it('tells as whom NOX acts, an access that is refused, and a vendor that is silent', async () => {
    provider = await start()
    expect(await (await provider.connect('pages-token')).test(call())).toEqual({ account: 'NOX', missing: [] })
    expect(await told((await provider.connect('wrong-token')).test(call()))).toMatch(/no longer accepts the access/)
    provider.double.faults.push({ kind: 'status', status: 503 })
    expect(await told(search('runbook'))).toMatch(/does not answer/)
    provider.double.faults.splice(0)
    provider.double.faults.push({ kind: 'status', status: 429, headers: { 'retry-after': '3600' } })
    expect(await told(search('runbook'))).toMatch(/limits the requests/)
  })

  it('stops when the caller does', async () => {
    provider = await start()
    const { pages } = await provider.connect('pages-token')
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(pages?.search('runbook', 1, { signal })).rejects.toThrow('enough')
  })
})

it('keeps Confluence to the space that an admin named', async () => {
  provider = await pagesProviders['confluence cloud']()
  expect((await search('holidays')).length).toBe(1)
  expect((await search('holidays', 9, { space: 'OPS' })).length).toBe(0)
})

describe.each([
  ['Notion', 'notion-sdk.json', '', pagesProviders.notion],
  ['Confluence', 'confluence-v1.json', '', pagesProviders['confluence cloud']],
] as const)('%s against %s', (vendor, file, base, start) => {
  const present = hasContract(file)
  it.skipIf(!present)(`sends what it describes${present ? '' : ' (absent: skipped)'}`, async () => {
    provider = await start()
    await (await provider.connect('pages-token')).test(call())
    await search('runbook')
    const contract = readContract(file, base)
    expect(provider.double.exchanges.flatMap((exchange) => contract.problems(exchange))).toEqual([])
    reportCoverage(vendor, contract)
    expect(contract.covered()).toHaveLength(2)
    const [exchange] = provider.double.exchanges
    if (!exchange) throw new Error('nothing was sent')
    const path = `${exchange.request.path}/nowhere`
    expect(contract.problems({ ...exchange, request: { ...exchange.request, path } })).not.toEqual([])
  })
})
