import { expect, it } from 'vitest'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { homeOf, pick, plainSpaces } from '../helpers/home.ts'
import { people } from '../helpers/sandbox.ts'
import { tenantIn } from '../helpers/tenant.ts'

const { alice } = people
const selects = ['environment', 'cluster']

interface Input {
  readonly type: string
  readonly block_id: string
  readonly element: { readonly action_id: string; readonly initial_option?: { readonly value: string } }
}

eachSandbox('a service whose environment has a cluster', (sandbox) => {
  const { slack, storage, tenantId } = tenantIn(sandbox)
  const home = homeOf(sandbox)
  const service = async (name: string) =>
    (await storage().catalogue.services(await tenantId())).find((each) => each.name === name)
  const clusterOf = async (name: string) =>
    (await storage().catalogue.clusters(await tenantId())).find((each) => each.name === name)?.id ?? ''
  const openForm = async (actionId: string, element?: Record<string, unknown>) => {
    await home.tab(alice, 'integrations', new RegExp(`"${actionId}"`))
    return (await home.form(alice, actionId, element)).id
  }
  const fields = (name: string, environment: string, cluster: string) => ({
    name,
    template: 'registry.example/{service}:{tag}',
    branch: 'main',
    environment,
    cluster,
    namespace: 'staging',
    deployment: 'user-api',
  })
  const places = async (name: string) =>
    (await service(name))?.targets.map(({ environment, clusterId }) => `${environment} ${clusterId}`)
  const edit = async (name: string) => openForm(`admin.service.${(await service(name))?.id}`, pick('edit'))
  const asked = () => slack().waitForView(alice, ({ json }) => /un seul cluster|one cluster/.test(JSON.stringify(json)))
  /** The fields under the blocks that the form has by now. */
  const again = (json: unknown, values: Record<string, string>) => {
    const inputs = (json as { blocks: Input[] }).blocks.filter(({ type }) => type === 'input')
    const ids = new Map(inputs.map(({ block_id, element }) => [element.action_id, block_id]))
    const named = Object.entries(values).map(([field, value]) => [ids.get(field) ?? field, value])
    return [Object.fromEntries(named), selects.map((field) => ids.get(field) ?? field)] as const
  }

  it('is asked about before it moves: nothing is lost to who wanted a second one', async () => {
    const [dev, prod] = [await clusterOf('dev-1'), await clusterOf('prod-1')]
    expect(
      await home.submit(alice, await openForm('admin.add.service'), fields('portal', 'staging', dev), selects),
    ).toEqual({})
    const id = await edit('portal')
    await home.submit(alice, id, fields('portal', 'staging', prod), selects)
    const view = await asked()
    const text = plainSpaces(JSON.stringify(view.json))
    expect(text).toMatch(/Déplacer.*`portal` tourne en staging sur `dev-1`.*`portal-prod-1`/)
    expect(JSON.stringify(view.json)).toContain('"initial_value":"registry.example/{service}:{tag}"')
    expect(await places('portal')).toEqual([`staging ${dev}`])
    // What was agreed to is this move alone.
    await home.submit(alice, id, ...again(view.json, fields('portal', 'production', prod)))
    expect(await places('portal')).toEqual([`staging ${dev}`, `production ${prod}`])
    const other = await edit('portal')
    await home.submit(alice, other, fields('portal', 'staging', prod), selects)
    const first = await asked()
    await home.submit(alice, other, ...again(first.json, fields('portal', 'production', dev)))
    const second = await slack().waitForView(alice, ({ json }) =>
      /tourne en production sur `prod-1`/.test(plainSpaces(JSON.stringify(json))),
    )
    expect(await places('portal')).toEqual([`staging ${dev}`, `production ${prod}`])
    await home.submit(alice, other, ...again(second.json, fields('portal', 'production', dev)))
    expect(await places('portal')).toEqual([`staging ${dev}`, `production ${dev}`])
  })

  it('says what is wrong at the fields of a form that asked', async () => {
    const [dev, prod] = [await clusterOf('dev-1'), await clusterOf('prod-1')]
    await home.submit(alice, await openForm('admin.add.service'), fields('desk', 'staging', dev), selects)
    const id = await edit('desk')
    await home.submit(alice, id, fields('desk', 'staging', prod), selects)
    const view = await asked()
    const [named, menus] = again(view.json, { ...fields('desk', 'staging', prod), template: 'no blanks' })
    const wrong = await home.submit(alice, id, named, menus)
    expect(Object.keys(wrong.errors ?? {})).toEqual([expect.stringMatching(/^template@/)])
    await home.close(alice, id)
  })
})
