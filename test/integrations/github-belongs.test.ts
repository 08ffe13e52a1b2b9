import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { Connection } from '../../src/capabilities/connectors.ts'
import { isFromConnection, reachesOwner } from '../../src/integrations/github/belongs.ts'
import { webHostOf } from '../../src/integrations/github/settings.ts'
import { byApp, byToken, type GithubUnderTest, seed, startGithub } from '../helpers/github.ts'

const connection = (
  settings: Record<string, string>,
  secrets: Record<string, string>,
  owners?: readonly string[],
): Connection => ({
  integration: {
    tenantId: 'T1',
    vendor: 'github',
    settings,
    account: 'nox',
    connectedAt: 0,
    checkedAt: 0,
    failingSince: null,
    ...(owners && { owners }),
  },
  secrets,
})
const byInstallation = (installationId: string, server = 'https://ghe.acme.example') =>
  connection({ server, appId: '1', installationId }, { privateKey: 'x' })
const name = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/)

describe('where a delivery of GitHub comes from', () => {
  it.each([
    [undefined, 'github.com'],
    ['https://github.com', 'github.com'],
    ['https://www.github.com/', 'github.com'],
    ['https://api.github.com', 'github.com'],
    ['https://acme.ghe.com', 'acme.ghe.com'],
    ['https://api.acme.ghe.com', 'acme.ghe.com'],
    ['https://ghe.acme.example/api/v3', 'ghe.acme.example'],
    ['https://ghe.acme.example:8443', 'ghe.acme.example'],
    ['https://github.com.evil.example', 'github.com.evil.example'],
  ])('%s has its pages at %s', (server, host) => {
    expect(webHostOf(server)).toBe(host)
  })

  it('is this connection for its own server and installation alone', () => {
    fc.assert(
      fc.property(name, name, fc.nat(), fc.nat(), (own, other, id, otherId) => {
        const mine = byInstallation(String(id), `https://${own}.example`)
        const sent = (host: string, installation: number) => ({
          repository: { full_name: 'acme/web', html_url: `https://${host}.example/acme/web` },
          installation: { id: installation },
        })
        expect(isFromConnection(sent(own, id), mine)).toBe(true)
        expect(isFromConnection(sent(other, id), mine)).toBe(other === own)
        expect(isFromConnection(sent(own, otherId), mine)).toBe(otherId === id)
        expect(isFromConnection(sent(own, otherId), connection(mine.integration.settings, { token: 't' }))).toBe(true)
      }),
    )
  })

  it('cannot be told where a delivery tells nothing of it', () => {
    for (const origin of [{}, { repository: {} }, { repository: null, installation: null }, { installation: {} }]) {
      expect(isFromConnection(origin as object, byInstallation('1'))).toBe(true)
    }
  })

  it('is an account that the connection reaches, whole and in any case', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 2, maxLength: 6 }), name, ([first = '', ...owners], repository) => {
        const { integration } = connection({}, {}, owners)
        for (const owner of owners) expect(reachesOwner(integration, `${owner.toUpperCase()}/${repository}`)).toBe(true)
        expect(reachesOwner(integration, `${first}/${repository}`)).toBe(false)
        expect(reachesOwner(integration, `${owners[0]}-2/${repository}`)).toBe(owners.includes(`${owners[0]}-2`))
        expect(reachesOwner(connection({}, {}).integration, `${first}/${repository}`)).toBe(true)
      }),
    )
  })
})

describe('the accounts that a connection reaches', () => {
  let github: GithubUnderTest
  afterEach(() => github.close())
  const call = { signal: AbortSignal.timeout(20_000) }
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ ...seed.repositories[0], name: `org-${at % 3}/repo-${at}` }))

  it('are those of all the repositories of a token, its own among them', async () => {
    github = await startGithub({ repositories: many(230) as never })
    const { owners } = await (await github.connect(byToken('ghp_all'))).test(call)
    expect(owners).toEqual(['nox-acme', 'org-0', 'org-1', 'org-2'])
  })

  it('are one for the installation of an App', async () => {
    github = await startGithub()
    expect((await (await github.connect(byApp)).test(call)).owners).toEqual(['acme'])
  })

  it('are not told where there are too many repositories, or the token may not list them; it is connected still', async () => {
    github = await startGithub({ repositories: many(1_000) as never })
    expect(await (await github.connect(byToken('ghp_all'))).test(call)).toEqual({ account: 'nox-acme', missing: [] })
    github.double.faults.push({ kind: 'status', status: 403, path: /user\/repos/ })
    expect(await (await github.connect(byToken('ghp_all'))).test(call)).toEqual({ account: 'nox-acme', missing: [] })
  })
})
