import { afterAll, beforeAll, expect, it } from 'vitest'
import { homeOf } from '../helpers/home.ts'
import { contentOf, people, societeX, startTestSandbox, type TestSandbox } from '../helpers/sandbox.ts'
import { playKubelet } from './play-kubelet.ts'
import { imageOf, newDeployment, newNamespace, openReal, type Real } from './real.ts'

/** The whole NOX in front of a real cluster: connected in App Home, ordered in Slack. */

let real: Real
let sandbox: TestSandbox
beforeAll(async () => {
  real = openReal()
  sandbox = await startTestSandbox(undefined, 20)
})
afterAll(async () => {
  await sandbox.stop()
  await real.close()
})

const { alice, bob } = people
const service = 'orders'

it('connects a real cluster, deploys to it, tells why a rollout failed, goes back, and tells a crash unasked', async () => {
  const { slack, nox } = sandbox
  const { namespace, token } = await newNamespace(real.admin)
  await newDeployment(real.admin, namespace, { name: service, spec: { progressDeadlineSeconds: 20 } })
  const home = homeOf(() => sandbox)
  await home.tab(alice, 'integrations', /"admin.add.cluster"/)
  const { id } = await home.form(alice, 'admin.add.cluster')
  const ca = `${real.reach.ca.match(/-----BEGIN[\s\S]*?-----END CERTIFICATE-----/g)?.at(-1)}\n`
  const fields = {
    name: 'real',
    environments: ['staging'],
    server: real.reach.server,
    token,
    ca,
    namespaces: namespace,
  }
  const { errors } = await home.submit(alice, id, { ...fields, watch: 'C0INCIDENTS' })
  expect(errors).toBeUndefined()
  const view = await slack.waitForView(alice, (each) => /est connecté/.test(JSON.stringify(each.json)), 10_000)
  expect(JSON.stringify(view.json)).toMatch(/Kubernetes.v1\.\d+/)
  // Nodes belong to no namespace: the account of one may not watch them.
  expect(JSON.stringify(view.json)).toContain('watch nodes')
  await slack.closeView(societeX, alice, view.id)

  const { catalogue, installations } = nox.storage
  const tenantId = (await installations.tenantOf(societeX)) ?? ''
  const cluster = (await catalogue.clusters(tenantId)).find((each) => each.name === 'real')
  const place = {
    environment: 'staging',
    clusterId: cluster?.id ?? '',
    namespace,
    deployment: service,
    container: service,
  }
  await catalogue.saveService({
    tenantId,
    id: 'orders-1',
    name: service,
    aliases: [],
    imageTemplate: 'registry.example/{service}:{tag}',
    defaultBranch: 'main',
    targets: [place],
  })
  nox.services.knowledge.drop(tenantId)

  const order = async (text: string, fits: RegExp) => {
    const { ts } = sandbox.say(bob, `@NOX ${text}`)
    return contentOf(await sandbox.answer(ts, fits, 60_000))
  }
  await order(`déploie ${service} v2 en staging`, /✅ \*Déployé/)
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments/${service}`
  const deployed = await real.admin.json('GET', path)
  expect(deployed.spec.template.spec.containers[0].image).toBe(imageOf('v2', service))
  expect(deployed.status.availableReplicas).toBe(2)

  const nodes = (await real.admin.json('GET', '/api/v1/nodes')).items as { metadata: { name: string } }[]
  const cordon = async (unschedulable: boolean) => {
    for (const { metadata } of nodes) {
      const body = { spec: { unschedulable } }
      await real.admin.json('PATCH', `/api/v1/nodes/${metadata.name}`, body, 'application/merge-patch+json')
    }
  }
  await cordon(true)
  const failed = await order(`déploie ${service} v3 en staging`, /❌/)
  expect(failed).toContain('Aucun nœud n’accepte ses pods')
  await cordon(false)
  await order(`rollback ${service} en staging`, /✅ \*(Retour|Rollback|Revenu)/)
  expect((await real.admin.json('GET', path)).spec.template.spec.containers[0].image).toBe(imageOf('v2', service))

  await newDeployment(real.admin, namespace, { name: 'worker', replicas: 1, pod: { nodeName: 'nowhere' } })
  const end = playKubelet(real.admin, namespace, 'CrashLoopBackOff')
  const told = await slack.waitForMessage(
    (each) => each.channel === 'C0INCIDENTS' && /worker sur real/.test(contentOf(each)),
    30_000,
  )
  await end()
  expect(contentOf(told)).toMatch(/🟠 CrashLoopBackOff : t-\w+\/worker sur real/)
  await real.admin.json('DELETE', `/apis/apps/v1/namespaces/${namespace}/deployments/worker`)
  await slack.waitForMessage((each) => each.ts === told.ts && /✅ Résolue/.test(contentOf(each)), 60_000)
})
