/** How an order goes and ends. In French. */
export const frOrdersProgress = {
  'turn.waits': {
    by: 'n',
    one: '⏳ *En attente :* {action}\n{n} ordre passe avant. Rien à faire : celui-ci partira tout seul.',
    other: '⏳ *En attente :* {action}\n{n} ordres passent avant. Rien à faire : celui-ci partira tout seul.',
  },
  'turn.busy': '⏳ *En attente :* {action}\nNOX est très occupé. Rien à faire : cet ordre partira tout seul.',

  'step.done': '✅ Fait : {what}',
  'step.now': '⏳ En cours : {what}',
  'step.next': 'Ensuite : {what}',
  'step.image': 'image `{image}`',
  'step.patch': 'Deployment modifié',
  'step.patching': 'modifier le Deployment',
  'step.rollout': 'rollout, {ready}/{total} {total|pod prêt|pods prêts}',
  'step.rollout.wait': 'rollout',
  'step.job': 'Job `{job}`, {elapsed}',
  'step.resumed': 'NOX a redémarré ; l’action continue, sans rien refaire.',
  'step.start': 'le départ',

  'deploy.done':
    '✅ *Déployé :* `{service}` en {env}\n`{before}` → `{after}` en {duration} · {ready}/{total} {total|pod prêt|pods prêts}',
  'slack.slow': 'Slack ralentit les messages ; l’action, elle, continue.',
  'deploy.ring': '{mention} `{service}` `{after}` est en {env}.',
  'deploy.same': 'Rien à faire : `{service}` tourne déjà en `{version}` en {env}.',
  'deploy.now': 'La version `{before}` sert toujours : {ready}/{total} {total|pod prêt|pods prêts}.',
  'deploy.down': '⚠️ Plus aucun pod ne répond.',

  'rollback.done':
    '✅ *Rollback effectué :* `{service}` en {env}\n`{before}` → `{after}` en {duration} · {ready}/{total} {total|pod prêt|pods prêts}',
  'rollback.none': 'Aucune version précédente de `{service}` en {env}.',
  'rollback.unknown': 'Aucune version `{version}` de `{service}` n’est connue en {env}. {known}',
  'rollback.known': 'Connues : {versions}.',
  'rollback.known.none': 'Il n’y en a aucune avant celle qui tourne.',

  'restart.done':
    '✅ *Redémarré :* `{service}` en {env}\n`{version}` en {duration} · {ready}/{total} {total|pod prêt|pods prêts}',

  'scale.done':
    '✅ *Réplicas ajustés :* `{service}` en {env}\n{before} → {after} en {duration} · {ready}/{total} {total|pod prêt|pods prêts}',

  'backup.ring': '{mention} la sauvegarde de `{target}` est terminée, en {duration}.',
  'backup.done': '✅ *Sauvegarde terminée :* `{target}`\nEn {duration}',
  'backup.done.size': '✅ *Sauvegarde terminée :* `{target}`\n{size} en {duration}',
  'backup.failed': 'Le Job `{job}` a échoué : {why}.',
  'backup.failed.plain': 'Le Job `{job}` a échoué.',
  'backup.exit': 'code {code}',
  'backup.last': 'Dernière réussie : {ago}.',

  'result.none': '– sans suite',
  'result.unanswered': '– sans réponse',
  'result.done': '✅ fait',
  'result.refused': '⛔ refusé',
  'result.failed': '❌ échec',
  'result.cancelled': '⏹️ annulé',
  'result.expired': '⏹️ expiré',
  'result.unknown': '⚠️ inconnu',
  'result.requested': '✋ demandé',
  'result.approved': '✅ approuvé',
  'result.denied': '⛔ refusé',
  'result.changed': '✅ modifié',

  'finished.title': '✅ *Marqué comme fait :* {action}',
  'finished.done': 'Par {person}.',

  'recheck.notStarted': 'Vérifié : rien n’a changé dans le cluster ; vous pouvez réessayer.',
  'recheck.unknown': 'Toujours incertain. Regardez le cluster, puis marquez l’action comme faite ou réessayez.',

  'nox.down':
    '❌ *Erreur de NOX :* {action}\nC’est de notre fait, avec nos excuses. Rien n’a été lancé. Référence `{ref}`.',
  'nox.failed':
    '❌ *Erreur de NOX :* {action}\nC’est de notre fait, avec nos excuses. Vérifiez l’état avant de recommencer. Référence `{ref}`.',

  'vendor.down': '❌ *{vendor} ne répond pas :* {action}\nRien n’a été fait ; l’action ne compte pas.',

  notTaken: 'L’ordre n’a pas pu être enregistré ; rien n’a été lancé. Réessayez dans une minute.',

  notInChannel: 'NOX n’est pas dans ce canal. Tapez `/invite @NOX`.',
  toldApart: 'Répondu ici : NOX ne peut plus écrire dans {channel} (archivé, fermé ou quitté)',

  'output.page': 'Lignes {from} à {to} sur {total}',
} as const
