/** Several Slack workspaces in one tenant. */
export const frWorkspaces = {
  'button.workspace.add': 'Ajouter un espace Slack',
  'button.workspace.join': 'Rejoindre une entreprise',
  'button.workspace.ask': 'Demander',
  'button.workspace.leave': 'Séparer',
  'button.workspace.accept': 'Accepter',
  'field.code': 'Code',
  'workspace.title': { by: 'n', one: 'Espace Slack', other: '{n} espaces Slack' },
  'workspace.line.first': '*{name}* · l’espace d’origine',
  'workspace.line': '*{name}* · depuis : {since}',
  'workspace.request': '✋ *{workspace}* demande à rejoindre {tenant}\nPar {person}. Expire : {until}',
  'workspace.code.about':
    'Un admin de l’autre espace Slack colle ce code : Accueil de NOX, Équipe (ou Invités), « Rejoindre une entreprise ». Il sert une fois, pendant une heure ; le précédent ne vaut plus.',
  'workspace.code.then': 'Vous verrez ensuite quel espace demande, et rien ne se fait sans votre accord.',
  'workspace.code': '{code}',
  'workspace.join.about':
    'Un admin de l’autre espace fait le code : Accueil de NOX, Équipe, « Ajouter un espace Slack ».',
  'workspace.badCode': 'Ce code n’existe pas, a déjà servi ou a expiré. Demandez-en un nouveau.',
  'workspace.same': 'Cet espace en fait déjà partie.',
  'workspace.several': 'Cet espace est lié à d’autres : il faut d’abord les séparer.',
  'workspace.subscribed': 'Un abonnement est en cours ici : résiliez-le d’abord, dans Facturation.',
  'workspace.running': 'L’action #{n} est en cours : réessayez quand elle sera finie.',
  'workspace.company': 'Seule une entreprise réunit plusieurs espaces Slack. Le type se change dans les réglages.',
  'workspace.preview': 'Cet espace Slack rejoindra *{tenant}* dès qu’un admin de {tenant} aura accepté.',
  'workspace.preview.stays':
    'Ne suivent pas : {members} {members|membre|membres}, {zones} {zones|zone|zones}, {integrations} {integrations|cluster ou intégration|clusters et intégrations}, {schedules} {schedules|planification|planifications}, l’audit. Rien n’est mélangé. Les planifications et les demandes en attente s’arrêtent ; tout est effacé après {days} jours.',
  'workspace.preview.people':
    'Les personnes d’ici deviennent membres de {tenant} quand elles parlent à NOX ; ses admins décident de leurs droits.',
  'workspace.preview.leave': 'Un admin pourra le séparer : cet espace repartira alors de zéro.',
  'workspace.asked':
    'Demande envoyée aux admins de {tenant}. Ils ont {days} jours pour accepter ; d’ici là, rien ne change.',
  'workspace.gone': 'Cette demande n’existe plus : elle est décidée, ou elle a expiré.',
  'workspace.askerLeft': 'Qui a demandé n’est plus admin de son espace. Il faut une nouvelle demande.',
  'workspace.full':
    'Les {n} places du plan sont prises : personne ne pourrait entrer. Libérez-en, ou passez à un plan plus large.',
  'workspace.joined':
    '{workspace} a rejoint. Ses membres arrivent quand ils parlent à NOX ; leurs rôles se règlent ici.',
  'workspace.refused': 'Refusé : {workspace} reste à part.',
  'workspace.leave.title': 'Séparer {workspace} de {tenant} ?',
  'workspace.leave.text':
    'Ses membres perdent leurs droits ici, leurs demandes et planifications s’arrêtent. L’historique reste. L’espace repart de zéro, avec le plan gratuit.',
  'workspace.leaving':
    '{workspace} est en cours de séparation : chaque demande ouverte de ses membres se termine, et le dit.',
  'workspace.left': '{workspace} est séparé de {tenant} et repart de zéro.',
  'workspace.notJoined': 'Cet espace n’a rejoint personne : il n’y a rien à séparer.',
  'workspace.lastAdmin': 'Sans cet espace il n’y aurait plus d’admin ici. Nommez d’abord un admin ailleurs.',
  'workspace.told.asked': '{workspace} demande à rejoindre NOX ici, par {person}',
  'workspace.told.decide': 'Décidez dans l’Accueil, onglet Équipe. Sans réponse, la demande expire après {days} jours.',
  'workspace.told.refused': '{tenant} n’a pas accepté la demande. Rien n’a changé ici.',
  'workspace.told.joined': 'Cet espace Slack fait maintenant partie de {tenant}',
  'command.workspace.invite': 'préparer l’ajout d’un espace Slack',
  'command.workspace.ask': 'demander à rejoindre une entreprise',
  'command.workspace.join': 'réunir des espaces Slack',
  'command.workspace.refuse': 'refuser un espace Slack',
  'command.workspace.leave': 'séparer un espace Slack',
} as const
