import type { Knowledge } from '../../commands/command.ts'
import { isRepository } from '../../commands/find-repository.ts'
import type { BackupTarget, Service, ServiceTarget } from '../../domain/catalogue.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import {
  type Checked,
  type Form,
  failed,
  labelProblem,
  listOf,
  nameProblem,
  problems,
  subdomainProblem,
  textOf,
} from './form.ts'
import { askToMove } from './move-service.ts'

const allNames = (things: readonly { readonly name: string; readonly aliases: readonly string[] }[]) =>
  things.flatMap((thing) => [thing.name, ...thing.aliases])

/** An image reference without its blanks: registry, path, tag. */
const imageShape = /^[a-z0-9][a-z0-9.:_/-]*[a-z0-9](?::[\w][\w.-]{0,127}|@sha256:[a-f0-9]+)?$/i
const branchShape = /^[A-Za-z0-9][\w./-]{0,99}$/

function templateProblem(template: string): Phrase | null {
  if (template === '') return phrase('form.required')
  const filled = template
    .replaceAll('{service}', 'service')
    .replaceAll('{branch-slug}', 'x')
    .replaceAll('{tag}', 'x')
    .replaceAll('{sha}', 'x')
  const hasVersion = ['{branch-slug}', '{tag}', '{sha}'].some((blank) => template.includes(blank))
  if (hasVersion && imageShape.test(filled) && template.length <= 300) return null
  return phrase('form.template', { wanted: '{branch-slug}, {tag}, {sha}' })
}

function workflowProblem(workflow: string, repository: string): Phrase | null {
  if (workflow === '') return null
  return /^[\w.-]{1,100}\.ya?ml$/.test(workflow) && repository !== '' ? null : phrase('form.workflow')
}

/** The clusters of two clients may run services of one name: here they need two. */
function serviceNameProblem(
  name: string,
  taken: readonly string[],
  form: Form,
  { clusters }: Knowledge,
): Phrase | null {
  const problem = nameProblem(name, taken)
  const cluster = clusters.find((each) => each.id === textOf(form, 'cluster'))
  return problem?.key === 'form.taken' && cluster
    ? phrase('form.taken.service', { example: `${name}-${cluster.name}` })
    : problem
}

/** Where one environment of a service runs. */
function checkTarget(form: Form, knowledge: Knowledge): Checked<ServiceTarget> {
  const cluster = knowledge.clusters.find((each) => each.id === textOf(form, 'cluster'))
  const environment = textOf(form, 'environment')
  const deployment = textOf(form, 'deployment')
  const container = textOf(form, 'container') || deployment
  const namespace = textOf(form, 'namespace')
  const wrong = problems({
    cluster: cluster ? null : phrase('form.gone'),
    environment: environment === '' ? phrase('form.required') : null,
    namespace: labelProblem(namespace),
    deployment: subdomainProblem(deployment),
    container: labelProblem(container),
  })
  if (wrong || !cluster) return failed(wrong ?? {})
  return { ok: true, value: { environment, clusterId: cluster.id, namespace, deployment, container } }
}

/**
 * Reads the form of a service: its names, its image, and where it runs in one environment; the targets of its other
 * environments stay.
 * @param agreed the question that was agreed to, if one was
 */
export function checkService(
  form: Form,
  knowledge: Knowledge,
  known: Service | null,
  id: string,
  agreed: string | null,
): Checked<Service> {
  const name = textOf(form, 'name')
  const aliases = listOf(form, 'aliases')
  const taken = allNames(knowledge.services.filter((service) => service.id !== known?.id))
  const imageTemplate = textOf(form, 'template')
  const defaultBranch = textOf(form, 'branch') || 'main'
  const repository = textOf(form, 'repository')
  const workflow = textOf(form, 'workflow')
  const target = checkTarget(form, knowledge)
  const wrong = problems({
    name: serviceNameProblem(name, taken, form, knowledge),
    aliases: aliases.map((alias) => nameProblem(alias, taken)).find((problem) => problem !== null) ?? null,
    template: templateProblem(imageTemplate),
    branch: branchShape.test(defaultBranch) ? null : phrase('form.branch'),
    repository: repository === '' || isRepository(repository) ? null : phrase('form.repository'),
    workflow: workflowProblem(workflow, repository),
    ...(target.ok ? {} : target.errors),
  })
  if (wrong || !target.ok) return failed(wrong ?? {})
  const others = (known?.targets ?? []).filter((each) => each.environment !== target.value.environment)
  const { tenant } = knowledge
  const service: Service = {
    tenantId: tenant.id,
    id: known?.id ?? id,
    name,
    aliases,
    targets: [...others, target.value],
    imageTemplate,
    defaultBranch,
    ...(repository === '' ? {} : { repository }),
    ...(workflow === '' ? {} : { workflow }),
  }
  const question = askToMove(service, known, knowledge.clusters)
  return question && question.agree !== agreed ? { ok: false, errors: {}, question } : { ok: true, value: service }
}

/** Reads the form of a backup: what is saved, and the CronJob whose template makes the Job. */
export function checkBackup(
  form: Form,
  knowledge: Knowledge,
  known: BackupTarget | null,
  id: string,
): Checked<BackupTarget> {
  const name = textOf(form, 'name')
  const aliases = listOf(form, 'aliases')
  const taken = allNames(knowledge.backupTargets.filter((target) => target.id !== known?.id))
  const cluster = knowledge.clusters.find((each) => each.id === textOf(form, 'cluster'))
  const namespace = textOf(form, 'namespace')
  const cronJob = textOf(form, 'cronJob')
  const environment = textOf(form, 'environment')
  const wrong = problems({
    name: nameProblem(name, taken),
    aliases: aliases.map((alias) => nameProblem(alias, taken)).find((problem) => problem !== null) ?? null,
    cluster: cluster ? null : phrase('form.gone'),
    environment: environment === '' ? phrase('form.required') : null,
    namespace: labelProblem(namespace),
    cronJob: subdomainProblem(cronJob),
  })
  if (wrong || !cluster) return failed(wrong ?? {})
  const { tenant } = knowledge
  return {
    ok: true,
    value: {
      tenantId: tenant.id,
      id: known?.id ?? id,
      name,
      aliases,
      environment,
      clusterId: cluster.id,
      namespace,
      cronJob,
    },
  }
}
