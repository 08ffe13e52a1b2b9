import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Repositories } from '../../src/capabilities/repositories.ts'
import { hasContract, readContract, reportCoverage } from '../helpers/contract.ts'
import { byApp, byToken, type GithubUnderTest, repository, startGithub } from '../helpers/github.ts'

const file = 'github.json'
const present = hasContract(file)

describe.skipIf(!present)(`GitHub against ${present ? file : `${file} (absent: skipped)`}`, () => {
  const call = { signal: AbortSignal.timeout(20_000) }
  const contract = present ? readContract(file, '/api/v3') : null
  let github: GithubUnderTest
  let port: Repositories
  beforeAll(async () => {
    github = await startGithub()
    const connected = await github.connect(byToken('ghp_all'))
    if (!connected.repositories) throw new Error('no repositories')
    port = connected.repositories
    await connected.test(call)
    const asApp = await github.connect(byApp)
    await asApp.test(call)
    await asApp.repositories?.runs(repository, { limit: 1 }, call)
    await port.resolve(repository, { branch: 'feature/auth' }, call)
    await port.resolve(repository, { branch: 'nowhere' }, call)
    await port.resolve(repository, { tag: 'v1.0.0' }, call)
    await port.refs(repository, call)
    const [, bad] = await port.runs(repository, { limit: 10 }, call)
    await port.runs(repository, { branch: 'main', limit: 10 }, call)
    if (bad) await port.rerun(bad, call)
    const runs = await port.runs(repository, { limit: 10 }, call)
    const [good, long] = [runs.find(({ title }) => title === 'Good'), runs.find(({ title }) => title === 'Long')]
    if (good) await port.rerun(good, call)
    if (long) await port.cancel(long, call)
    await port.run(repository, runs[0]?.id ?? '', call)
    await port.releases(repository, { limit: 5 }, call)
    for (const state of ['open', 'merged', 'closed'] as const) await port.pulls(repository, { state, limit: 5 }, call)
    await port.workflowInputs(repository, 'deploy.yml', 'main', call)
    const inputs = { environment: 'staging', nox_action: 'A1' }
    await port.dispatchWorkflow(repository, { workflow: 'deploy.yml', ref: 'main', inputs }, call)
    await port.findDispatched(repository, { workflow: 'deploy.yml', since: Date.now(), actionId: 'A1' }, call)
    const head = await port.resolve(repository, { branch: 'main' }, call)
    const deployment = { sha: head?.sha ?? '', environment: 'staging', image: 'r.example/web:v1', actionId: 'A1' }
    const id = await port.startDeployment(repository, deployment, call)
    expect(await port.startDeployment(repository, deployment, call)).toBe(id)
    expect(await port.deployedCommit(repository, deployment, call)).toBe(deployment.sha)
    expect(await port.deployedCommit(repository, { ...deployment, image: 'r.example/web:v2' }, call)).toBe(null)
    expect(await port.deployedCommit(repository, { ...deployment, environment: 'qa' }, call)).toBe(null)
    for (const state of ['in_progress', 'success'] as const) await port.setDeploymentState(repository, id, state, call)
  })
  afterAll(() => github.close())

  it('sends only requests that GitHub describes, and the double answers in its shapes', () => {
    const problems = github.double.exchanges.flatMap((exchange) => contract?.problems(exchange) ?? [])
    expect(problems).toEqual([])
    if (contract) reportCoverage('GitHub', contract)
    expect(contract?.covered().length).toBeGreaterThan(14)
  })

  it('would tell a request that GitHub does not describe', () => {
    const [exchange] = github.double.exchanges
    if (!exchange || !contract) throw new Error('nothing was sent')
    const broken = (change: object) => contract.problems({ ...exchange, request: { ...exchange.request, ...change } })
    expect(broken({})).toEqual([])
    expect(broken({ path: '/api/v3/nowhere' })).not.toEqual([])
    expect(broken({ method: 'DELETE' })).not.toEqual([])
    expect(broken({ query: new URLSearchParams('colour=blue') })).not.toEqual([])
    expect(broken({ headers: {} })).not.toEqual([])
    expect(broken({ body: { colour: 'blue' } })).not.toEqual([])
    expect(contract.problems({ ...exchange, answer: { status: 200, body: { login: 7 } } })).not.toEqual([])
    const deployment = github.double.exchanges.find(
      ({ request }) => request.method === 'POST' && request.path.endsWith('/deployments'),
    )
    if (!deployment) throw new Error('no deployment was made')
    const body = { ...(deployment.request.body as object), colour: 'blue' }
    expect(contract.problems({ ...deployment, request: { ...deployment.request, body } })).not.toEqual([])
  })
})
