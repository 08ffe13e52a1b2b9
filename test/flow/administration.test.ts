import { expect, it, vi } from 'vitest'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { homeOf, pick, type valuesOf } from '../helpers/home.ts'
import { people, societeX } from '../helpers/sandbox.ts'
import { tenantIn } from '../helpers/tenant.ts'

const { alice, bob, dora } = people

eachSandbox('administration in App Home', (sandbox) => {
  const { slack, storage, tenantId } = tenantIn(sandbox)
  const local = () => sandbox().url.replace('localhost', '127.0.0.1')
  const home = homeOf(sandbox)
  /** Opens a form from Home's tab of integrations; gives the id of its modal. */
  const openForm = async (user: string, actionId: string, element?: Record<string, unknown>) => {
    await home.tab(user, 'integrations', new RegExp(`"${actionId}"`))
    return (await home.form(user, actionId, element)).id
  }
  const submit = (viewId: string, fields: Parameters<typeof valuesOf>[0], selects?: readonly string[]) =>
    home.submit(alice, viewId, fields, selects)
  const server = (name = 'dev-1') => `${local()}/sandbox/clusters/${societeX}/${name}`
  const service = async (name: string) =>
    (await storage().catalogue.services(await tenantId())).find((each) => each.name === name)

  it('shows an admin what there is to set up, a member their rights, a guest no more than theirs', async () => {
    const admin = await home.tab(alice, 'integrations')
    expect(admin.text).toContain('admin.add.cluster')
    expect(admin.text).toContain('prod-1')
    expect((await home.open(bob)).text).toContain('déployer en staging')
    const member = await home.tab(bob, 'integrations')
    expect(member.text).toContain('prod-1')
    expect(member.text).not.toContain('admin.')
    const guest = await home.open(dora)
    expect(guest.text).not.toContain('admin.')
    expect(guest.text).not.toContain('tab.integrations')
    expect(guest.text).not.toContain('prod-1')
  })

  it('shows a person what they did last', async () => {
    const { ts } = sandbox().say(bob, '@NOX logs de user-api')
    await sandbox().answer(ts, /Logs/)
    await vi.waitFor(async () => expect((await home.open(bob)).text).toMatch(/logs.{0,80}user-api/i), 5_000)
  })

  it('connects a cluster by server and token, and shows what a real request gave', async () => {
    const id = await openForm(alice, 'admin.add.cluster')
    const fields = { name: 'dev-9', environments: ['staging'], server: server(), token: 'sandbox-dev-1' }
    await submit(id, fields)
    const view = await slack().waitForView(alice, (each) => /est connecté/.test(JSON.stringify(each.json)), 8_000)
    expect(JSON.stringify(view.json)).toMatch(/Kubernetes.v1/)
    const clusters = await storage().catalogue.clusters(await tenantId())
    const cluster = clusters.find((each) => each.name === 'dev-9')
    expect(cluster).toMatchObject({ environments: ['staging'], checkedAt: expect.any(Number) })
    expect(JSON.stringify(clusters)).not.toContain('sandbox-dev-1')
    await slack().closeView(societeX, alice, view.id)
  })

  it('connects a cluster by kubeconfig, and refuses one that would run a program', async () => {
    const config = (user: string) =>
      `apiVersion: v1\nkind: Config\ncurrent-context: a\ncontexts: [{name: a, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: {server: "${server()}"}}]\nusers: [{name: u, user: ${user}}]\n`
    const id = await openForm(alice, 'admin.add.cluster')
    const fields = { name: 'dev-8', environments: ['staging'] }
    const hostile = await submit(id, { ...fields, kubeconfig: config('{exec: {command: touch, args: [marker]}}') })
    expect(hostile.errors?.kubeconfig).toContain('exec')
    await submit(id, { ...fields, kubeconfig: config('{token: sandbox-dev-1}') })
    const view = await slack().waitForView(alice, (each) => /est connecté/.test(JSON.stringify(each.json)), 8_000)
    await slack().closeView(societeX, alice, view.id)
  })

  it('tells why a cluster was not connected, stores nothing of it, and audits it', async () => {
    const id = await openForm(alice, 'admin.add.cluster')
    await submit(id, { name: 'dev-7', environments: ['staging'], server: server(), token: 'wrong-token' })
    const failed = await slack().waitForView(
      alice,
      // Not that the cluster knew NOX before, nor that an admin must do what this one is doing.
      (each) => /Le cluster refuse ce token ou ce certificat/.test(JSON.stringify(each.json)),
      8_000,
    )
    await vi.waitFor(async () => {
      const [record] = await storage().audit.list(await tenantId(), { command: 'cluster.connect', limit: 1 })
      expect(record).toMatchObject({ resource: 'dev-7', result: 'failed', actor: alice })
    }, 5_000)
    expect((await storage().catalogue.clusters(await tenantId())).map(({ name }) => name)).not.toContain('dev-7')
    await slack().closeView(societeX, alice, failed.id)
  })

  it('says in the form what is wrong with a name, an address or a missing field', async () => {
    const id = await openForm(alice, 'admin.add.cluster')
    const taken = await submit(id, { name: 'prod-1', environments: ['production'], server: server(), token: 'x' })
    expect(taken.errors).toHaveProperty('name')
    const fields = { name: 'dev-6', environments: ['staging'] }
    // No kubeconfig was pasted: none is spoken of.
    for (const address of ['ftp://x', '10.0.0.5:6443', '']) {
      const nowhere = await submit(id, { ...fields, server: address, token: 'x' })
      expect(nowhere.errors).toEqual({ server: expect.stringMatching(/^(?!.*kubeconfig).*https:/) })
    }
    const noToken = await submit(id, { ...fields, server: server(), token: '' })
    expect(noToken.errors).toEqual({ token: expect.stringMatching(/^(?!.*kubeconfig).*compte de service/) })
    const noPem = await submit(id, { ...fields, server: server(), token: 'x', ca: 'coucou' })
    expect(noPem.errors).toEqual({ ca: expect.stringMatching(/^(?!.*champ).*PEM/) })
    const nothing = await submit(id, { name: 'dev-6', environments: ['staging'] })
    expect(nothing.errors).toHaveProperty('kubeconfig')
    await slack().closeView(societeX, alice, id)
  })

  it('declares a service, edits it for another environment, and knows it at once', async () => {
    const clusters = await storage().catalogue.clusters(await tenantId())
    const clusterOf = (environment: string) =>
      clusters.find((each) => each.environments.includes(environment))?.id ?? ''
    const fields = {
      name: 'shop-front',
      aliases: 'vitrine, shop',
      template: 'registry.example/{service}:{tag}',
      branch: 'main',
      environment: 'staging',
      cluster: clusterOf('staging'),
      namespace: 'staging',
      deployment: 'user-api',
      container: '',
    }
    const selects = ['environment', 'cluster']
    const wrong = await submit(
      await openForm(alice, 'admin.add.service'),
      { ...fields, template: 'no blanks', cluster: clusterOf('production') },
      selects,
    )
    expect(Object.keys(wrong.errors ?? {}).sort()).toEqual(['template'])
    await slack().closeView(societeX, alice, slack().views(alice).at(-1)?.id ?? '')
    expect(await submit(await openForm(alice, 'admin.add.service'), fields, selects)).toEqual({})
    // Two clients' sites have the same name in their clusters: the form says how to tell them apart.
    const again = await submit(await openForm(alice, 'admin.add.service'), { ...fields, aliases: '' }, selects)
    expect(again.errors).toEqual({ name: expect.stringMatching(/déjà pris.*shop-front-dev-1/) })
    await slack().closeView(societeX, alice, slack().views(alice).at(-1)?.id ?? '')
    expect((await home.tab(alice, 'integrations', /shop-front/)).text).toMatch(/shop-front\*? · staging · dev-1/)
    expect(await service('shop-front')).toMatchObject({
      aliases: ['vitrine', 'shop'],
      targets: [{ environment: 'staging' }],
    })
    const id = await openForm(alice, `admin.service.${(await service('shop-front'))?.id}`, pick('edit'))
    const production = {
      ...fields,
      environment: 'production',
      cluster: clusterOf('production'),
      namespace: 'production',
    }
    expect(await submit(id, production, selects)).toEqual({})
    expect((await service('shop-front'))?.targets.map((each) => each.environment).sort()).toEqual([
      'production',
      'staging',
    ])
    const records = await storage().audit.list(await tenantId(), { command: 'service.save', limit: 5 })
    expect(records[0]).toMatchObject({ actor: alice, resource: 'shop-front', result: 'changed' })
    const { ts } = sandbox().say(alice, '@NOX pods de vitrine en staging')
    await sandbox().answer(ts, /Pods de/)
  })

  it('refuses a forged form of someone who is no admin, and audits it', async () => {
    const fields = { name: 'evil', environments: ['production'], server: server(), token: 'x' }
    const response = await home.forge(bob, 'admin.cluster', { id: null }, fields)
    expect(JSON.parse(response.text)).toMatchObject({
      response_action: 'errors',
      errors: { name: expect.any(String) },
    })
    expect((await storage().catalogue.clusters(await tenantId())).map(({ name }) => name)).not.toContain('evil')
    const [record] = await storage().audit.list(await tenantId(), { command: 'cluster.connect', actor: bob, limit: 1 })
    expect(record).toMatchObject({ result: 'refused' })
  })

  it('knows no entry and no cluster of another tenant', async () => {
    const other = (await storage().installations.tenantOf('T0FREELEA')) ?? ''
    const [theirs] = await storage().catalogue.services(other)
    const [theirCluster] = await storage().catalogue.clusters(other)
    const shown = await home.tab(alice, 'integrations')
    expect(shown.text).not.toContain(theirs?.id)
    const source = { kind: 'view', view_id: shown.id } as const
    const press = { source, block_id: 'x', action_id: `admin.service.${theirs?.id}`, element: pick('edit') }
    await expect(slack().press(societeX, alice, press)).rejects.toThrow()
    const id = await openForm(alice, 'admin.add.service')
    const fields = { name: 'theft', template: 'x:{tag}', environment: 'staging', namespace: 'staging', deployment: 'd' }
    const result = await submit(id, { ...fields, cluster: theirCluster?.id ?? '' }, ['environment', 'cluster'])
    expect(result.errors ?? {}).toHaveProperty('cluster')
    await slack().closeView(societeX, alice, id)
  })
})
