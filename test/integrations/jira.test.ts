import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Tickets } from '../../src/capabilities/tickets.ts'
import { NoxError } from '../../src/errors.ts'
import { plainWords, toDocument, toWiki } from '../../src/integrations/jira/documents.ts'
import { checkJira, readNames } from '../../src/integrations/jira/settings.ts'
import { siteOf } from '../../src/integrations/shared/atlassian-site.ts'
import { showWiki } from '../../src/sandbox/jira/index.ts'
import { plainPhrase } from '../../src/texts/render.ts'
import { type Edition, type JiraUnderTest, startJira } from '../helpers/jira.ts'

/** What would be read as markup, or as a link. */
const markup = [
  ...[
    '*',
    '_',
    'h1. x',
    'bq. y',
    '\\',
    '\\\\',
    '{',
    '}',
    '[',
    ']',
    '!',
    '--',
    '---',
    '----',
    '- ',
    '# ',
    '&lt;',
    '&#42;',
  ],
  ...[
    '&',
    ' ',
    '\n',
    'a',
    'é',
    ':)',
    ';)',
    ':D',
    '(x)',
    '(on)',
    '??',
    '|',
    '%',
    '@',
    '~',
    '^',
    '+',
    '"',
    "'",
    '{code}',
  ],
  ...['http://a.b/c_d-e*f ', 'https://x.y/(a)?b=c&d ', 'mailto:a_b@c.d '],
]

/** What a reader sees of what Jira keeps. */
const seen = (value: unknown): string => (typeof value === 'string' ? showWiki(value) : plainWords(value))

const call = () => ({ signal: AbortSignal.timeout(20_000) })
/** What a person is told. */
const told = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof NoxError) || !error.forPerson) throw new Error(`told nothing: ${String(error)}`)
  expect(JSON.stringify([error.message, error.facts])).not.toMatch(/jira-(all|narrow|wrong)/)
  return plainPhrase(error.forPerson, 'en')
}

