import type { ArgumentSpec } from '../../domain/command-spec.ts'

/** Arguments that several commands share, optional and announced by their nouns unless a command says otherwise. */
export const service: ArgumentSpec = {
  name: 'service',
  kind: 'name',
  bare: true,
  nouns: {
    fr: ['service', 'app', 'appli', 'application', 'microservice', 'micro-service', 'composant'],
    en: ['service', 'app', 'application', 'microservice', 'deployment', 'svc', 'component'],
  },
}

export const environment: ArgumentSpec = {
  name: 'environment',
  kind: 'environment',
  short: 'e',
  nouns: { fr: ['environnement', 'env'], en: ['environment', 'env'] },
}

export const cluster: ArgumentSpec = {
  name: 'cluster',
  kind: 'name',
  nouns: { fr: ['cluster'], en: ['cluster'] },
}

export const since: ArgumentSpec = {
  name: 'since',
  kind: 'duration',
  nouns: {
    fr: [
      'depuis',
      'pendant',
      'durant',
      'dernière',
      'dernières',
      'dernier',
      'derniers',
      'sur',
      'ces',
      'il y a',
      'passée',
      'passées',
    ],
    en: ['since', 'last', 'past', 'in', 'within', 'over', 'from', 'during', 'for'],
  },
}

export const duration: ArgumentSpec = {
  name: 'duration',
  kind: 'duration',
  nouns: { fr: ['pendant', 'pour', 'durant', 'durée'], en: ['for', 'during', 'duration'] },
}

export const expires: ArgumentSpec = {
  name: 'expires',
  kind: 'duration',
  nouns: {
    fr: ['pendant', 'pour', 'durant', 'valable', 'expire dans', 'expirant dans'],
    en: ['for', 'during', 'valid', 'expires in', 'expiring in'],
  },
}

export const branch: ArgumentSpec = {
  name: 'branch',
  kind: 'branch',
  short: 'b',
  nouns: { fr: ['branche', 'branch'], en: ['branch'] },
}

export const tag: ArgumentSpec = {
  name: 'tag',
  kind: 'tag',
  nouns: { fr: ['tag', 'version', 'v'], en: ['tag', 'version', 'v'] },
}

export const sha: ArgumentSpec = {
  name: 'sha',
  kind: 'sha',
  nouns: { fr: ['commit', 'sha'], en: ['commit', 'sha'] },
}

export const project: ArgumentSpec = {
  name: 'project',
  kind: 'name',
  nouns: { fr: ['projet'], en: ['project'] },
}

export const repository: ArgumentSpec = {
  name: 'repository',
  kind: 'name',
  bare: true,
  nouns: { fr: ['repo', 'dépôt', 'repository', 'dans'], en: ['repo', 'repository', 'in'] },
}

export const mine: ArgumentSpec = {
  name: 'mine',
  kind: 'flag',
  nouns: { fr: ['mes', 'mon', 'à moi', 'les miens', 'les miennes'], en: ['my', 'mine'] },
}

export const priority: ArgumentSpec = {
  name: 'priority',
  kind: 'choice',
  nouns: { fr: ['priorité', 'prio'], en: ['priority', 'prio'] },
  choices: {
    highest: { fr: ['urgent', 'urgente', 'critique', 'maximale'], en: ['highest', 'urgent', 'critical'] },
    high: { fr: ['haute', 'élevée'], en: ['high'] },
    medium: { fr: ['moyenne', 'normale'], en: ['medium', 'normal'] },
    low: { fr: ['basse', 'faible'], en: ['low'] },
  },
}

export const severity: ArgumentSpec = {
  name: 'severity',
  kind: 'choice',
  nouns: { fr: ['sévérité', 'gravité'], en: ['severity'] },
  choices: {
    sev1: { fr: ['sev1', 'sev 1', 'p1', 'critique'], en: ['sev1', 'sev 1', 'p1', 'critical'] },
    sev2: { fr: ['sev2', 'sev 2', 'p2', 'majeur', 'majeure'], en: ['sev2', 'sev 2', 'p2', 'major'] },
    sev3: { fr: ['sev3', 'sev 3', 'p3', 'mineur', 'mineure'], en: ['sev3', 'sev 3', 'p3', 'minor'] },
    sev4: { fr: ['sev4', 'sev 4', 'p4'], en: ['sev4', 'sev 4', 'p4'] },
  },
}

/** An argument that the command cannot do without. */
export const required = (argument: ArgumentSpec): ArgumentSpec => ({ ...argument, required: true })

const monitoring = {
  datadog: { fr: ['datadog'], en: ['datadog'] },
  grafana: { fr: ['grafana'], en: ['grafana'] },
}

/** Who is asked: what is measured, or a dashboard. */
export const monitoringSource: ArgumentSpec = {
  name: 'source',
  kind: 'choice',
  nouns: { fr: ['source'], en: ['source'] },
  choices: monitoring,
}

/** Who is asked: what alerts. */
export const alertSource: ArgumentSpec = {
  ...monitoringSource,
  choices: {
    ...monitoring,
    alertmanager: { fr: ['alertmanager', 'prometheus'], en: ['alertmanager', 'prometheus'] },
  },
}
