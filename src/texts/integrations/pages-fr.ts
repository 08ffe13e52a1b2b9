/** What NOX says of documentation, in French. */
export const frPages = {
  'action.docs': 'chercher « {query} » dans la documentation',
  'help.what.docs': 'chercher une page dans Notion ou Confluence',
  'argument.query': 'des mots',
  'argument.source': 'un lieu (`dans Notion`)',
  'docs.title': {
    by: 'n',
    one: '*Documentation* : {n} page pour « {query} »',
    other: '*Documentation* : {n} pages pour « {query} »',
  },
  'docs.none': 'Aucune page pour « {query} » dans {where}. NOX ne voit que ce qui est partagé avec lui.',
  'docs.line': '• {page} · {ago}',
  'docs.line.of': '• {page} · {vendor} · {ago}',
  'docs.silent': '{vendor} n’a pas répondu.',
  'notion.token': 'Secret de l’intégration',
  'notion.token.hint':
    'D’une intégration interne (ntn_…), avec qui les pages sont partagées. Chiffré, jamais réaffiché.',
  'notion.url': 'Adresse de l’API',
  'notion.url.hint': 'Vide : api.notion.com. Seulement derrière un proxy.',
  'confluence.edition.cloud': 'Confluence Cloud',
  'confluence.edition.datacenter': 'Confluence Data Center',
  'confluence.email.hint': 'Confluence Cloud : celui du compte dont vient le token.',
  'confluence.email.needed': 'Confluence Cloud demande l’e-mail du compte.',
  'confluence.space': 'Espace',
  'confluence.space.hint':
    'Sa clé, pour ne chercher que là et y écrire les rapports. Vide : chercher partout, ne rien écrire.',
  'confluence.space.key': 'La clé d’un espace : OPS.',
  'confluence.space.none': 'Confluence ne montre aucun espace *{space}* à ce compte.',
  'confluence.parent': 'Page au-dessus des rapports',
  'confluence.parent.hint':
    'Le numéro dans son adresse : les rapports vont dessous, dans son espace. Vide : en haut de l’espace ci-dessus.',
  'confluence.parent.id': 'Le numéro d’une page : 123456, comme dans son adresse.',
  'notion.parent': 'Lieu des rapports',
  'notion.parent.hint': 'L’adresse d’une page ou d’une base partagée avec NOX. Vide : rien n’est écrit.',
  'notion.parent.id': 'L’adresse d’une page ou d’une base de Notion, telle que son menu la copie.',
  'notion.parent.none':
    'Notion ne montre à NOX ni page ni base à cette adresse. Est-elle partagée avec l’intégration ?',
  'pages.place.none': 'NOX ne connaît aucun lieu où écrire dans {vendor}. Un admin le choisit dans ses réglages.',
  'pages.exists': 'Une page {page} existe déjà. NOX n’en remplace jamais une sans qu’on le demande.',
  'teams.webhooks': 'Webhooks des canaux',
  'teams.webhooks.hint':
    'Un par ligne, l’habituel d’abord : ops = https://… Dans Teams : Workflows, « Envoyer des alertes de webhook à un canal ».',
  'teams.webhooks.line': 'Une ligne par canal : ops = https://… Chaque nom une fois.',
  'teams.incidents': 'Canal des incidents',
  'teams.incidents.hint': 'L’un des noms ci-dessus. Vide : les incidents restent dans Slack.',
  'teams.incidents.none': 'L’un des canaux ci-dessus : {known}.',
  'teams.test': 'NOX est connecté à ce canal.',
} as const
