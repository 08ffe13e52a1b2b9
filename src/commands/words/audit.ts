import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { environment, service, since } from './shared-arguments.ts'

const actor: ArgumentSpec = { name: 'actor', kind: 'actor' }

const command: ArgumentSpec = {
  name: 'command',
  kind: 'choice',
  nouns: { fr: ['commande'], en: ['command'] },
  choices: {
    deploy: {
      fr: ['déploiements', 'déploiement', 'déployé', 'livré', 'mises en prod', 'mis en prod', 'deploy'],
      en: ['deploys', 'deployments', 'deployment', 'deployed', 'deploy', 'shipped', 'released', 'releases'],
    },
    rollback: { fr: ['rollbacks', 'rollback'], en: ['rollbacks', 'rollback', 'rolled back', 'reverted'] },
    restart: {
      fr: ['redémarrages', 'redémarrage', 'redémarré', 'relancé'],
      en: ['restarts', 'restart', 'restarted', 'bounced'],
    },
    scale: { fr: ['scale', 'scalé'], en: ['scalings', 'scale', 'scaled'] },
    logs: { fr: ['lu les logs', 'consulté les logs'], en: ['read the logs'] },
    backup: { fr: ['sauvegardes', 'sauvegardé', 'backups'], en: ['backups', 'backed up', 'backup'] },
  },
}

const result: ArgumentSpec = {
  name: 'result',
  kind: 'choice',
  nouns: { fr: ['résultat'], en: ['result'] },
  choices: {
    done: { fr: ['réussis', 'réussies', 'terminés'], en: ['done', 'successful', 'succeeded'] },
    refused: { fr: ['refusés', 'refusées', 'refus', 'refusé'], en: ['refused', 'denied'] },
    failed: { fr: ['échoués', 'échouées', 'en échec', 'ratés', 'échecs'], en: ['failed', 'failures'] },
  },
}

/** The words of `audit`. */
export const auditWords: CommandWords = {
  name: 'audit',
  action: 'audit',
  effect: 'read',
  arguments: [actor, command, service, environment, since, result],
  words: {
    fr: ['historique', 'audit', "journal d'audit", 'qui a'],
    en: ['history', 'audit', 'audit log', 'who'],
  },
}
