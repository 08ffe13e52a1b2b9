import type { BackupTarget, Cluster, Service } from '../../../domain/catalogue.ts'
import type { ClusterDraft } from '../../../domain/cluster-draft.ts'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import type { FormField, FormView } from './form.ts'

/** Environments that every tenant knows, in the order of a release. */
const environments = ['development', 'staging', 'production']

const environmentOptions = (more: readonly string[]) =>
  [...new Set([...environments, ...more])].map((name) => ({
    label: phrase('environment.name', { env: name }),
    value: name,
  }))

/** What a form is about travels with it: the entry that is edited, if one is, and what sending it agrees to. */
export const formMetadata = (id: string | null, agreed?: string): string => JSON.stringify({ id, agreed })

/** A form that asks before it is carried out: as it was filled in, with the question. */
export interface AskedAgain {
  readonly typed: { readonly [field: string]: string | readonly string[] | undefined }
  readonly say: readonly Phrase[]
  readonly agree: string
}

function typedInto(field: FormField, typed: AskedAgain['typed']): FormField {
  const value = typed[field.name]
  return typeof value === 'string' ? { ...field, value } : field
}

/**
 * "Connect a cluster". A kubeconfig of one context fits into Slack's 3,000 characters only without its certificates;
 * server, token and authority can be given one by one instead.
 * @param draft what stood in it before, of a cluster that was not connected
 * @param said why it was not, above the fields
 */
export function clusterForm(
  known: Cluster | null,
  draft: ClusterDraft | null = null,
  said: readonly Phrase[] = [],
): FormView {
  const chosen = draft?.environments ?? known?.environments ?? []
  const watch = draft ? draft.watch : known?.watchChannel
  const fields: FormField[] = [
    {
      name: 'name',
      label: phrase('field.name'),
      hint: phrase('field.name.hint'),
      value: draft?.name ?? known?.name ?? '',
    },
    {
      name: 'environments',
      label: phrase('field.environments'),
      options: environmentOptions([...(known?.environments ?? []), ...chosen]),
      several: true,
      values: chosen,
    },
    {
      name: 'kubeconfig',
      label: phrase('field.kubeconfig'),
      hint: phrase('field.kubeconfig.hint'),
      lines: 'many',
      optional: true,
    },
    {
      name: 'server',
      label: phrase('field.server'),
      hint: phrase('field.server.hint'),
      optional: true,
      value: draft?.server ?? '',
    },
    { name: 'token', label: phrase('field.token'), hint: phrase('field.token.hint'), lines: 'many', optional: true },
    {
      name: 'ca',
      label: phrase('field.ca'),
      hint: phrase('field.ca.hint'),
      lines: 'many',
      optional: true,
      value: draft?.ca ?? '',
    },
    {
      name: 'namespaces',
      label: phrase('field.namespaces'),
      hint: phrase('field.namespaces.hint'),
      optional: true,
      value: (draft ? draft.namespaces : known?.namespaces.join(', ')) ?? '',
    },
    {
      name: 'watch',
      label: phrase('field.watch'),
      hint: phrase('field.watch.hint'),
      optional: true,
      kind: 'channel',
      ...(watch ? { value: watch } : {}),
    },
  ]
  return {
    callbackId: 'admin.cluster',
    title: phrase(known ? 'modal.cluster.edit' : 'modal.cluster.title'),
    submit: phrase('button.test'),
    metadata: formMetadata(known?.id ?? null),
    intro: [...said, ...(draft?.hadSecret ? [phrase('form.retype')] : [])],
    fields,
  }
}

/** One entry of the service catalogue, with where it runs in one environment. @param again what it asks before it moves */
export function serviceForm(clusters: readonly Cluster[], known: Service | null, again?: AskedAgain): FormView {
  const target = known?.targets[0]
  const blanks = { service: '{service}', tag: '{tag}', sha: '{sha}' }
  const fields: FormField[] = [
    { name: 'name', label: phrase('field.name'), hint: phrase('field.name.hint'), value: known?.name ?? '' },
    aliasField(known?.aliases),
    {
      name: 'template',
      label: phrase('field.template'),
      hint: phrase('field.template.hint', blanks),
      value: known?.imageTemplate ?? '',
    },
    { name: 'branch', label: phrase('field.branch'), optional: true, value: known?.defaultBranch ?? 'main' },
    {
      name: 'repository',
      label: phrase('field.repository'),
      hint: phrase('field.repository.hint'),
      optional: true,
      value: known?.repository ?? '',
    },
    {
      name: 'workflow',
      label: phrase('field.workflow'),
      hint: phrase('field.workflow.hint'),
      optional: true,
      value: known?.workflow ?? '',
    },
    { ...environmentField(clusters, target?.environment), hint: phrase('field.environment.hint') },
    clusterField(clusters, target?.clusterId),
    { name: 'namespace', label: phrase('field.namespace'), value: target?.namespace ?? '' },
    { name: 'deployment', label: phrase('field.deployment'), value: target?.deployment ?? '' },
    {
      name: 'container',
      label: phrase('field.container'),
      hint: phrase('field.container.hint'),
      optional: true,
      value: target?.container ?? '',
    },
  ]
  return {
    callbackId: 'admin.service',
    title: phrase(known ? 'modal.service.edit' : 'button.addService'),
    submit: phrase(again ? 'button.move' : 'button.save'),
    metadata: formMetadata(known?.id ?? null, again?.agree),
    intro: again?.say ?? [],
    fields: again ? fields.map((field) => typedInto(field, again.typed)) : fields,
  }
}

/** What `backup` can save. */
export function backupForm(clusters: readonly Cluster[], known: BackupTarget | null): FormView {
  const fields: FormField[] = [
    { name: 'name', label: phrase('field.name'), hint: phrase('field.name.hint'), value: known?.name ?? '' },
    aliasField(known?.aliases),
    environmentField(clusters, known?.environment),
    clusterField(clusters, known?.clusterId),
    { name: 'namespace', label: phrase('field.namespace'), value: known?.namespace ?? '' },
    { name: 'cronJob', label: phrase('field.cronJob'), value: known?.cronJob ?? '' },
  ]
  return {
    callbackId: 'admin.backup',
    title: phrase(known ? 'modal.backup.edit' : 'button.addBackup'),
    submit: phrase('button.save'),
    metadata: formMetadata(known?.id ?? null),
    fields,
  }
}

const aliasField = (aliases: readonly string[] = []): FormField => ({
  name: 'aliases',
  label: phrase('field.aliases'),
  hint: phrase('field.aliases.hint'),
  optional: true,
  value: aliases.join(', '),
})

function environmentField(clusters: readonly Cluster[], value: string | undefined): FormField {
  const options = environmentOptions(clusters.flatMap((cluster) => cluster.environments))
  return { name: 'environment', label: phrase('field.environment'), options, ...(value ? { value } : {}) }
}

function clusterField(clusters: readonly Cluster[], value: string | undefined): FormField {
  const options = clusters.map((cluster) => ({ label: cluster.name, value: cluster.id }))
  const chosen = value ?? (clusters.length === 1 ? clusters[0]?.id : undefined)
  return { name: 'cluster', label: phrase('field.clusterOf'), options, ...(chosen ? { value: chosen } : {}) }
}
