import { type ClusterAccess, inCluster } from '../../capabilities/clusters.ts'
import { channelIn } from '../../capabilities/hooks.ts'
import type { Knowledge } from '../../commands/command.ts'
import type { Cluster } from '../../domain/catalogue.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import { type Checked, type Form, failed, labelProblem, listOf, nameProblem, problems, textOf } from './form.ts'

/** A cluster as an admin entered it; `access` absent = the stored credentials stay. */
export interface CheckedCluster {
  readonly cluster: Cluster
  readonly access?: ClusterAccess
}

/** Credentials out of a kubeconfig. @throws NoxError with a sentence that names what is wrong in it */
export type ReadKubeconfig = (source: string) => Promise<ClusterAccess>

/**
 * Reads the form of a cluster. Credentials come from a kubeconfig, or from a server and a token.
 * @param known the cluster that is edited, else `null`
 */
export async function checkCluster(
  form: Form,
  knowledge: Knowledge,
  known: Cluster | null,
  id: string,
  readKubeconfig: ReadKubeconfig,
): Promise<Checked<CheckedCluster>> {
  const name = textOf(form, 'name')
  const others = knowledge.clusters.filter((cluster) => cluster.id !== known?.id).map((cluster) => cluster.name)
  const environments = listOf(form, 'environments')
  const namespaces = listOf(form, 'namespaces')
  const watched = textOf(form, 'watch')
  const watch = watched === '' ? null : channelIn(watched)
  const wrong = problems({
    watch: watched !== '' && watch === null ? phrase('hook.channel.id') : null,
    name: nameProblem(name, others),
    environments: environments.length === 0 ? phrase('form.required') : null,
    namespaces: namespaces.map(labelProblem).find((problem) => problem !== null) ?? null,
  })
  if (wrong) return failed(wrong)
  const cluster: Cluster = {
    tenantId: knowledge.tenant.id,
    id: known?.id ?? id,
    name,
    environments,
    namespaces,
    isDefault: known?.isDefault ?? knowledge.clusters.length === 0,
    checkedAt: known?.checkedAt ?? null,
    ...(watch === null ? {} : { watchChannel: watch }),
  }
  const access = await readAccess(form, readKubeconfig)
  if (!access.ok) return access
  if (access.value === null && !known) return failed({ kubeconfig: phrase('form.access') })
  return { ok: true, value: { cluster, ...(access.value === null ? {} : { access: access.value }) } }
}

async function readAccess(form: Form, readKubeconfig: ReadKubeconfig): Promise<Checked<ClusterAccess | null>> {
  const kubeconfig = textOf(form, 'kubeconfig')
  const server = textOf(form, 'server')
  const token = textOf(form, 'token')
  if (kubeconfig !== '') {
    try {
      return { ok: true, value: await readKubeconfig(kubeconfig) }
    } catch (error) {
      if (error instanceof NoxError && error.forPerson) return failed({ kubeconfig: error.forPerson })
      throw error
    }
  }
  if (server === '' && token === '') return { ok: true, value: null }
  // Its account is the pod's own; the test of the connection tells who may use it.
  if (server === inCluster && token === '') return { ok: true, value: { server } }
  if (!/^https?:\/\//.test(server) || !URL.canParse(server)) {
    return failed({ server: phrase('form.server', { example: 'https://10.0.0.5:6443' }) })
  }
  if (!/^[\x21-\x7e]+$/.test(token)) return failed({ token: phrase('form.token') })
  const ca = textOf(form, 'ca')
  if (ca === '') return { ok: true, value: { server, token } }
  const pem = ca.includes('-----BEGIN ') ? ca : Buffer.from(ca, 'base64').toString('latin1')
  if (!pem.includes('-----BEGIN CERTIFICATE-----')) {
    return failed({ ca: phrase('form.ca') })
  }
  return { ok: true, value: { server, token, caData: Buffer.from(pem, 'latin1').toString('base64') } }
}
