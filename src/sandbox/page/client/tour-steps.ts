export interface TourStep {
  readonly user: string
  readonly fr: readonly [title: string, text: string]
  readonly en: readonly [title: string, text: string]
  readonly says: string
}

/** What to try, in the order of a working day. */
export const tourSteps: readonly TourStep[] = [
  {
    user: 'U0BOB',
    fr: ['Déployer en staging', 'Bob en a le droit. Un seul message se met à jour pendant que les pods roulent.'],
    en: ['Deploy to staging', 'Bob may deploy here. Watch one message update itself as the pods roll.'],
    says: '@NOX déploie user-api branche feature/auth en staging',
  },
  {
    user: 'U0BOB',
    fr: [
      'Demander la production',
      'Bob est développeur : refusé, avec la raison. Il peut demander une validation ; Carol l’accorde dans le fil.',
    ],
    en: [
      'Ask for production',
      'Bob is a developer: refused, with the reason. He may ask for approval; Carol gives it in the thread.',
    ],
    says: '@NOX déploie user-api v2.4.0 en production',
  },
  {
    user: 'U0BOB',
    fr: ['Lire les logs', 'Les dernières lignes dans le fil, tout le reste dans un fichier.'],
    en: ['Read the logs', 'The last lines in the thread, all the rest in a file.'],
    says: '@NOX affiche logs du service user-api',
  },
  {
    user: 'U0BOB',
    fr: ['Regarder le cluster', 'Nœuds, Deployments, et ce qui ne va pas, avec la cause.'],
    en: ['Look at the cluster', 'Nodes, Deployments, and what is unhealthy, with its cause.'],
    says: '@NOX status cluster kubernetes',
  },
  {
    user: 'U0CAROL',
    fr: ['Sauvegarder', 'Carol est senior : un Job part, sa fin est racontée.'],
    en: ['Back up', 'Carol is a senior: a Job starts, and its end is told.'],
    says: '@NOX backup base données client-Z',
  },
  {
    user: 'U0ALICE',
    fr: ['Administrer', 'Alice relit qui a fait quoi. Onglet Accueil de NOX : clusters, catalogue, droits.'],
    en: ['Administer', 'Alice reads who did what. NOX’s Home tab: clusters, catalogue, rights.'],
    says: '@NOX audit',
  },
]
