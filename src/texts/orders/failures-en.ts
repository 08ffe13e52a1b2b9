import type { Template } from '../keys.ts'
import type { frOrdersFailures } from './failures-fr.ts'

/** What failed, why, and what to do. In English. */
export const enOrdersFailures: Record<keyof typeof frOrdersFailures, Template> = {
  'failure.image': 'Image `{image}` is missing, or refused by the registry.',
  'failure.image.next': 'Check the build of `{ref}`, then try again.',
  'failure.timeout': 'Still not ready after {limit}.',
  'failure.timeout.next': 'Read the logs or roll back to `{before}`.',
  'failure.crash': {
    by: 'n',
    one: '`{container}` stops at start-up: exit code {exit}, {n} restart. Read its last lines.',
    other: '`{container}` stops at start-up: exit code {exit}, {n} restarts. Read its last lines.',
  },
  'failure.memory': '`{container}` exceeds its memory limit, {limit}. Raise the limit or look for the leak.',
  'failure.probe': 'The readiness probe fails ({probe}). Check its port and path.',
  'failure.quota':
    'Quota of namespace `{namespace}` reached: {resource}, {used} of {limit}. Free resources or raise the quota.',
  'failure.create': 'The cluster refuses to create the pods. Read the events of the service.',
  'failure.unschedulable': 'No node has room: {resource}. Add a node or lower the request.',
  'failure.unplaced': 'No node takes its pods. Check the nodes, their taints, and the selectors of the service.',
  'failure.container': '`{container}` can’t be started. Read the events of the service.',
  'failure.forbidden': 'The cluster forbids NOX to change `{resource}`. An admin must grant `{verb}` to NOX’s account.',
  'failure.forbidden.plain': 'The cluster forbids this action to NOX’s account. An admin must grant it.',

  'error.image.template':
    'The image template of `{service}` asks for {wanted}; the order gives none. Add one, or ask an admin to change the template.',
  'error.address': 'The address `{host}` is not allowed: NOX calls public https addresses only.',
  'error.host': 'The name `{host}` can’t be found.',
  'error.noCluster': 'No cluster is connected.',
  'error.noEnvironment': 'There is no {env} here.',
  'error.noTarget': '`{service}` is not declared in {env}.',
  'error.noTarget.next': 'Known environments: {known}.',
  'error.clusterUnknown': 'Cluster `{cluster}` is not known here.',
  'error.targetCluster': '`{service}` does not run on `{cluster}` in {env}.',
  'error.notFound': 'The cluster does not know `{what}`.',
  'error.number': 'There is no action #{n} here.',
  'error.range': '{Argument} must be between {min} and {max}.',
  'error.tooLong': 'This message is too long to be an order; nothing was started.',
  'error.turned':
    'This message holds hidden marks that turn text around: what you see may not be what it says. Nothing was started.',
  'error.turned.next': 'Please type it again instead of pasting it.',
  'error.order': 'This order could not be read; nothing was started. Please write it again.',
  'error.connect.admin': 'Connect one from NOX’s Home.',
  'error.connect.member': 'An admin can do it: {people}.',
  'error.cluster.own':
    'This workspace may not use the cluster that NOX runs in. NOX’s operator can allow it (`NOX_IN_CLUSTER`).',
  'error.cluster.noAccount': 'NOX’s pod has no account here: its token is not mounted. Tell NOX’s operator.',
  'error.cluster.tls':
    'The certificate of the cluster is not trusted. An admin must connect the cluster again with its authority.',
  'error.cluster.credentials': 'The cluster no longer accepts NOX’s access. An admin must renew it in Home.',
  'error.cluster.conflict': 'Someone else is changing `{what}` right now. Try again in a moment.',
  'error.cluster.quota': 'The quota of the namespace is reached. Free resources or raise it.',
  'error.cluster.refused': 'The cluster refuses: “{why}”.',
  'error.cluster.busy': 'The cluster limits the requests of NOX. Try again in a minute.',
  'error.cluster.failed': 'The cluster answered with an error of its own ({status}). Try again in a minute.',
  'error.cluster.rests':
    'The cluster {cluster} did not answer several times in a row: NOX leaves it alone for 15 seconds. Try again then.',
  'error.cluster.silent': 'The cluster does not answer. Check its address, and that it accepts connections from NOX.',
  'error.container':
    'The Deployment `{deployment}` has no container `{container}`. It has: {known}. An admin can correct the catalogue.',
  'error.cronJob': '`{cronJob}` is not a CronJob of namespace `{namespace}`. An admin can correct the catalogue.',

  'kubeconfig.unreadable':
    'This kubeconfig can’t be read. Paste all of it, as `kubectl config view --raw --minify` writes it.',
  'kubeconfig.field':
    'The field `{field}` of this kubeconfig is not accepted. Read are: server, certificate-authority-data, token, client-certificate-data and client-key-data.',
  'kubeconfig.context': 'This kubeconfig does not say which context to take. Add `current-context`.',
  'kubeconfig.credentials':
    'This kubeconfig has neither a token nor a client certificate. Make a service account for NOX and paste its token.',

  'trouble.title': '{word} {what} ({cluster})',
  'trouble.pending': 'Its pods stay pending. Read the events of the service.',
  'trouble.rollout': 'The rollout makes no progress any more. Read the logs, or roll back.',
  'trouble.node': 'Node `{node}` is not ready.',
  'trouble.node.silent': 'Node `{node}` no longer reports. Check the machine and its network.',

  'watch.began': '👀 NOX watches {cluster} from now on, and tells its trouble here.',
  'watch.channel': 'NOX can’t write in the channel for trouble. Invite it there, then try again.',
}
