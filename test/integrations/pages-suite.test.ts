import { afterEach, describe, expect, it } from 'vitest'
import type { Connected } from '../../src/capabilities/connectors.ts'
import type { PageDocument } from '../../src/domain/page.ts'
import { NoxError } from '../../src/errors.ts'
import { type ConfluenceDouble, createConfluenceDouble } from '../../src/sandbox/confluence/index.ts'
import { databaseIdOf, type NotionDouble } from '../../src/sandbox/notion/index.ts'
import { plainPhrase } from '../../src/texts/render.ts'
import { hasContract, readContract, reportCoverage } from '../helpers/contract.ts'
import { type PagesProvider, pagesProviders } from '../helpers/pages.ts'

const call = () => ({ signal: AbortSignal.timeout(20_000) })
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let provider: PagesProvider
afterEach(() => provider.close())

/** What each provider needs to write, and how the suite reads what stands there. */
const notionSeen = (double: PagesProvider['double']) =>
  (double as NotionDouble).world.pages
    .filter(({ words, inTrash }) => words === '' && !inTrash)
    .map(({ title, blocks }) => ({ title, text: JSON.stringify(blocks.map(({ content }) => content)) }))
const confluenceSeen = (double: PagesProvider['double']) =>
  (double as ConfluenceDouble).world.pages
    .filter(({ words, isTrashed }) => words === '' && !isTrashed)
    .map(({ title, body }) => ({ title, text: body }))

const providers = {
  'a page of Notion': {
    start: pagesProviders.notion,
    place: async () => {
      const [first] = (provider.double as NotionDouble).world.pages
      return { parent: `https://www.notion.so/acme/Runbook-${first?.id.replaceAll('-', '')}?pvs=4` }
    },
    seen: notionSeen,
    wrongPlace: { parent: '0123456789abcdef0123456789abcdef' },
    picture: /file_upload.{1,80}id/,
  },
  'a database of Notion': {
    start: pagesProviders.notion,
    place: async () => ({ parent: databaseIdOf('Reports') }),
    seen: notionSeen,
    wrongPlace: { parent: '0123456789abcdef0123456789abcdef' },
    picture: /file_upload.{1,80}id/,
  },
  'Confluence Cloud': {
    start: pagesProviders['confluence cloud'],
    place: async () => ({ parent: '100' }),
    seen: confluenceSeen,
    wrongPlace: { space: 'NOWHERE' },
    picture: /ri:filename="nox-[0-9a-f]{16}\.png"/,
  },
  'Confluence Data Center': {
    start: pagesProviders['confluence datacenter'],
    place: async () => ({ space: 'OPS' }),
    seen: confluenceSeen,
    wrongPlace: { space: 'NOWHERE' },
    picture: /ri:filename="nox-[0-9a-f]{16}\.png"/,
  },
} as const

const document = (title: string, more: PageDocument['blocks'] = []): PageDocument => ({
  title,
  blocks: [
    { kind: 'heading', level: 1, text: 'Déploiements & <incidents>' },
    {
      kind: 'paragraph',
      line: [{ text: 'Taux ' }, { text: '12 %', isBold: true, url: 'https://nox.example/a?b=1&c=2' }],
    },
    { kind: 'paragraph', line: [{ text: 'never a link', url: 'javascript:alert(1)' }, { text: '"]]>\u0001' }] },
    { kind: 'list', items: [[{ text: 'un' }], [{ text: 'deux', isCode: true }]] },
    { kind: 'table', header: ['Service', 'n'], rows: [[[{ text: 'user-api' }], [{ text: '3' }]]] },
    { kind: 'picture', png, text: 'Courbe des "déploiements"' },
    ...more,
  ],
})

const pagesOf = ({ pages }: Connected) => {
  if (!pages) throw new Error('no pages')
  return pages
}
const told = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof NoxError) || !error.forPerson) throw new Error(`told nothing: ${String(error)}`)
  return plainPhrase(error.forPerson, 'en')
}

