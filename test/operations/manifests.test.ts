import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import packageJson from '../../package.json' with { type: 'json' }
import { installPath, redirectPath } from '../../src/channels/slack/install/index.ts'
import { eventsPath } from '../../src/channels/slack/receive-http.ts'
import { variables } from '../../src/config/variables.ts'
import { readConfig } from '../../src/config.ts'
import { needs, watchNeeds } from '../../src/integrations/kubernetes/test-access.ts'
import { createHealthRoutes } from '../../src/web/health.ts'
import { checkFields, type KubernetesObject } from '../helpers/kubernetes-schema.ts'

const root = resolve(import.meta.dirname, '../..')
const manifests = join(root, 'manifests')
const contracts = process.env.NOX_CONTRACTS ?? resolve(root, '../shared/contracts')
const hasKubectl = spawnSync('kubectl', ['kustomize', '--help']).status === 0
const overlays = ['sqlite', 'postgres', 'high-availability'] as const
const components = ['ingress', 'service-monitor', 'cluster-access'] as const

const parse = (text: string) => parseAllDocuments(text).map((each) => each.toJS() as KubernetesObject)
const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** What `kubectl apply -k` would send, by an overlay with every component. */
function render(overlay: string): readonly KubernetesObject[] {
  const folder = mkdtempSync(join(tmpdir(), 'nox-kustomize-'))
  try {
    const to = (path: string) => relative(folder, join(manifests, path))
    const resources = [to(`overlays/${overlay}`)]
    const kustomization = {
      resources,
      components: components.map((each) => to(`components/${each}`)),
      namespace: 'nox',
    }
    writeFileSync(join(folder, 'kustomization.yaml'), JSON.stringify(kustomization))
    return parse(execFileSync('kubectl', ['kustomize', folder], { encoding: 'utf8' }))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const one = (objects: readonly KubernetesObject[], kind: string, name = 'nox'): KubernetesObject => {
  const found = objects.filter((each) => each.kind === kind && each.metadata.name.startsWith(name))
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} objects ${kind} ${name}`)
  return found[0]
}
const containerOf = (objects: readonly KubernetesObject[]) =>
  one(objects, 'Deployment').spec.template.spec.containers[0]
const isOwnKind = ({ apiVersion }: KubernetesObject) => apiVersion === 'monitoring.coreos.com/v1'

describe('the files of manifests/', () => {
  const files = (readdirSync(manifests, { recursive: true }) as string[]).filter((each) => each.endsWith('.yaml'))
  const objects = files
    .filter(
      (file) => !file.endsWith('kustomization.yaml') && !/overlays\/.*(deployment|network-policy)\.yaml$/.test(file),
    )
    .flatMap((file) => parse(read(`manifests/${file}`)).map((object) => ({ file, object })))

  it('hold objects of kinds and fields that Kubernetes has', () => {
    expect(objects.length).toBeGreaterThan(10)
    for (const { file, object } of objects)
      if (!isOwnKind(object)) expect({ file, wrong: checkFields(object) }).toEqual({ file, wrong: [] })
  })

  it('are each part of a kustomization, the example of the Secret of none', () => {
    const listed = files
      .filter((file) => file.endsWith('kustomization.yaml'))
      .flatMap((file) => {
        const [kustomization] = parse(read(`manifests/${file}`))
        const patches = (kustomization?.patches ?? []) as { path: string }[]
        return [...((kustomization?.resources ?? []) as string[]), ...patches.map((each) => each.path)].map((path) =>
          join(file, '..', path),
        )
      })
    const unlisted = files.filter((file) => !file.endsWith('kustomization.yaml') && !listed.includes(file))
    expect(unlisted).toEqual(['base/secret.example.yaml'])
  })

  it('ask for the example’s secrets and nothing that NOX does not read', () => {
    const [secret] = parse(read('manifests/base/secret.example.yaml'))
    const names = Object.keys(secret?.stringData)
    expect(names.filter((name) => !(name in variables))).toEqual([])
    expect(Object.values(secret?.stringData).join('')).toBe('')
    // With these and the ConfigMap, NOX starts.
    const config = Object.fromEntries(
      read('manifests/base/config.env')
        .trim()
        .split('\n')
        .map((line) => line.split('=')),
    )
    const filled = { ...config, ...Object.fromEntries(names.map((name) => [name, 'a'.repeat(16)])) }
    const env = { ...filled, NOX_MASTER_KEY: Buffer.alloc(32).toString('base64'), DATABASE_URL: 'postgres://a:b@c/d' }
    expect(readConfig(env)).toMatchObject({ mode: 'http', port: 3000, database: { url: 'postgres://a:b@c/d' } })
  })

  it('give the commands’ account the rights that they need, and no others', () => {
    const role = one(
      objects.map(({ object }) => object),
      'ClusterRole',
      'nox-commands',
    )
    const rules = role.rules as { apiGroups: string[]; resources: string[]; verbs: string[] }[]
    const given = rules.flatMap((rule) =>
      rule.apiGroups.flatMap((group) =>
        rule.resources.flatMap((resource) => rule.verbs.map((verb) => [verb, resource, group].join(' '))),
      ),
    )
    expect(given.toSorted()).toEqual([...needs, ...watchNeeds].map((need) => need.join(' ')).toSorted())
  })
})

if (!hasKubectl) console.warn('The overlays are not rendered: kubectl is not here.')

describe.skipIf(!hasKubectl).each(overlays)('the overlay %s', (overlay) => {
  const objects = hasKubectl ? render(overlay) : []

  it('holds fields that Kubernetes has', () => {
    expect(objects.length).toBeGreaterThan(8)
    const wrong = objects.filter((each) => !isOwnKind(each)).flatMap(checkFields)
    expect(wrong).toEqual([])
    const outside = objects.filter((each) => each.metadata.namespace !== 'nox').map((each) => each.kind)
    expect(outside.toSorted()).toEqual(['ClusterRole', 'Namespace'])
  })

  it.skipIf(!existsSync(join(contracts, 'kubernetes.json')))(
    'is what the API description of Kubernetes asks for (needs it beside the project)',
    () => {
      const api = JSON.parse(readFileSync(join(contracts, 'kubernetes.json'), 'utf8'))
      // It calls these text; Kubernetes takes whole numbers there too.
      api.components.schemas['io.k8s.apimachinery.pkg.util.intstr.IntOrString'].type = ['string', 'integer']
      const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false })
      ajv.addSchema(api, 'kubernetes')
      const schemas = Object.entries<Record<string, never>>(api.components.schemas)
      let checked = 0
      for (const object of objects) {
        const [group, version] = object.apiVersion.includes('/')
          ? object.apiVersion.split('/')
          : ['', object.apiVersion]
        const is = (known: Record<string, string>) =>
          known.group === group && known.version === version && known.kind === object.kind
        const [name] =
          schemas.find(([, schema]) => (schema['x-kubernetes-group-version-kind'] as never as [])?.some(is)) ?? []
        if (name === undefined) continue
        const validate = ajv.compile({ $ref: `kubernetes#/components/schemas/${name}` })
        validate(object)
        expect({ name, errors: validate.errors ?? [] }).toEqual({ name, errors: [] })
        checked += 1
      }
      expect(checked).toBeGreaterThan(4)
    },
  )

  it('runs as the user of the image, reads its files only, and holds to the restricted standard', () => {
    const pod = one(objects, 'Deployment').spec.template.spec
    const user = /^USER (\d+):(\d+)$/m.exec(read('Dockerfile'))
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: Number(user?.[1]),
      runAsGroup: Number(user?.[2]),
      fsGroup: Number(user?.[2]),
      seccompProfile: { type: 'RuntimeDefault' },
    })
    expect(Number(user?.[1])).toBeGreaterThan(0)
    expect(containerOf(objects).securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      privileged: false,
      capabilities: { drop: ['ALL'] },
    })
    expect(pod).toMatchObject({ automountServiceAccountToken: false, serviceAccountName: 'nox' })
    expect(one(objects, 'Namespace').metadata.labels?.['pod-security.kubernetes.io/enforce']).toBe('restricted')
    expect(['hostNetwork', 'hostPID', 'hostIPC'].filter((each) => each in pod)).toEqual([])
  })

  it('writes where a volume is', () => {
    const pod = one(objects, 'Deployment').spec.template.spec
    const mounts = containerOf(objects).volumeMounts as { name: string; mountPath: string }[]
    const paths = mounts.map((each) => each.mountPath)
    expect(mounts.map((each) => each.name).toSorted()).toEqual(
      pod.volumes.map((each: { name: string }) => each.name).toSorted(),
    )
    // src/entry.mjs keeps what Node compiled there; Node itself writes to /tmp.
    expect(paths).toContain('/nox/node_modules/.cache')
    expect(read('src/entry.mjs')).toContain('../node_modules/.cache/nox')
    const { DATABASE_PATH } = one(objects, 'ConfigMap').data
    expect(DATABASE_PATH === undefined).toBe(overlay !== 'sqlite')
    if (DATABASE_PATH) expect(paths.some((path) => DATABASE_PATH.startsWith(`${path}/`))).toBe(true)
  })

  it('is asked on the ports and paths that NOX serves', () => {
    const container = containerOf(objects)
    const { data } = one(objects, 'ConfigMap')
    const port = container.ports.find((each: { name: string }) => each.name === 'http').containerPort
    expect(port).toBe(Number(data.PORT))
    expect(read('Dockerfile')).toContain(`EXPOSE ${port}`)
    const ingress = one(objects, 'Ingress')
    const [rule] = ingress.spec.rules
    const exposed = (path: string) =>
      rule.http.paths.some((each: { path: string }) => `${path}/`.startsWith(`${each.path}/`))
    expect([eventsPath, installPath, redirectPath].filter((path) => !exposed(path))).toEqual([])
    const probes = ['startupProbe', 'livenessProbe', 'readinessProbe'].map((each) => container[each].httpGet)
    const inside = [...probes.map((each) => each.path), one(objects, 'ServiceMonitor').spec.endpoints[0].path]
    const routes = createHealthRoutes({
      ready: async () => {},
      metrics: { registry: { contentType: '' }, expose: async () => '' },
      metricsToken: undefined,
    })
    for (const path of inside) {
      expect(exposed(path)).toBe(false)
      const response = { writeHead: () => response, end: () => response }
      expect(routes(path, { method: 'GET', headers: {}, socket: {} } as never, response as never)).toBe(true)
    }
    expect(probes.every((each) => each.port === 'http')).toBe(true)
    const [servicePort] = one(objects, 'Service').spec.ports
    expect(servicePort).toMatchObject({ name: rule.http.paths[0].backend.service.port.name, targetPort: 'http' })
    expect(new URL(data.PUBLIC_URL).host).toBe(rule.host)
  })

  it('reads variables that NOX knows, from objects that are there', () => {
    const { data, metadata } = one(objects, 'ConfigMap')
    expect(Object.keys(data).filter((name) => !(name in variables))).toEqual([])
    const from = containerOf(objects).envFrom
    expect(from).toEqual([{ configMapRef: { name: metadata.name } }, { secretRef: { name: 'nox' } }])
    expect(objects.filter((each) => each.kind === 'Secret').map((each) => each.metadata.name)).toEqual([
      'nox-commands-token',
    ])
    expect(one(objects, 'ServiceMonitor').spec.endpoints[0].authorization.credentials).toEqual({
      name: 'nox',
      key: 'METRICS_TOKEN',
    })
  })

  it('is given the time that a stop takes', () => {
    const pod = one(objects, 'Deployment').spec.template.spec
    const pause = Number(containerOf(objects).lifecycle.preStop.exec.command[1])
    const { SHUTDOWN_SECONDS } = one(objects, 'ConfigMap').data
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(pause + Number(SHUTDOWN_SECONDS))
  })

  it('selects its own pods, in every selector', () => {
    const labels = one(objects, 'Deployment').spec.template.metadata.labels as Record<string, string>
    const selectors = objects.flatMap((each) => {
      if (each.kind === 'Service') return [each.spec.selector]
      if (each.kind === 'NetworkPolicy') return [each.spec.podSelector.matchLabels]
      if (each.kind === 'Deployment' || each.kind === 'PodDisruptionBudget') return [each.spec.selector.matchLabels]
      return each.kind === 'ServiceMonitor' ? [each.spec.selector.matchLabels] : []
    }) as Record<string, string>[]
    expect(selectors.length).toBeGreaterThan(3)
    for (const selector of selectors) expect(labels).toMatchObject(selector)
    expect(one(objects, 'Service').metadata.labels).toMatchObject(labels)
  })

  it('runs this version, once on SQLite, at least twice for high availability', () => {
    expect(containerOf(objects).image).toBe(`nox:${packageJson.version}`)
    const { replicas, strategy } = one(objects, 'Deployment').spec
    const scalers = objects.filter((each) => each.kind === 'HorizontalPodAutoscaler')
    const budgets = objects.filter((each) => each.kind === 'PodDisruptionBudget')
    if (overlay === 'high-availability') {
      expect(replicas).toBeUndefined()
      expect(scalers[0]?.spec).toMatchObject({ minReplicas: 2, scaleTargetRef: { kind: 'Deployment', name: 'nox' } })
      expect(budgets[0]?.spec).toMatchObject({ maxUnavailable: 1 })
    } else {
      expect({ replicas, scalers, budgets }).toEqual({ replicas: 1, scalers: [], budgets: [] })
    }
    expect(strategy).toEqual(
      overlay === 'sqlite'
        ? { type: 'Recreate' }
        : { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
    )
  })
})
