import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Capability, providersOf, vendorNames } from '../../src/domain/integration.ts'
import { NoxError } from '../../src/errors.ts'
import type { VendorFault } from '../../src/sandbox/http-double.ts'
import { plainPhrase } from '../../src/texts/render.ts'
import { operations, type Troubled, troubledProviders } from '../helpers/troubles.ts'

const call = () => ({ signal: AbortSignal.timeout(20_000) })
const capabilities = Object.keys(operations) as Capability[]
const cases = capabilities.flatMap((capability) =>
  Object.entries(troubledProviders[capability]).flatMap(([provider, start]) =>
    Object.entries(operations[capability]).map(([name, operation]) => ({
      capability,
      provider,
      name,
      start,
      operation,
    })),
  ),
)

it.each(capabilities)('every provider of %s goes through it', (capability) => {
  const tried = Object.keys(troubledProviders[capability]).map((each) => each.split(' ')[0])
  expect([...new Set(tried)].sort()).toEqual([...providersOf[capability]].sort())
})

describe.each(cases)('$capability of $provider: $name', ({ start, operation }) => {
  const { ask, change, hasNone, readsNothing } = operation
  let provider: Troubled
  beforeEach(async () => {
    provider = await start()
  })
  afterEach(() => provider.close())

  const meant: { readonly method?: string; readonly path?: RegExp } = change
    ? { method: change.method, ...(change.path ? { path: change.path } : {}) }
    : {}
  /** What comes of it while the vendor answers so: the error and what a person reads, or what was given. */
  async function during(fault: Omit<VendorFault, 'kind'> & { kind?: VendorFault['kind'] }) {
    const { double } = provider
    double.faults.splice(0, double.faults.length, { kind: 'status', ...meant, ...fault })
    const done = ask(await provider.connect(), call())
    const end = await done.then(
      (given) => ({ given }),
      (error: unknown) => ({ error }),
    )
    double.faults.splice(0)
    if (!('error' in end)) return { code: null, told: '', given: end.given }
    const { error } = end
    if (!(error instanceof NoxError) || !error.forPerson)
      throw new Error(`told nothing: ${String(error)}`, { cause: error })
    const told = (['fr', 'en'] as const).map((language) => plainPhrase(error.forPerson as never, language))
    expect(JSON.stringify([error.message, error.facts, told])).not.toMatch(/jira-all|-token|-key|-password|ghp_|Sig-/)
    return { code: error.code, told: told[1] ?? '', given: undefined }
  }
  const vendorName = () => vendorNames[provider.vendor]

  it('tells each refusal in a sentence', async () => {
    expect(await during({ status: 401 })).toMatchObject({
      code: 'forbidden',
      told: expect.stringMatching(/no longer accepts/),
    })
    // Whether it is the keys that are refused is answered as ever, where a vendor is asked that.
    const forbidden = await during({ status: 403, path: meant.path ?? /^(?!.*\/validate_keys$)/ })
    expect(forbidden).toMatchObject({ code: 'forbidden', told: expect.stringContaining(vendorName()) })
    expect(forbidden.told).toMatch(/does not allow/)
    const absent = await during({ status: 404, body: '{"message":"Not Found"}' })
    if (hasNone) expect(absent.given).toBeNull()
    else expect(absent).toMatchObject({ code: 'not-found', told: expect.stringContaining(vendorName()) })
    const wrong = await during({ status: 422, body: '{"message":"Unprocessable"}' })
    expect(wrong.code).toMatch(/vendor-refused|bad-input/)
  })

  it('waits as long as it is asked to, and says so where that is too long', async () => {
    const long = await during({ status: 429, headers: { 'retry-after': '3600' } })
    expect(long).toMatchObject({ code: 'vendor-refused', told: expect.stringMatching(/limits the requests/) })
    expect(await during({ status: 429, headers: { 'retry-after': '0' }, times: 1 })).toMatchObject({ code: null })
  })

  it('is never content with an answer that cannot be read', async () => {
    for (const body of [
      '<!doctype html><title>Sign in</title>',
      '{"a":',
      '[null]',
      '{}',
      '"text"',
      'null',
      '{"errors":[]}',
    ]) {
      const isDone = readsNothing && !/^<|:$/.test(body)
      const { code, told } = await during({ status: 200, body, headers: { 'content-type': 'application/json' } })
      if (isDone && code === null) continue
      expect({ body, code }).toEqual({ body, code: expect.stringMatching(/vendor-(refused|failed)/) })
      expect(told).toContain(vendorName())
    }
  })

  it('tells a vendor that fails, is cut off or late', async () => {
    const failed = await during({ status: 503, headers: { 'retry-after': '0' } })
    expect(failed).toMatchObject({ code: 'vendor-failed', told: expect.stringMatching(/does not answer/) })
    const late = AbortSignal.timeout(40)
    provider.double.faults.push({ kind: 'slow', ...meant })
    await expect(ask(await provider.connect(), { signal: late })).rejects.toThrow(/timeout|aborted/i)
    provider.double.faults.splice(0)
  })
})