describe.each(Object.entries(providers))('%s', (_, { start, place, seen, wrongPlace, picture }) => {
  it('takes a page with all that it has, finds it by its title, and writes over none', async () => {
    provider = await start()
    const pages = pagesOf(await provider.connect('pages-token', await place()))
    expect(await pages.find('Weekly report', call())).toBeNull()
    const made = await pages.create(document('Weekly report'), call())
    expect(URL.canParse(made.url)).toBe(true)
    expect(await pages.find('Weekly report', call())).toEqual(made)
    const [page, ...others] = seen(provider.double)
    expect(others).toEqual([])
    expect(page?.title).toBe('Weekly report')
    for (const words of ['Taux', '12 %', 'user-api', 'deux', 'never a link']) expect(page?.text).toContain(words)
    expect(page?.text).toMatch(picture)
    expect(page?.text).not.toContain('javascript:')
    expect((await pages.search('weekly', 5, call())).map(({ title }) => title)).toEqual(['Weekly report'])
    expect(await told(pages.create(document('Weekly report'), call()))).toMatch(/Weekly report.*is there already/)
    expect(seen(provider.double)).toHaveLength(1)
  })

  it('replaces what stands on a page, again and again', async () => {
    provider = await start()
    const pages = pagesOf(await provider.connect('pages-token', await place()))
    const { id, url } = await pages.create(document('Post-mortem'), call())
    const next = { title: 'Post-mortem, final', blocks: [{ kind: 'paragraph', line: [{ text: 'The end.' }] }] } as const
    for (let count = 0; count < 2; count += 1) expect(await pages.update(id, next, call())).toEqual({ id, url })
    expect(seen(provider.double)).toHaveLength(1)
    const [page] = seen(provider.double)
    expect(page?.title).toBe('Post-mortem, final')
    expect(page?.text).toContain('The end.')
    expect(page?.text).not.toContain('Taux')
    const withPicture = { ...next, blocks: document('').blocks }
    await pages.update(id, withPicture, call())
    await pages.update(id, withPicture, call())
    expect(seen(provider.double)[0]?.text).toMatch(picture)
  })

  it('keeps the vendor’s limits: long texts, long tables, many blocks', async () => {
    provider = await start()
    const pages = pagesOf(await provider.connect('pages-token', await place()))
    const rows = Array.from({ length: 230 }, (_row, at) => [[{ text: `row ${at}` }], [{ text: '😀'.repeat(1_100) }]])
    const lines = Array.from(
      { length: 250 },
      (_line, at) => ({ kind: 'paragraph', line: [{ text: `line ${at}` }] }) as const,
    )
    const long = { kind: 'paragraph', line: [{ text: 'é😀'.repeat(20_000) }] } as const
    const table = { kind: 'table', header: ['a', 'b'], rows: rows.slice(0, 150) } as const
    await pages.create({ title: 'Long', blocks: [long, ...lines, table] }, call())
    const [page] = seen(provider.double)
    for (const words of ['line 0', 'line 249', 'row 149']) expect(page?.text).toContain(words)
    expect(page?.text.match(/😀/g)?.length).toBe(20_000 + 150 * 1_100)
  })

  it('looks for the page where the answer was lost, and leaves no half of one', async () => {
    provider = await start()
    const pages = pagesOf(await provider.connect('pages-token', await place()))
    const creates = /^\/v1\/pages$|\/api\/v2\/pages$|\/rest\/api\/content$/
    provider.double.faults.push({ kind: 'status', status: 500, after: true, path: creates, method: 'POST', times: 1 })
    const made = await pages.create(document('Lost'), call())
    expect(await pages.find('Lost', call())).toEqual(made)
    expect(seen(provider.double)).toHaveLength(1)

    const parts = /child\/attachment$|\/children$/
    const many = Array.from({ length: 150 }, () => ({ kind: 'paragraph', line: [{ text: 'x' }] }) as const)
    provider.double.faults.push({ kind: 'status', status: 500, path: parts, method: 'PATCH' })
    provider.double.faults.push({ kind: 'status', status: 500, path: parts, method: 'PUT' })
    provider.double.faults.push({ kind: 'status', status: 500, path: parts, method: 'POST' })
    expect(await told(pages.create(document('Half', many), call()))).toMatch(/does not answer/)
    provider.double.faults.splice(0)
    expect(seen(provider.double).map(({ title }) => title)).toEqual(['Lost'])
  })

  it('says where it cannot write: no place, a place that is none', async () => {
    provider = await start()
    const nowhere = pagesOf(await provider.connect('pages-token'))
    expect(await told(nowhere.create(document('x'), call()))).toMatch(/no place in .* to write to/)
    const wrong = await provider.connect('pages-token', wrongPlace)
    expect(await told(wrong.test(call()))).toMatch(/shows (NOX )?no/)
    expect(await (await provider.connect('pages-token', await place())).test(call())).toEqual({
      account: 'NOX',
      missing: [],
    })
  })
})

