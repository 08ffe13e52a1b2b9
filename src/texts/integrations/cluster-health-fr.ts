/** What NOX says of how clusters do, in French. */
export const frClusterHealth = {
  'home.clusters.failing': '⚠️ *{name}* · {environments} · Premier échec : {ago}',
  'home.clusters.failing.credentials':
    '⚠️ *{name}* · {environments} · Accès refusé : {ago}. Modifiez-le avec un nouvel accès.',
  'home.clusters.failing.certificate':
    '⚠️ *{name}* · {environments} · Certificat non reconnu : {ago}. Modifiez-le avec son autorité.',
  'home.clusters.failing.silent': '⚠️ *{name}* · {environments} · Ne répond plus : {ago}',
  'cluster.failing.credentials': '⚠️ Le cluster {cluster} ne reconnaît plus l’accès de NOX.',
  'cluster.failing.credentials.next':
    'Ce qui passe par lui échoue d’ici là : dans l’accueil, sous *Clusters*, modifiez-le avec un nouvel accès.',
  'cluster.failing.certificate': '⚠️ Le certificat du cluster {cluster} n’est plus reconnu.',
  'cluster.failing.certificate.next':
    'Ce qui passe par lui échoue d’ici là : dans l’accueil, sous *Clusters*, modifiez-le avec son autorité.',
  'form.tested.failed': '❌ `{name}` ne va pas bien.\n{why}',
} as const
