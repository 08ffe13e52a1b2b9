import { alreadyExists, badRequest, conflict, invalid, notFound } from './api-error.ts'
import type { Controller } from './controller.ts'
import type { AnyObject, DeploymentObject, JobObject } from './objects.ts'
import type { Target } from './resources.ts'

/** What takes changes of clients over. */
export interface Intake {
  readonly controller: Controller
  /** Told after each change that was taken over. */
  readonly onChange: (object: AnyObject) => void
}

/** A Job is all that can be made. @throws ApiError as kube-apiserver refuses it */
export function create({ controller }: Intake, { resource, namespace = '' }: Target, body: JobObject): object {
  const { store } = controller.options
  const name = body.metadata?.name
  if (!name || body.kind !== 'Job' || !body.spec?.template?.spec)
    throw badRequest('Job in version "v1" cannot be handled as a Job')
  if (name.length > 63)
    throw invalid(
      'Job',
      resource.group,
      name,
      `spec.template.labels: Invalid value: "${name}": must be no more than 63 bytes`,
    )
  if (!store.get('Namespace', undefined, namespace)) throw notFound('namespaces', '', namespace)
  if (store.get('Job', namespace, name)) throw alreadyExists(resource.plural, resource.group, name)
  return store.add('Job', { ...body, metadata: { ...body.metadata, namespace }, status: {} })
}

/** Takes over a changed object where it was changed on the version that is stored. @throws ApiError otherwise */
export function change(
  { controller, onChange }: Intake,
  { resource }: Target,
  object: AnyObject,
  next: AnyObject,
): object {
  const { store } = controller.options
  const { metadata } = object
  if (next.metadata?.resourceVersion !== undefined && next.metadata.resourceVersion !== metadata.resourceVersion) {
    throw conflict(resource.plural, resource.group, metadata.name)
  }
  if (next.metadata?.name !== metadata.name)
    throw badRequest('the name of the object does not match the name on the URL')
  if (object.kind === 'Deployment') checkDeployment(next as DeploymentObject)
  const specChanged =
    'spec' in object && JSON.stringify((next as DeploymentObject).spec) !== JSON.stringify(object.spec)
  const { status } = object as DeploymentObject
  const { uid, creationTimestamp, generation = 1, namespace } = metadata
  const kept = {
    uid,
    creationTimestamp,
    ...(namespace ? { namespace } : {}),
    generation: specChanged ? generation + 1 : generation,
  }
  Object.assign(object, structuredClone(next), { status, metadata: { ...structuredClone(next.metadata), ...kept } })
  store.touch(object)
  onChange(object)
  return object
}

function checkDeployment({ metadata, spec }: DeploymentObject): void {
  const refuse = (why: string) => invalid('Deployment', 'apps', metadata.name, why)
  if (!Number.isInteger(spec.replicas) || spec.replicas < 0)
    throw refuse(`spec.replicas: Invalid value: ${spec.replicas}: must be greater than or equal to 0`)
  for (const container of spec.template.spec.containers) {
    if (typeof container.image !== 'string' || container.image.trim() === '') {
      throw refuse('spec.template.spec.containers[0].image: Required value')
    }
  }
}
