/** Guests and invitations, by letter and in Home. In French. */
export const frGovernanceInvitations = {
  'invited.guest': 'Votre accès invité à {projects}, dans {tenant}, par {person}.\nVous pouvez voir : état, logs.{end}',
  'invited.until': ' Fin : {until}.',
  'invited.member':
    '{person} vous a ajouté à l’équipe de {tenant} dans NOX.\n`@NOX aide` montre ce que vous pouvez faire.',

  'mail.footer':
    'NOX, l’assistant DevOps de votre équipe dans Slack, vous envoie ce message. Inutile d’y répondre : personne ne lit cette adresse.',

  'invite.nobody': 'Choisissez des personnes, ou écrivez des adresses.',
  'invite.badAddress': '{email} n’est pas une adresse e-mail.',
  'invite.gone': 'Cette invitation n’est plus ouverte.',
  'invite.resent': 'Nouvelle invitation envoyée à {email}. L’ancien lien ne fonctionne plus.',
  'invite.revoked': 'Invitation de {email} annulée. Son lien ne fonctionne plus.',
  'invite.open': { by: 'n', one: '{n} invitation en attente', other: '{n} invitations en attente' },
  'invite.line': '{email} · {role} · expire : {until}',
  'invite.more': { by: 'n', one: 'et {n} autre invitation', other: 'et {n} autres invitations' },
  'invite.came': '{person} a accepté votre invitation ({email}) et fait partie de l’équipe.',
  'invite.expired': 'L’invitation de {email} a expiré sans réponse. Vous pouvez en envoyer une autre.',
  'invite.link.noMail': 'NOX n’envoie pas d’e-mails ici.',
  'invite.link.failed': 'L’e-mail à {email} n’est pas parti.',
  'invite.link.limit': 'L’e-mail à {email} n’est pas parti : NOX écrit {limit} invitations par jour au plus.',
  'invite.link.pass': 'Transmettez ce lien à {email} : {url}\nIl sert une seule fois, pendant {days} jours.',
  'invite.mail.title': '{person} vous invite dans NOX, équipe {tenant}',
  'invite.mail.about':
    'NOX répond dans Slack : état des services, logs, déploiements et validations, avec les droits que votre équipe vous donne.',
  'invite.mail.once':
    'Ce lien sert une seule fois, pendant {days} jours. Si vous n’attendiez pas cette invitation, ignorez-la.',
  'invite.mail.button': 'Voir l’invitation',
  'invite.page.title': 'Rejoindre l’équipe {tenant}',
  'invite.page.lead': '{person} vous invite dans l’équipe {tenant} de NOX.',
  'invite.page.signIn':
    'Connectez-vous avec le compte Slack de {email}. NOX apprend votre nom et votre adresse, rien d’autre.',
  'invite.page.button': 'Se connecter avec Slack',
  'invite.page.joined': 'Bienvenue dans l’équipe {tenant}',
  'invite.page.next': 'Dans Slack, écrivez @NOX aide pour voir ce que vous pouvez faire.',
  'invite.page.problem': 'L’invitation n’a pas abouti',
  'invite.page.already': 'Vous faites déjà partie de l’équipe',
  'invite.page.why.gone':
    'Ce lien a déjà servi, a été annulé ou a expiré. Demandez une nouvelle invitation à la personne qui vous a écrit.',
  'invite.page.why.other-account':
    'Cette invitation est pour une autre adresse que celle de votre compte Slack. Ouvrez le lien à nouveau et choisissez le bon compte, ou demandez une invitation à votre adresse.',
  'invite.page.why.outside':
    'Votre compte Slack n’est pas dans l’espace de cette équipe. Demandez d’abord à y être ajouté, puis ouvrez le lien à nouveau.',
  'invite.page.why.withdrawn':
    'La personne qui vous a invité ne peut plus le faire. Demandez une invitation à un autre admin de l’équipe.',
  'invite.page.why.already': 'Dans Slack, écrivez @NOX mes droits pour voir ce que vous pouvez faire.',
  'invite.page.why.full':
    'L’offre de l’équipe n’a plus de place. Un admin peut en libérer une, puis ouvrez le lien à nouveau.',
  'invite.page.why.cancelled': 'Vous n’avez pas terminé la connexion. Ouvrez le lien à nouveau pour recommencer.',
  'invite.page.why.failed': 'La connexion n’a pas abouti. Ouvrez à nouveau le lien de l’e-mail.',
  'invite.outside': '{person} n’est pas de votre espace Slack.',
  'invite.already.guest':
    '{person} est déjà parmi les invités. Pour lui ouvrir un projet, ajoutez-le à l’ordre : `projet user-api`.',
  'invite.already': '{person} fait déjà partie de l’équipe.',
} as const
