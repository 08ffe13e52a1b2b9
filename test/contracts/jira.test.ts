import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasContract, readContract, reportCoverage } from '../helpers/contract.ts'
import { type JiraUnderTest, startJira } from '../helpers/jira.ts'

const file = 'jira.json'
const present = hasContract(file)

describe.skipIf(!present)(`Jira Cloud against ${present ? file : `${file} (absent: skipped)`}`, () => {
  const call = { signal: AbortSignal.timeout(20_000) }
  const contract = present ? readContract(file) : null
  let jira: JiraUnderTest
  beforeAll(async () => {
    jira = await startJira('cloud')
    const connected = await jira.connect('jira-all')
    const port = connected.tickets
    if (!port) throw new Error('no tickets')
    await connected.test(call)
    const source = { url: 'https://acme.slack.com/archives/C1/p1', title: 'Slack' }
    const made = { type: 'bug', title: 'A', priority: 'high', description: 'B\nC', actionId: 'A1', source } as const
    const ticket = await port.create(made, call)
    expect(await port.findCreated('A1', call)).toMatchObject({ key: ticket.key })
    await port.show('OPS-1', call)
    await port.show('OPS-999', call)
    await port.list({ state: 'open', assignee: 'a:bob', limit: 10 }, call)
    await port.comment('OPS-1', 'Hello', 'Bob · NOX #1', call)
    await port.hasComment('OPS-1', 'Bob · NOX #1', call)
    await port.close('OPS-1', call)
    await port.findPerson('Bob Dupont', call)
  })
  afterAll(() => jira.close())

  it('sends only requests that Jira describes, and the double answers in its shapes', () => {
    const problems = jira.double.exchanges.flatMap((exchange) => contract?.problems(exchange) ?? [])
    expect(problems).toEqual([])
    if (contract) reportCoverage('Jira', contract)
    expect(contract?.covered().length).toBeGreaterThan(11)
  })

  it('would tell a request that Jira does not describe', () => {
    const search = jira.double.exchanges.find(({ request }) => request.path.endsWith('/search/jql'))
    if (!search || !contract) throw new Error('nothing was searched')
    const body = { ...(search.request.body as object), startAt: 0 }
    expect(contract.problems(search)).toEqual([])
    expect(contract.problems({ ...search, request: { ...search.request, body } })).not.toEqual([])
    expect(contract.problems({ ...search, request: { ...search.request, path: '/rest/api/3/search' } })).not.toEqual([])
  })
})
