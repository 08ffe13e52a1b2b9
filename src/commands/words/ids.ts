import type { ArgumentSpec } from '../../domain/command-spec.ts'

/** An argument `id`, announced by one of these nouns. */
const id = (fr: readonly string[], en: readonly string[]): ArgumentSpec => ({
  name: 'id',
  kind: 'id',
  nouns: { fr, en },
})

/** An order by its number. */
export const actionId = id(
  ['action', 'demande', 'numéro', 'id', 'déploiement', 'requête'],
  ['action', 'request', 'number', 'id', 'deployment', 'deploy'],
)

/** A run of a workflow. */
export const runId = id(
  ['build', 'run', 'pipeline', 'job', 'numéro', 'id'],
  ['build', 'run', 'pipeline', 'job', 'workflow', 'number', 'id'],
)

export const incidentId = id(['incident', 'numéro', 'id'], ['incident', 'number', 'id'])

/** An incident, where `id` could be a word of the text that follows. */
export const incidentNumber = id(['incident', 'numéro'], ['incident', 'number'])

/** An alert that NOX received. */
export const receivedAlertId = id(['alerte', 'alertes', 'id'], ['alert', 'alerts', 'id'])

/** An alert of a monitoring vendor, to be muted there. */
export const monitorId = id(
  ['alerte', 'alertes', 'numéro', 'monitor', 'id'],
  ['alert', 'alerts', 'number', 'monitor', 'id'],
)

export const scheduleId = id(['numéro', 'planification', 'id'], ['number', 'schedule', 'id'])
