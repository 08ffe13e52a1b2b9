import type { ConfluenceSeed } from './confluence/index.ts'
import { databaseIdOf, type NotionSeed } from './notion/index.ts'
import type { TeamsSeed } from './teams/index.ts'

/** Below this page of Confluence go the reports of Société X. */
export const confluenceReports = '65600'

/** What Société X shared with NOX in Notion. */
export const notionSeed: NotionSeed = {
  token: 'sandbox-notion-token',
  bot: 'NOX',
  workspace: 'Société X',
  pages: [
    { title: 'Runbook : user-api ne répond plus', words: 'astreinte incident redémarrer rollback', minutesAgo: 2_100 },
    {
      title: 'Runbook : restaurer la base client-Z',
      words: 'sauvegarde backup postgres restauration',
      minutesAgo: 18_000,
    },
    { title: 'Post-mortem du 12 novembre', words: 'incident mailer mémoire runbook', minutesAgo: 20_300 },
    { title: 'Arrivée d’une personne dans l’équipe', words: 'onboarding accès comptes', minutesAgo: 41_000 },
    { title: 'Calendrier des mises en production', words: 'releases gel déploiement', minutesAgo: 320 },
  ],
  databases: [{ title: 'Rapports', property: 'Nom' }],
}

/** Into this database of Notion go the reports of Société X. */
export const notionReports = databaseIdOf('Rapports')

/** The channels of Société X in Teams. */
export const teamsSeed: TeamsSeed = {
  channels: [
    { name: 'Exploitation', workflow: '5f1c2d3e4b5a69788796a5b4c3d2e1f0', signature: 'sandbox-teams-signature-ops' },
    { name: 'Direction', workflow: '0f1e2d3c4b5a69788796a5b4c3d2e1f5', signature: 'sandbox-teams-signature-dir' },
  ],
}

/** What stands in the Confluence of Société X. */
export const confluenceSeed: ConfluenceSeed = {
  email: 'nox@societe-x.example',
  token: 'sandbox-confluence-token',
  name: 'NOX',
  pages: [
    { id: confluenceReports, space: 'OPS', title: 'Rapports', words: 'sommaire', minutesAgo: 120_000 },
    {
      id: '65601',
      space: 'OPS',
      title: 'Runbook de la facturation',
      words: 'billing incident paiement',
      minutesAgo: 5_000,
    },
    {
      id: '65602',
      space: 'OPS',
      title: 'Architecture du réseau',
      words: 'ingress vpn certificats',
      minutesAgo: 90_000,
    },
    { id: '65603', space: 'WEB', title: 'Règles d’accessibilité', words: 'clavier contraste menus', minutesAgo: 7_300 },
  ],
}