describe.each<Edition>(['cloud', 'datacenter'])('Jira (%s)', (edition) => {
  let jira: JiraUnderTest
  beforeEach(async () => {
    jira = await startJira(edition)
  })
  afterEach(() => jira.close())
  const portOf = async (token = 'jira-all', more = {}): Promise<Tickets> => {
    const { tickets } = await jira.connect(token, more)
    if (!tickets) throw new Error('no tickets')
    return tickets
  }
  const posts = (end: string) =>
    jira.double.exchanges.filter(({ request }) => request.method === 'POST' && request.path.endsWith(end))

  it('tells as whom NOX acts, which rights are missing, and a wrong project or token', async () => {
    expect(await (await jira.connect('jira-all')).test(call())).toEqual({ account: 'NOX', missing: [] })
    const narrow = await (await jira.connect('jira-narrow')).test(call())
    const rights = ['CREATE_ISSUES', 'ADD_COMMENTS', 'TRANSITION_ISSUES', 'LINK_ISSUES']
    expect(narrow.missing).toEqual(rights.map((right) => `OPS: ${right}`))
    expect(await told((await jira.connect('jira-wrong')).test(call()))).toMatch(/no longer accepts/)
    expect(await told((await jira.connect('jira-all', { project: 'NOPE' })).test(call()))).toMatch(/does not know NOPE/)
  })

  it('makes a ticket with its type, priority, label and link back, and finds it by its action', async () => {
    const port = await portOf()
    const source = { url: 'https://acme.slack.com/archives/C1/p1', title: 'Slack' }
    const made = await port.create(
      { type: 'bug', title: 'Ça casse  "vite"', priority: 'high', description: 'x {y} *z*', actionId: 'A1', source },
      call(),
    )
    expect(made).toMatchObject({
      title: 'Ça casse "vite"',
      type: 'Bug',
      priority: 'High',
      project: 'OPS',
      isDone: false,
    })
    const stored = jira.double.world.issues.find(({ key }) => key === made.key)
    expect(stored?.labels).toContain('nox-a1')
    expect([...(stored?.links.values() ?? [])]).toEqual([source])
    expect(seen(stored?.description)).toBe('x {y} *z*')
    expect(await port.findCreated('A1', call())).toMatchObject({ key: made.key })
    expect(await port.findCreated('A2', call())).toBeNull()
  })

  it('finds the names of a project in another language, and those that an admin told', async () => {
    const port = await portOf()
    const made = await port.create({ type: 'bug', title: 'A', priority: 'low', project: 'dev', actionId: 'A1' }, call())
    expect(made).toMatchObject({ type: 'Anomalie', project: 'DEV', priority: null })
    const own = await portOf('jira-all', { names: 'incident = Bug\nDEV.incident = Récit' })
    expect(await own.create({ type: 'incident', title: 'A', actionId: 'A2' }, call())).toMatchObject({ type: 'Bug' })
    const there = await own.create({ type: 'incident', title: 'A', project: 'DEV', actionId: 'A3' }, call())
    expect(there.type).toBe('Récit')
    expect(
      await told(
        (await portOf('jira-all', { names: 'story = Saga' })).create(
          { type: 'story', title: 'A', actionId: 'A4' },
          call(),
        ),
      ),
    ).toMatch(/OPS has no type for “story”\. It has: Task, Bug, Story/)
  })

  it('finds a type that stands on the last page of many', async () => {
    const port = await portOf('jira-all', { names: 'incident = Kind 119' })
    const made = await port.create({ type: 'incident', title: 'A', project: 'BIG', actionId: 'A1' }, call())
    expect(made.type).toBe('Kind 119')
    const pages = jira.double.exchanges.filter(({ request }) => request.path.endsWith('/issuetypes'))
    expect(pages.map(({ request }) => request.query.get('startAt'))).toEqual(['0', '50', '100'])
  })

  it('refuses where the ticket could not be told from another, and made nothing', async () => {
    const port = await portOf()
    const before = jira.double.world.issues.length
    expect(await told(port.create({ type: 'task', title: 'A', project: 'RAW', actionId: 'A1' }, call()))).toMatch(
      /labels/,
    )
    expect(
      await told((await portOf('jira-narrow')).create({ type: 'task', title: 'A', actionId: 'A1' }, call())),
    ).toMatch(/does not know|does not allow/)
    expect(jira.double.world.issues).toHaveLength(before)
  })

  it('never makes a ticket twice, whatever answer is lost', async () => {
    const port = await portOf()
    jira.double.faults.push({ kind: 'reset', after: true, path: /\/issue$/, times: 1 })
    await expect(port.create({ type: 'task', title: 'A', actionId: 'A1' }, call())).rejects.toMatchObject({
      code: 'unreachable',
    })
    expect(posts('/issue')).toHaveLength(1)
    expect(await port.findCreated('A1', call())).not.toBeNull()
  })

  it('shows and lists by state and person, and is not fooled by quotes', async () => {
    const port = await portOf()
    expect(await port.show('OPS-1', call())).toMatchObject({ title: 'One', assignee: 'Bob Dupont', priority: 'High' })
    expect(await port.show('OPS-999', call())).toBeNull()
    expect(await told(port.show('../user', call()))).toMatch(/does not know/)
    const keys = async (filter: Parameters<Tickets['list']>[0]) =>
      (await port.list(filter, call())).map(({ key }) => key)
    expect(await keys({ state: 'open', limit: 10 })).toEqual(['OPS-3', 'OPS-1'])
    expect(await keys({ state: 'closed', limit: 10 })).toEqual(['OPS-2'])
    expect(await keys({ state: 'all', limit: 2 })).toEqual(['OPS-3', 'OPS-1'])
    const bob = edition === 'cloud' ? 'a:bob' : 'bob'
    expect(await keys({ state: 'all', assignee: bob, limit: 9 })).toEqual(['OPS-1'])
    const nobody = keys({ state: 'all', assignee: `x" OR assignee = "${bob}`, limit: 9 })
    // The cloud finds nothing of somebody unknown; a data center refuses the query.
    if (edition === 'cloud') expect(await nobody).toEqual([])
    else expect(await told(nobody)).toMatch(/does not know x" OR/)
    expect(await told(port.list({ state: 'all', project: 'OPS" OR 1', limit: 9 }, call()))).toMatch(/key of a project/)
  })

  it('keeps the whole of a long title in the description, and as much of a text as Jira takes', async () => {
    const port = await portOf()
    const title = `Le login casse 😀\n${'très long '.repeat(40)}fin`
    const made = await port.create({ type: 'bug', title, description: 'De Bob', actionId: 'A1' }, call())
    const stored = jira.double.world.issues.find(({ key }) => key === made.key)
    expect(stored?.summary).toMatch(/^Le login casse 😀 très long .*…$/)
    expect(stored?.summary.length).toBeLessThanOrEqual(255)
    expect(seen(stored?.description)).toBe(`${title}\n\nDe Bob`)
    const endless = { type: 'task', title: 'A', description: '*😀-'.repeat(20_000), actionId: 'A2' } as const
    const long = await port.create(endless, call())
    expect(seen(jira.double.world.issues.find(({ key }) => key === long.key)?.description)).toMatch(/^\*😀-.{5000,}…$/s)
    await port.comment('OPS-1', endless.description, 'Bob · NOX #7', call())
    expect(await port.hasComment('OPS-1', 'Bob · NOX #7', call())).toBe(true)
  })

  it('tells a project that it may not write to, however Jira says so', async () => {
    const port = await portOf()
    const body = JSON.stringify({ errorMessages: [], errors: { project: 'No permission to create issues.' } })
    for (const path of [/createmeta/, /\/issue$/]) {
      jira.double.faults.push({ kind: 'status', status: 400, body, path, times: 1 })
      const work = port.create({ type: 'task', title: 'A', actionId: 'A1' }, call())
      expect(await told(work)).toMatch(/does not know OPS, or does not show it/)
    }
  })

  it('reads its comment among many, though the newest come last where nobody says how', async () => {
    const port = await portOf()
    for (let count = 0; count < 60; count += 1) await port.comment('OPS-1', 'x', `Bob · NOX #${count}`, call())
    expect(await port.hasComment('OPS-1', 'Bob · NOX #59', call())).toBe(true)
  })

  it('comments once, signed, and knows its own comment again', async () => {
    const port = await portOf()
    await port.comment('OPS-1', 'C’est {corrigé}\n- voir *là*', 'Bob · NOX #7', call())
    expect(await port.hasComment('OPS-1', 'Bob · NOX #7', call())).toBe(true)
    expect(await port.hasComment('OPS-1', 'Bob · NOX #8', call())).toBe(false)
    const [comment] = jira.double.world.issues.find(({ key }) => key === 'OPS-1')?.comments ?? []
    expect(seen(comment?.body)).toBe('C’est {corrigé}\n- voir *là*\n— Bob · NOX #7')
    expect(await told(port.comment('OPS-999', 'x', 'y', call()))).toMatch(/does not know OPS-999/)
  })

  it('closes by the meaning of a status, with the resolution that the screen wants', async () => {
    const port = await portOf()
    expect(await port.close('OPS-1', call())).toMatchObject({ status: 'Released', isDone: true })
    expect(jira.double.world.issues.find(({ key }) => key === 'OPS-1')?.resolution).toBe('Done')
    expect(await told(port.close('OPS-3', call()))).toMatch(/No transition closes OPS-3 now\. Possible: Reject, Start/)
    expect(await told((await portOf('jira-narrow')).close('OPS-3', call()))).toMatch(/opens no transition/)
  })

  it('finds a person by the whole name, and nobody where two have it', async () => {
    const port = await portOf()
    expect(await port.findPerson('bob dupont', call())).toBe(edition === 'cloud' ? 'a:bob' : 'bob')
    expect(await port.findPerson('Bob', call())).toBeNull()
    expect(await port.findPerson('Eve Roy', call())).not.toBe('a:eve')
    expect(await (await portOf('jira-all', { people: 'Bob = a:x' })).findPerson('Bob', call())).toBe('a:x')
  })
})

describe('the settings of Jira', () => {
  const cloud = { edition: 'cloud', url: 'https://a.atlassian.net', email: 'a@b.fr', token: 't', project: 'OPS' }

  it('say what is wrong, by field', () => {
    expect(checkJira(cloud)).toBeNull()
    expect(checkJira({ ...cloud, email: 'no' })).toHaveProperty('email')
    expect(checkJira({ ...cloud, project: 'ops!' })).toHaveProperty('project')
    expect(checkJira({ ...cloud, names: 'colour = Blue' })).toHaveProperty('names')
    expect(checkJira({ ...cloud, people: 'Bob' })).toHaveProperty('people')
    const { email: _, ...datacenter } = { ...cloud, edition: 'datacenter' }
    expect(checkJira(datacenter)).toBeNull()
    expect(readNames('OPS.Bug = Anomalie')?.get('OPS.bug')).toBe('Anomalie')
  })
})

describe('a person’s words in Jira', () => {
  it('stay what they are, in a document and in a data center’s text', () => {
    const piece = fc.oneof(fc.constantFrom(...markup), fc.string({ unit: 'grapheme', maxLength: 3 }))
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = pieces.join('').replaceAll('\r', '')
        expect(plainWords(toDocument(text))).toBe(text)
        expect(plainWords(toWiki(text))).toBe(text)
        expect(showWiki(toWiki(text))).toBe(text)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([
    '*a*',
    'h1. a',
    'bq. a',
    '- a',
    '# a',
    '|a|',
    '{code}',
    '[a]',
    '!a!',
    '??a??',
    'a -- b',
    ':)',
    '(x)',
    'C:\\\\a',
  ])('would be drawn by a data center as they stand: %s', (text) => {
    expect(showWiki(text)).not.toBe(text)
    expect(showWiki(toWiki(text))).toBe(text)
  })

  it.each([
    ['see https://grafana.acme.fr/d/a-b_c?x=1&y=[2] now', 'see https://grafana.acme.fr/d/a-b_c?x=1&y=%5B2%5D now'],
    ['"https://a.fr/b-c"', '"https://a.fr/b\\-c"'],
    ['C:\\\\server\\logs', 'C:&#92;&#92;server&#92;logs'],
    ['x &#42; y & z', 'x &amp;#42; y & z'],
  ])('keep their addresses as links, and their backslashes: %s', (text, wiki) => {
    expect(toWiki(text)).toBe(wiki)
  })
})

it.each([
  ['https://acme.atlassian.net/jira/software/projects/OPS', 'https://acme.atlassian.net'],
  ['https://acme.atlassian.net/wiki/spaces/OPS', 'https://acme.atlassian.net'],
  ['https://jira.acme.fr/jira/', 'https://jira.acme.fr/jira'],
  ['https://jira.acme.fr/jira/browse/OPS-12?focusedId=1', 'https://jira.acme.fr/jira'],
  ['https://jira.acme.fr/projects/OPS/issues', 'https://jira.acme.fr'],
  ['https://jira.acme.fr/jira/secure/Dashboard.jspa', 'https://jira.acme.fr/jira'],
  ['https://jira.acme.fr/jira/rest/api/2/myself', 'https://jira.acme.fr/jira'],
  ['https://acme.fr/projects/jira', 'https://acme.fr/projects/jira'],
  ['https://wiki.acme.fr/confluence/display/OPS/Home#top', 'https://wiki.acme.fr/confluence'],
  ['https://wiki.acme.fr/spaces/OPS/pages/12/Home', 'https://wiki.acme.fr'],
  ['https://wiki.acme.fr/pages/viewpage.action?pageId=12', 'https://wiki.acme.fr'],
  ['https://wiki.acme.fr:8443/dashboard.action', 'https://wiki.acme.fr:8443'],
  ['https://atlassian.net.evil.example/x', 'https://atlassian.net.evil.example/x'],
])('knows where the site of %s begins', (url, site) => {
  expect(siteOf(url)).toBe(site)
})
