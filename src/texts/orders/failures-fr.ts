/** What failed, why, and what to do. In French. */
export const frOrdersFailures = {
  'failure.image': 'Image `{image}` introuvable, ou refusée par le registry.',
  'failure.image.next': 'Vérifiez le build de `{ref}`, puis réessayez.',
  'failure.timeout': 'Toujours pas prêt après {limit}.',
  'failure.timeout.next': 'Lisez les logs ou revenez à `{before}`.',
  'failure.crash': {
    by: 'n',
    one: '`{container}` s’arrête au démarrage : code {exit}, {n} redémarrage. Lisez ses dernières lignes.',
    other: '`{container}` s’arrête au démarrage : code {exit}, {n} redémarrages. Lisez ses dernières lignes.',
  },
  'failure.memory': '`{container}` dépasse sa limite de mémoire, {limit}. Relevez la limite ou cherchez la fuite.',
  'failure.probe': 'La readiness probe échoue ({probe}). Vérifiez son port et son chemin.',
  'failure.quota':
    'Quota du namespace `{namespace}` atteint : {resource}, {used} sur {limit}. Libérez des ressources ou relevez le quota.',
  'failure.create': 'Le cluster refuse de créer les pods. Lisez les événements du service.',
  'failure.unschedulable': 'Aucun nœud n’a la place : {resource}. Ajoutez un nœud ou réduisez la demande.',
  'failure.unplaced': 'Aucun nœud n’accepte ses pods. Vérifiez les nœuds, leurs taints, et les sélecteurs du service.',
  'failure.container': '`{container}` ne peut pas être lancé. Lisez les événements du service.',
  'failure.forbidden':
    'Le cluster interdit à NOX de modifier `{resource}`. Un admin doit donner `{verb}` au compte de NOX.',
  'failure.forbidden.plain': 'Le cluster interdit cette action au compte de NOX. Un admin doit lui donner ce droit.',

  'error.image.template':
    'Le modèle d’image de `{service}` demande {wanted} ; l’ordre n’en donne pas. Précisez-le, ou demandez à un admin de changer le modèle.',
  'error.address': 'L’adresse `{host}` n’est pas autorisée : NOX n’appelle que des adresses publiques en https.',
  'error.host': 'Le nom `{host}` est introuvable.',
  'error.noCluster': 'Aucun cluster n’est connecté.',
  'error.noEnvironment': '{env} n’existe pas ici.',
  'error.noTarget': '`{service}` n’est pas déclaré en {env}.',
  'error.noTarget.next': 'Environnements connus : {known}.',
  'error.clusterUnknown': 'Le cluster `{cluster}` n’est pas connu ici.',
  'error.targetCluster': '`{service}` ne tourne pas sur `{cluster}` en {env}.',
  'error.notFound': 'Le cluster ne connaît pas `{what}`.',
  'error.number': 'Aucune action #{n} ici.',
  'error.range': '{Argument} doit être compris entre {min} et {max}.',
  'error.tooLong': 'Ce message est trop long pour être un ordre ; rien n’a été lancé.',
  'error.turned':
    'Ce message contient des signes cachés qui retournent le texte : il ne dit peut-être pas ce qui s’affiche. Rien n’a été lancé.',
  'error.turned.next': 'Retapez-le au lieu de le coller.',
  'error.order': 'Cet ordre n’a pas pu être lu ; rien n’a été lancé. Écrivez-le de nouveau.',
  'error.connect.admin': 'Connectez-en un depuis l’Accueil de NOX.',
  'error.connect.member': 'Un admin peut le faire : {people}.',
  'error.cluster.own':
    'Cet espace ne peut pas utiliser le cluster où tourne NOX. L’opérateur de NOX peut l’autoriser (`NOX_IN_CLUSTER`).',
  'error.cluster.noAccount':
    'Le pod de NOX n’a pas de compte ici : son jeton n’est pas monté. Prévenez l’opérateur de NOX.',
  'error.cluster.tls':
    'Le certificat du cluster n’est pas reconnu. Un admin doit reconnecter le cluster avec son autorité.',
  'error.cluster.credentials':
    'Le cluster ne reconnaît plus l’accès de NOX. Un admin doit le renouveler dans l’Accueil.',
  'error.cluster.conflict': 'Quelqu’un d’autre modifie `{what}` en ce moment. Réessayez dans un instant.',
  'error.cluster.quota': 'Le quota du namespace est atteint. Libérez des ressources ou relevez-le.',
  'error.cluster.refused': 'Le cluster refuse : « {why} ».',
  'error.cluster.busy': 'Le cluster limite les demandes de NOX. Réessayez dans une minute.',
  'error.cluster.failed': 'Le cluster a répondu par une erreur de son côté ({status}). Réessayez dans une minute.',
  'error.cluster.rests':
    'Le cluster {cluster} n’a pas répondu plusieurs fois de suite : NOX le laisse 15 secondes. Réessayez ensuite.',
  'error.cluster.silent': 'Le cluster ne répond pas. Vérifiez son adresse, et qu’il accepte les connexions de NOX.',
  'error.container':
    'Le Deployment `{deployment}` n’a pas de conteneur `{container}`. Il a : {known}. Un admin peut corriger le catalogue.',
  'error.cronJob': '`{cronJob}` n’est pas un CronJob du namespace `{namespace}`. Un admin peut corriger le catalogue.',

  'kubeconfig.unreadable':
    'Ce kubeconfig est illisible. Collez-le en entier, tel que `kubectl config view --raw --minify` l’écrit.',
  'kubeconfig.field':
    'Le champ `{field}` de ce kubeconfig n’est pas accepté. Sont lus : server, certificate-authority-data, token, client-certificate-data et client-key-data.',
  'kubeconfig.context': 'Ce kubeconfig ne dit pas quel contexte prendre. Ajoutez `current-context`.',
  'kubeconfig.credentials':
    'Ce kubeconfig n’a ni token ni certificat client. Créez un compte de service pour NOX et collez son token.',

  'trouble.title': '{word} {what} ({cluster})',
  'trouble.pending': 'Ses pods restent en attente. Lisez les événements du service.',
  'trouble.rollout': 'Le déploiement n’avance plus. Lisez les logs, ou revenez en arrière.',
  'trouble.node': 'Le nœud `{node}` n’est pas prêt.',
  'trouble.node.silent': 'Le nœud `{node}` ne donne plus signe de vie. Vérifiez la machine et son réseau.',

  'watch.began': '👀 NOX surveille {cluster} à partir de maintenant, et signale ses pannes ici.',
  'watch.channel': 'NOX ne peut pas écrire dans le canal des pannes. Invitez-le dans ce canal, puis réessayez.',
} as const
