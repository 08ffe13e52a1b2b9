import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Repositories } from '../../src/capabilities/repositories.ts'
import { NoxError } from '../../src/errors.ts'
import { apiOf, checkGithub, readLogins } from '../../src/integrations/github/settings.ts'
import { declaredInputs } from '../../src/integrations/github/workflows.ts'
import { plainPhrase } from '../../src/texts/render.ts'
import { byApp, byToken, type GithubUnderTest, repository, startGithub } from '../helpers/github.ts'

let github: GithubUnderTest
const call = () => ({ signal: AbortSignal.timeout(20_000) })
beforeEach(async () => {
  github = await startGithub()
})
afterEach(() => github.close())

const portOf = async (how: Parameters<GithubUnderTest['connect']>[0] = byToken('ghp_all')): Promise<Repositories> => {
  const { repositories } = await github.connect(how)
  if (!repositories) throw new Error('no repositories')
  return repositories
}
/** What a person is told. */
const told = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof NoxError) || !error.forPerson) throw new Error(`told nothing: ${String(error)}`)
  expect(JSON.stringify([error.message, error.facts])).not.toMatch(/ghp_|ghs_|PRIVATE KEY/)
  return plainPhrase(error.forPerson, 'en')
}

describe('connecting GitHub', () => {
  it('tells as whom NOX acts, and which rights are missing', async () => {
    const whole = await (await github.connect(byToken('ghp_all'))).test(call())
    expect(whole).toMatchObject({ account: 'nox-acme', missing: [] })
    const narrow = await (await github.connect(byToken('ghp_narrow'))).test(call())
    expect(narrow).toMatchObject({ account: 'nox-narrow', missing: ['repo'] })
    const app = await (await github.connect(byApp)).test(call())
    expect(app).toMatchObject({ account: 'nox[bot]', missing: ['actions: write'] })
  })

  it('acts as the installation of an App, with a token that it takes once', async () => {
    const port = await portOf(byApp)
    expect(await port.runs(repository, { limit: 2 }, call())).toHaveLength(2)
    await port.runs(repository, { limit: 2 }, call())
    const taken = github.double.exchanges.filter(({ request }) => request.path.endsWith('/access_tokens'))
    expect(taken).toHaveLength(1)
  })

  it('tells a token that GitHub does not know, and a repository that it does not show', async () => {
    expect(await told((await github.connect(byToken('ghp_wrong'))).test(call()))).toMatch(
      /no longer accepts the access/,
    )
    expect(await told((await portOf()).runs('acme/other', { limit: 1 }, call()))).toMatch(/does not know acme\/other/)
    expect(await told((await portOf(byToken('ghp_narrow'))).runs(repository, { limit: 1 }, call()))).toMatch(
      /does not allow this/,
    )
  })

  it('tells an address that is not GitHub’s', async () => {
    const elsewhere = byToken('ghp_all')
    const connected = github.connect({ ...elsewhere, settings: { server: 'http://169.254.169.254/latest' } })
    expect(await told(connected.then((each) => each.test(call())))).toMatch(/not allowed|only calls public/i)
  })
})

describe('refs', () => {
  it('says what a branch, a tag and a commit stand for, and knows when there is none', async () => {
    const port = await portOf()
    const branch = await port.resolve(repository, { branch: 'feature/auth' }, call())
    expect(branch).toMatchObject({ kind: 'branch', name: 'feature/auth', sha: expect.stringMatching(/^[0-9a-f]{40}$/) })
    expect(await port.resolve(repository, { tag: 'v1.0.0' }, call())).toMatchObject({ kind: 'tag', name: 'v1.0.0' })
    expect(branch?.committedAt).toBeLessThan(Date.now() - 3_600_000)
    const short = branch?.sha.slice(0, 7) ?? ''
    expect(await port.resolve(repository, { sha: short }, call())).toMatchObject({ kind: 'sha', sha: branch?.sha })
    expect(await port.resolve(repository, { branch: 'feature/aut' }, call())).toBeNull()
    expect(await port.resolve(repository, { tag: 'v9' }, call())).toBeNull()
    expect(await port.resolve(repository, { sha: 'abcdef1' }, call())).toBeNull()
  })

  it('reads all pages of branches, and the tags', async () => {
    const refs = await (await portOf()).refs(repository, call())
    expect(refs).toHaveLength(133)
    expect(refs).toContain('old/129')
  })
})

