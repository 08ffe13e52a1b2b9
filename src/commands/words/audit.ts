import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { allOf, ordersOf, phrases } from './phrases.ts'
import { environment, service, since } from './shared-arguments.ts'

const actor: ArgumentSpec = { name: 'actor', kind: 'actor' }

const command: ArgumentSpec = {
  name: 'command',
  kind: 'choice',
  nouns: { fr: ['commande'], en: ['command'] },
  choices: {
    deploy: {
      fr: [
        'déploiements',
        'déploiement',
        'déployé',
        'fait un déploiement',
        'fait une mise en prod',
        'fait une mep',
        'fait la mep',
        'livré',
        'mises en prod',
        'mis en prod',
        'deploy',
      ],
      en: ['deploys', 'deployments', 'deployment', 'deployed', 'deploy', 'shipped', 'released', 'releases'],
    },
    rollback: {
      fr: ['rollbacks', 'rollback', 'fait un rollback', 'rollbacké', 'fait le rollback'],
      en: ['rollbacks', 'rollback', 'rolled back', 'reverted'],
    },
    restart: {
      fr: ['redémarrages', 'redémarrage', 'redémarré', 'relancé', 'fait un redémarrage'],
      en: ['restarts', 'restart', 'restarted', 'bounced', 'rebooted'],
    },
    scale: { fr: ['scale', 'scalé'], en: ['scalings', 'scale', 'scaled'] },
    logs: { fr: ['lu les logs', 'consulté les logs'], en: ['read the logs'] },
    backup: {
      fr: ['sauvegardes', 'sauvegardé', 'backups', 'fait un backup', 'fait une sauvegarde', 'fait le backup'],
      en: ['backups', 'backed up', 'backup'],
    },
  },
}

const result: ArgumentSpec = {
  name: 'result',
  kind: 'choice',
  nouns: { fr: ['résultat'], en: ['result'] },
  choices: {
    done: { fr: ['réussis', 'réussies', 'terminés'], en: ['done', 'successful', 'succeeded'] },
    refused: {
      fr: ['refusés', 'refusées', 'refus', 'refusé', 'actions refusées', 'commandes refusées'],
      en: ['refused', 'denied', 'refused actions', 'denied actions', 'refusals'],
    },
    failed: {
      fr: ['échoués', 'échouées', 'échoué', 'actions échouées', 'actions en échec', 'en échec', 'ratés', 'échecs'],
      en: ['failed', 'failures'],
    },
  },
}

const did = {
  deploy: { fr: ['déployé', 'livré', 'mis en prod', 'mis en ligne'], en: ['deployed', 'shipped', 'released'] },
  rollback: { fr: ['rollbacké', 'fait un rollback', 'fait le rollback'], en: ['rolled back', 'reverted'] },
  restart: { fr: ['redémarré', 'relancé', 'rebooté'], en: ['restarted', 'bounced', 'rebooted'] },
  scale: { fr: ['scalé'], en: ['scaled'] },
  backup: { fr: ['sauvegardé', 'fait un backup', 'fait une sauvegarde'], en: ['backed up'] },
}

const asked = {
  fr: ['qui a', 'qui avait', 'qui est-ce qui a', 'qui a encore'],
  en: ['who', 'who has', 'who just', 'who last', 'who had', 'who already'],
}

/** `qui a déployé`, `who restarted`: the phrases of each command. */
const whoDid = Object.entries(did).map(([command, words]) => ({
  meaning: { actor: 'anyone', command },
  fr: phrases(asked.fr, words.fr),
  en: phrases(asked.en, words.en),
}))

const whoTouched = {
  fr: ['qui a touché', 'qui a touché à', 'qui a modifié'],
  en: ['who touched', 'who changed', 'who modified'],
}

const lastDeploys = [
  'derniers déploiements',
  'dernier déploiement',
  'dernières mises en prod',
  'last deploys',
  'last deployments',
  'latest deployments',
  'recent deployments',
  'recent deploys',
  'last deployment',
  'last deploy',
  'latest deploys',
  'deployment history',
  'deploy history',
]

/** All of it as a file. */
const file: ArgumentSpec = { name: 'file', kind: 'choice', choices: { csv: { fr: ['csv'], en: ['csv'] } } }

const exported = {
  fr: phrases(
    [...ordersOf('export'), 'export', ...ordersOf('télécharg')],
    ['audit', 'historique', "journal d'audit", "piste d'audit"],
  ),
  en: phrases(['export', 'download'], ['audit', 'audit log', 'audit trail', 'history']),
}

/** The words of `audit`. */
export const auditWords: CommandWords = {
  name: 'audit',
  action: 'audit',
  effect: 'read',
  arguments: [actor, command, service, environment, since, result, file],
  words: {
    fr: [
      'historique',
      'audit',
      "journal d'audit",
      "piste d'audit",
      "qu'est-ce qui a été",
      "qu'a fait",
      "qu'est-ce qui a changé",
      "qu'est-ce qui a bougé",
      'actions refusées',
      'déploiements',
      'activité',
      ...whoDid.flatMap(({ fr }) => fr),
      ...whoTouched.fr,
      ...exported.fr,
      ...lastDeploys.slice(0, 3),
    ],
    en: [
      'history',
      'audit',
      'audit log',
      'audit trail',
      'what was',
      'what has been',
      'what got',
      'what did',
      'what changed',
      'what has changed',
      'refused actions',
      'deployments',
      'failed deployments',
      'failed deploys',
      'activity',
      ...whoDid.flatMap(({ en }) => en),
      ...whoTouched.en,
      ...exported.en,
      ...lastDeploys.slice(3),
    ],
  },
  implies: {
    ...allOf([...exported.fr, ...exported.en], { file: 'csv' }),
    ...Object.assign({}, ...whoDid.map(({ fr, en, meaning }) => allOf([...fr, ...en], meaning))),
    ...allOf([...whoTouched.fr, ...whoTouched.en], { actor: 'anyone' }),
    ...allOf(lastDeploys, { command: 'deploy' }),
    ...allOf(['déploiements', 'deployments'], { command: 'deploy' }),
    ...allOf(['failed deployments', 'failed deploys'], { command: 'deploy', result: 'failed' }),
    ...allOf(['actions refusées', 'refused actions'], { result: 'refused' }),
  },
}
