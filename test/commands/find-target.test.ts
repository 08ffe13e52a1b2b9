import { describe, expect, it } from 'vitest'
import { durationMs } from '../../src/commands/arguments.ts'
import type { Knowledge } from '../../src/commands/command.ts'
import { clusterNamed, findService, namespacesOf, serviceTarget } from '../../src/commands/find-target.ts'

const target = { environment: 'staging', clusterId: 'c1', namespace: 'web', deployment: 'user-api', container: 'app' }
const cluster = {
  tenantId: 't',
  id: 'c1',
  name: 'staging-eu',
  environments: ['staging'],
  namespaces: [],
  isDefault: false,
  checkedAt: null,
}
const knowledge: Knowledge = {
  tenant: {
    id: 't',
    kind: 'company',
    name: 'Société X',
    plan: 'starter',
    language: 'fr',
    timeZone: 'Europe/Paris',
    createdAt: 0,
  },
  services: [
    {
      tenantId: 't',
      id: 's',
      name: 'user-api',
      aliases: ['users'],
      targets: [target],
      imageTemplate: 'r/{service}:{tag}',
      defaultBranch: 'main',
    },
  ],
  clusters: [cluster],
  aliases: [],
  backupTargets: [],
  integrations: [],
}

describe('names of the catalogue', () => {
  it('finds a service by name or alias in any case, never by likeness', () => {
    expect(findService(knowledge, 'USER-API')?.id).toBe('s')
    expect(findService(knowledge, 'Users')?.id).toBe('s')
    expect(findService(knowledge, 'user-ap')).toBeUndefined()
    expect(findService(knowledge, '')).toBeUndefined()
  })

  it('refuses an environment or a cluster where the service does not run, in words', () => {
    const forPerson = (run: () => unknown) => {
      try {
        run()
      } catch (error) {
        return (error as { forPerson?: { key: string } }).forPerson?.key
      }
      return 'nothing was thrown'
    }
    expect(serviceTarget(knowledge, 'users', 'staging').target).toBe(target)
    expect(forPerson(() => serviceTarget(knowledge, 'users', 'production'))).toBe('error.noTarget')
    expect(forPerson(() => serviceTarget(knowledge, 'users', 'staging', 'other'))).toBe('error.targetCluster')
    expect(forPerson(() => serviceTarget(knowledge, 'nobody', 'staging'))).toBe('question.unknownName.none')
  })

  it('takes the only cluster for the cluster, and asks where there are two', () => {
    expect(clusterNamed(knowledge, undefined).name).toBe('staging-eu')
    const two = { ...knowledge, clusters: [cluster, { ...cluster, id: 'c2', name: 'prod-eu' }] }
    expect(() => clusterNamed(two, undefined)).toThrow('no default cluster')
    const marked = { ...two, clusters: [cluster, { ...cluster, id: 'c2', name: 'prod-eu', isDefault: true }] }
    expect(clusterNamed(marked, undefined).name).toBe('prod-eu')
  })

  it('looks at the namespaces of the catalogue where an admin listed none', () => {
    expect(namespacesOf(knowledge, cluster)).toEqual(['web'])
    expect(namespacesOf(knowledge, { ...cluster, namespaces: ['a', 'b'] })).toEqual(['a', 'b'])
  })
})

describe('durations of the command language', () => {
  it.each([
    ['PT15M', 900_000],
    ['PT90M', 5_400_000],
    ['PT1H30M', 5_400_000],
    ['P1D', 86_400_000],
    ['P7D', 604_800_000],
  ])('%s', (iso, ms) => {
    expect(durationMs(iso)).toBe(ms)
  })

  it('refuses what is none', () => {
    expect(() => durationMs('tomorrow')).toThrow('not a duration')
  })
})