describe.each([
  ['Notion', ['a page of Notion', 'a database of Notion'], ['notion-sdk.json']],
  ['Confluence', ['Confluence Cloud'], ['confluence-v2.json', 'confluence-v1.json']],
] as const)('%s against its description', (vendor, names, files) => {
  const present = files.every(hasContract)
  it.skipIf(!present)(`writes as it says${present ? '' : ' (absent: skipped)'}`, async () => {
    const contracts = files.map((file) => readContract(file, file === 'confluence-v2.json' ? '/wiki/api/v2' : ''))
    for (const name of names) {
      provider = await providers[name].start()
      const connected = await provider.connect('pages-token', await providers[name].place())
      await connected.test(call())
      const pages = pagesOf(connected)
      const { id } = await pages.create(document('Contract'), call())
      await pages.update(id, document('Contract 2'), call())
      await pages.search('Contract', 1, call())
      const seen = provider.double.exchanges.filter(({ request }) => !request.path.endsWith('/send'))
      const problems = seen.flatMap((exchange) => {
        const of = contracts.map((contract) => contract.problems(exchange))
        return of.find((each) => !each.some((text) => text.endsWith('is not described'))) ?? of[0] ?? []
      })
      expect(problems).toEqual([])
      if (name !== names.at(-1)) await provider.close()
    }
    for (const contract of contracts) reportCoverage(vendor, contract)
    const covered = contracts.flatMap((contract) => contract.covered())
    expect(covered.length).toBeGreaterThanOrEqual(7)
  })
})

it('refuses at the double what Confluence refuses: XHTML that is none', async () => {
  provider = await pagesProviders['confluence cloud']()
  const double = createConfluenceDouble({
    seed: {
      email: 'a@b.example',
      token: 't',
      name: 'NOX',
      pages: [{ id: '1', space: 'OPS', title: 'a', words: 'b', minutesAgo: 1 }],
    },
    edition: 'cloud',
  })
  const { url } = await double.listen()
  const space = double.world.numberOf('OPS')
  const send = async (value: string) => {
    const authorization = `Basic ${Buffer.from('a@b.example:t').toString('base64')}`
    const body = JSON.stringify({
      spaceId: space,
      status: 'current',
      title: value,
      body: { representation: 'storage', value },
    })
    const headers = { authorization, 'content-type': 'application/json' }
    return (await fetch(`${url}/wiki/api/v2/pages`, { method: 'POST', headers, body })).status
  }
  expect(await Promise.all(['<p>a & b</p>', '<p>a', '<p><b>a</p></b>', 'a < b', '<p>a<br /></p>'].map(send))).toEqual([
    400, 400, 400, 400, 200,
  ])
  await double.close()
})