describe('runs and pull requests', () => {
  it('runs again what failed, or everything; cancels what runs; asks GitHub once', async () => {
    const port = await portOf()
    const [long, bad, good] = await port.runs(repository, { limit: 10 }, call())
    if (!long || !bad || !good) throw new Error('runs are missing')
    expect([long.state, bad.state, good.state]).toEqual(['running', 'failure', 'success'])
    await port.rerun(bad, call())
    await port.rerun(good, call())
    await port.cancel(long, call())
    expect((await port.run(repository, bad.id, call()))?.attempt).toBe(2)
    expect((await port.run(repository, long.id, call()))?.state).toBe('cancelled')
    const posts = github.double.exchanges.filter(({ request }) => request.method === 'POST')
    expect(posts.map(({ request }) => request.path.split('/').at(-1))).toEqual(['rerun-failed-jobs', 'rerun', 'cancel'])
    expect(await port.run(repository, '1', call())).toBeNull()
    expect(await port.run(repository, '../../user', call())).toBeNull()
  })

  it('never sends a change twice, whatever answer is lost', async () => {
    const port = await portOf()
    const [, bad] = await port.runs(repository, { limit: 10 }, call())
    if (!bad) throw new Error('a run is missing')
    github.double.faults.push({ kind: 'reset', after: true, path: /rerun/, times: 1 })
    await expect(port.rerun(bad, call())).rejects.toMatchObject({ code: 'unreachable' })
    github.double.faults.push({ kind: 'status', status: 502, after: true, path: /cancel/, times: 1 })
    const [long] = await port.runs(repository, { limit: 1 }, call())
    if (!long) throw new Error('a run is missing')
    await expect(port.cancel(long, call())).rejects.toMatchObject({ code: 'vendor-failed' })
    const posts = github.double.exchanges.filter(({ request }) => request.method === 'POST')
    expect(posts).toHaveLength(2)
  })

  it('tells open, merged and closed pull requests apart', async () => {
    const port = await portOf()
    const numbers = async (state: 'open' | 'merged' | 'closed') =>
      (await port.pulls(repository, { state, limit: 10 }, call())).map((pull) => pull.number)
    expect([await numbers('open'), await numbers('merged'), await numbers('closed')]).toEqual([[7], [6], [5]])
  })
})

describe('workflows that are started by hand', () => {
  const about = (actionId: string) => ({ workflow: 'deploy.yml', since: Date.now(), actionId })
  const dispatch = (inputs: Record<string, string>) => ({ workflow: 'deploy.yml', ref: 'main', inputs })

  it('tell their run, on an older server by looking for it', async () => {
    const port = await portOf()
    expect(await port.workflowInputs(repository, 'deploy.yml', 'main', call())).toEqual(['environment', 'nox_action'])
    expect(await port.workflowInputs(repository, 'none.yml', 'main', call())).toBeNull()
    const inputs = { environment: 'staging', nox_action: 'A1' }
    expect(await port.dispatchWorkflow(repository, dispatch(inputs), call())).toMatch(/^\d+$/)
    await github.close()
    github = await startGithub({ isOlder: true })
    const older = await portOf()
    expect(await older.dispatchWorkflow(repository, dispatch(inputs), call())).toBeNull()
    await older.dispatchWorkflow(repository, dispatch({ environment: 'staging', nox_action: 'A2' }), call())
    const found = await older.findDispatched(repository, about('A1'), call())
    expect(found.map(({ title }) => title)).toEqual(['Deploy staging A1'])
    expect(await older.findDispatched(repository, about('A3'), call())).toHaveLength(2)
  })

  it('tell what GitHub refuses in a sentence', async () => {
    const port = await portOf()
    expect(await told(port.dispatchWorkflow(repository, dispatch({}), call()))).toMatch(/refuses to start deploy\.yml/)
  })

  it.each([
    ['on: workflow_dispatch', []],
    ['on: [push, workflow_dispatch]', []],
    [
      '"on":\n  workflow_dispatch:\n    inputs:\n      environment: {required: true}\n      sha:\n',
      ['environment', 'sha'],
    ],
    ['on:\n  workflow_dispatch:\n', []],
    ['on: push', null],
    ['on:\n  push:\n', null],
    ['no: yaml: at: all', null],
    ['', null],
  ])('declare their inputs: %j', (text, inputs) => {
    expect(declaredInputs(text)).toEqual(inputs)
  })
})

describe('the settings of GitHub', () => {
  it('take a token or an App, not both and not half of one', () => {
    expect(checkGithub({ token: 't' })).toBeNull()
    expect(checkGithub({ ...byApp.settings, ...byApp.secrets })).toBeNull()
    expect(checkGithub({})).toHaveProperty('appId')
    expect(checkGithub({ appId: '1', installationId: '2' })).toHaveProperty('privateKey')
    expect(checkGithub({ token: 't', appId: '1' })).toHaveProperty('token')
    expect(checkGithub({ appId: 'x', installationId: '2', privateKey: byApp.secrets.privateKey })).toHaveProperty(
      'appId',
    )
    expect(checkGithub({ appId: '1', installationId: '2', privateKey: 'abc' })).toHaveProperty('privateKey')
    expect(checkGithub({ token: 't', people: 'Bob' })).toHaveProperty('people')
  })

  it('finds people whatever the case and the accents', () => {
    const people = readLogins('Léa Moreau = lea-m\n\nbob   dupont= @bob')
    expect(people?.get('lea moreau')).toBe('lea-m')
    expect(people?.get('bob dupont')).toBe('bob')
  })

  it.each([
    [undefined, 'https://api.github.com'],
    ['https://github.com', 'https://api.github.com'],
    ['https://www.github.com/acme', 'https://api.github.com'],
    ['https://acme.ghe.com', 'https://api.acme.ghe.com'],
    ['https://api.acme.ghe.com/', 'https://api.acme.ghe.com'],
    ['https://evil-ghe.com', 'https://evil-ghe.com/api/v3'],
    ['https://git.example.com', 'https://git.example.com/api/v3'],
    ['https://git.example.com/', 'https://git.example.com/api/v3'],
    ['https://git.example.com/api/v3/', 'https://git.example.com/api/v3'],
  ])('know where the API of %s stands', (server, api) => {
    expect(apiOf(server)).toBe(api)
  })
})
