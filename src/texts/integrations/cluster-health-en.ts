/** What NOX says of how clusters do, in English. */
export const enClusterHealth = {
  'home.clusters.failing': '⚠️ *{name}* · {environments} · First failed: {ago}',
  'home.clusters.failing.credentials':
    '⚠️ *{name}* · {environments} · Access refused: {ago}. Edit it with a new access.',
  'home.clusters.failing.certificate':
    '⚠️ *{name}* · {environments} · Certificate not trusted: {ago}. Edit it with its authority.',
  'home.clusters.failing.silent': '⚠️ *{name}* · {environments} · Not answering: {ago}',
  'cluster.failing.credentials': '⚠️ Cluster {cluster} no longer accepts the access of NOX.',
  'cluster.failing.credentials.next':
    'What goes through it fails until then: in Home, under *Clusters*, edit it with a new access.',
  'cluster.failing.certificate': '⚠️ The certificate of cluster {cluster} is no longer trusted.',
  'cluster.failing.certificate.next':
    'What goes through it fails until then: in Home, under *Clusters*, edit it with its authority.',
  'form.tested.failed': '❌ `{name}` is not well.\n{why}',
}
