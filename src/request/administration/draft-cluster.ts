import { inCluster } from '../../capabilities/clusters.ts'
import type { ClusterDraft } from '../../domain/cluster-draft.ts'
import { type Form, isPlainUrl, listOf, textOf } from './form.ts'

/** An address that holds a password, or what is no address, is not shown again. */
const isPlainAddress = (text: string): boolean => text === inCluster || isPlainUrl(text)

const certificates = /-----BEGIN CERTIFICATE-----[\w+/=\s]+-----END CERTIFICATE-----/g

/** Certificates alone: people paste a private key along with them, readable or in base64. */
const isCertificate = (text: string): boolean => {
  const pem = text.includes('-----BEGIN ') ? text : Buffer.from(text, 'base64').toString('latin1')
  return pem.includes('-----BEGIN ') && pem.replaceAll(certificates, '').trim() === ''
}

/**
 * What was typed into the form of a cluster and may be shown again: never a kubeconfig, a token, a key or a password.
 * @param id of the cluster that is edited, else `null`
 */
export function draftCluster(form: Form, id: string | null): ClusterDraft {
  const [server, ca, namespaces, watch] = ['server', 'ca', 'namespaces', 'watch'].map((field) => textOf(form, field))
  return {
    ...(id === null ? {} : { id }),
    name: textOf(form, 'name'),
    environments: listOf(form, 'environments'),
    ...(server && isPlainAddress(server) ? { server } : {}),
    ...(namespaces ? { namespaces } : {}),
    ...(watch ? { watch } : {}),
    ...(ca && isCertificate(ca) ? { ca } : {}),
    hadSecret: textOf(form, 'kubeconfig') !== '' || textOf(form, 'token') !== '',
  }
}
