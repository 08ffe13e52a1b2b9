import { describe, it } from 'vitest'
import { expectGolden, openStage } from '../helpers/golden.ts'
import { people } from '../helpers/sandbox.ts'

const { bob, carol } = people

/** What is said, by language, and what the answer must at least say. */
const orders: readonly (readonly [fr: string, en: string])[] = [
  // What is missing.
  ['@NOX déploie en staging', '@NOX deploy to staging'],
  ['@NOX déploie user-api', '@NOX deploy user-api'],
  ['@NOX affiche les logs', '@NOX show the logs'],
  ['@NOX scale user-api en staging', '@NOX scale user-api in staging'],
  ['@NOX sauvegarde la base', '@NOX back up the database'],
  ['@NOX approuve', '@NOX approve'],
  // Names that nobody knows.
  ['@NOX déploie user-apo en staging', '@NOX deploy user-apo to staging'],
  ['@NOX déploie zorglub en staging', '@NOX deploy zorglub to staging'],
  ['@NOX status cluster prod-2', '@NOX status cluster prod-2'],
  ['@NOX status cluster zorglub', '@NOX status cluster zorglub'],
  ['@NOX sauvegarde client-Y', '@NOX back up client-Y'],
  ['@NOX déploie user-api en recette', '@NOX deploy user-api to qa'],
  ['@NOX logs billing en préprod', '@NOX logs billing in preprod'],
  // Words that fit nothing.
  ['@NOX déploie user-api v2.4.0 en staging en marketing', '@NOX deploy user-api v2.4.0 to staging in marketing'],
  ['@NOX métriques de user-api en marketing', '@NOX metrics of user-api in marketing'],
  ['@NOX logs de user-api en prod bleus', '@NOX logs of user-api in prod bluish'],
  // No orders.
  ['@NOX ne déploie pas en prod', "@NOX don't deploy to prod"],
  ['@NOX j’ai déployé user-api hier', '@NOX I deployed user-api yesterday'],
  ['@NOX bonjour', '@NOX good morning'],
  ['@NOX le déploiement s’est bien passé', '@NOX the deploy went fine'],
  // Unknown commands.
  ['@NOX danse la samba', '@NOX dance the samba'],
  ['@NOX déplace le service user-api', '@NOX move the service user-api'],
  ['@NOX deploiement', '@NOX deployment'],
  // What needs more than this version, or this tenant, has.
  ['@NOX créer ticket incident service down', '@NOX create ticket incident service down'],
  ['@NOX créer rapport hebdo dans Notion', '@NOX create weekly report in Notion'],
  ['@NOX alertes', '@NOX alerts'],
  ['@NOX builds de user-api', '@NOX builds of user-api'],
  ['@NOX invite jean@acme.fr', '@NOX invite jean@acme.fr'],
  [
    '@NOX chaque lundi à 9h crée un rapport hebdo dans Notion',
    '@NOX every monday at 9am create weekly report in Notion',
  ],
  // Values out of range, typos in a change.
  ['@NOX logs user-api en prod --lines 9000', '@NOX logs user-api in prod --lines 9000'],
  ['@NOX déploi user-api v2.4.0 en satging', '@NOX deplooy user-api v2.4.0 to satging'],
  ['@NOX afiche les logs de user-api en prod', '@NOX shwo logs of user-api in prod'],
]

describe.each([
  ['fr', 0],
  ['en', 1],
] as const)('what NOX can not do at once, in %s', (language, index) => {
  it('is asked or told', async () => {
    const stage = await openStage(50, language)
    for (const order of orders) await stage.ask(carol, order[index], /^(?!.*⏳)/s)
    await stage.ask(bob, `@NOX ${'x '.repeat(19_997)}`, /./, { title: 'bob: more than 40,000 characters' })
    await stage.sandbox.stop()
    await expectGolden(`misunderstood.${language}`, stage.scenes)
  }, 180_000)
})
