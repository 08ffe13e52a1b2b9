import { describe, expect, it } from 'vitest'
import { allWords } from '../../src/commands/words/index.ts'
import { createParser } from '../../src/language/index.ts'
import { orderNothing, run, understands } from './understands.ts'

describe('schedules said in French', () => {
  understands('fr', [
    [
      'chaque lundi à 9h crée un rapport hebdo dans Notion',
      'schedule',
      { cron: '0 9 * * 1', run: run('report', { period: 'weekly', destination: 'notion' }, 'fr') },
    ],
    [
      'tous les jours à 18h30 sauvegarde client-Z',
      'schedule',
      { cron: '30 18 * * *', run: run('backup', { target: 'client-Z' }, 'fr') },
    ],
    [
      'toutes les heures status de billing',
      'schedule',
      { cron: '0 * * * *', run: run('status', { service: 'billing' }, 'fr') },
    ],
    [
      'le 1er du mois à 7h rapport mensuel',
      'schedule',
      { cron: '0 7 1 * *', run: run('report', { period: 'monthly' }, 'fr') },
    ],
    [
      'sauvegarde client-Z tous les jours à 3h',
      'schedule',
      { cron: '0 3 * * *', run: run('backup', { target: 'client-Z' }, 'fr') },
    ],
    [
      'sauvegarde client-Z tous les jours',
      'schedule',
      { run: run('backup', { target: 'client-Z' }, 'fr') },
      { missing: ['cron'] },
    ],
    [
      'sauvegarde client-Z à 3h',
      'schedule',
      { run: run('backup', { target: 'client-Z' }, 'fr') },
      { missing: ['cron'] },
    ],
    [
      'tous les lundis à 9h30, rapport hebdo',
      'schedule',
      { cron: '30 9 * * 1', run: run('report', { period: 'weekly' }, 'fr') },
    ],
    [
      'tous les lundis et jeudis à 9h status billing',
      'schedule',
      { cron: '0 9 * * 1,4', run: run('status', { service: 'billing' }, 'fr') },
    ],
    [
      'chaque lundi, mercredi et vendredi à 9h : rapport quotidien',
      'schedule',
      { cron: '0 9 * * 1,3,5', run: run('report', { period: 'daily' }, 'fr') },
    ],
    [
      'chaque jour à midi status billing',
      'schedule',
      { cron: '0 12 * * *', run: run('status', { service: 'billing' }, 'fr') },
    ],
    [
      'chaque jour à minuit sauvegarde client-Z',
      'schedule',
      { cron: '0 0 * * *', run: run('backup', { target: 'client-Z' }, 'fr') },
    ],
    [
      'chaque nuit à 2h sauvegarde client-Z',
      'schedule',
      { cron: '0 2 * * *', run: run('backup', { target: 'client-Z' }, 'fr') },
    ],
    [
      'chaque matin à 8h rapport quotidien',
      'schedule',
      { cron: '0 8 * * *', run: run('report', { period: 'daily' }, 'fr') },
    ],
    [
      'chaque soir à 20h sauvegarde client-Z',
      'schedule',
      { cron: '0 20 * * *', run: run('backup', { target: 'client-Z' }, 'fr') },
    ],
    [
      'chaque week-end à 10h sauvegarde client-Z',
      'schedule',
      { cron: '0 10 * * 0,6', run: run('backup', { target: 'client-Z' }, 'fr') },
    ],
    [
      'du lundi au vendredi à 8h status de billing',
      'schedule',
      { cron: '0 8 * * 1-5', run: run('status', { service: 'billing' }, 'fr') },
    ],
    [
      'tous les jours ouvrés à 8h status de billing',
      'schedule',
      { cron: '0 8 * * 1-5', run: run('status', { service: 'billing' }, 'fr') },
    ],
    ['tous les jours de la semaine à 8h status', 'schedule', { cron: '0 8 * * *', run: run('status', {}, 'fr') }],
    ['en semaine à 8h status', 'schedule', { cron: '0 8 * * 1-5', run: run('status', {}, 'fr') }],
    [
      'toutes les 15 minutes status de billing',
      'schedule',
      { cron: '*/15 * * * *', run: run('status', { service: 'billing' }, 'fr') },
    ],
    [
      'toutes les 2 heures status de billing',
      'schedule',
      { cron: '0 */2 * * *', run: run('status', { service: 'billing' }, 'fr') },
    ],
    [
      'toutes les demi-heures status de billing',
      'schedule',
      { cron: '*/30 * * * *', run: run('status', { service: 'billing' }, 'fr') },
    ],
    [
      'tous les mois le 15 à 8h rapport mensuel',
      'schedule',
      { cron: '0 8 15 * *', run: run('report', { period: 'monthly' }, 'fr') },
    ],
    [
      'le 15 de chaque mois à 8h rapport mensuel',
      'schedule',
      { cron: '0 8 15 * *', run: run('report', { period: 'monthly' }, 'fr') },
    ],
    [
      'chaque mois le 1er à 7h rapport mensuel',
      'schedule',
      { cron: '0 7 1 * *', run: run('report', { period: 'monthly' }, 'fr') },
    ],
    [
      'tous les 1er du mois à 7h rapport mensuel',
      'schedule',
      { cron: '0 7 1 * *', run: run('report', { period: 'monthly' }, 'fr') },
    ],
    [
      'chaque lundi à 9h et à 18h status billing',
      'schedule',
      { cron: '0 9,18 * * 1', run: run('status', { service: 'billing' }, 'fr') },
    ],
    [
      'chaque dimanche à 23h45 sauvegarde client-Z',
      'schedule',
      { cron: '45 23 * * 0', run: run('backup', { target: 'client-Z' }, 'fr') },
    ],
    [
      'les lundis à 9h rapport hebdo',
      'schedule',
      { cron: '0 9 * * 1', run: run('report', { period: 'weekly' }, 'fr') },
    ],
    ['le lundi à 9h rapport hebdo', 'schedule', { cron: '0 9 * * 1', run: run('report', { period: 'weekly' }, 'fr') }],
    ['lundi à 9h rapport hebdo', 'schedule', { run: run('report', { period: 'weekly' }, 'fr') }, { missing: ['cron'] }],
    [
      'tous les jours à 9 heures rapport quotidien',
      'schedule',
      { cron: '0 9 * * *', run: run('report', { period: 'daily' }, 'fr') },
    ],
    [
      'tous les jours à 9:30 rapport quotidien',
      'schedule',
      { cron: '30 9 * * *', run: run('report', { period: 'daily' }, 'fr') },
    ],
    [
      'tous les jours à 9h du matin rapport quotidien',
      'schedule',
      { cron: '0 9 * * *', run: run('report', { period: 'daily' }, 'fr') },
    ],
    [
      'tous les jours à 9h du soir rapport quotidien',
      'schedule',
      { cron: '0 21 * * *', run: run('report', { period: 'daily' }, 'fr') },
    ],
    [
      'tous les jours à neuf heures rapport quotidien',
      'schedule',
      { cron: '0 9 * * *', run: run('report', { period: 'daily' }, 'fr') },
    ],
    [
      'planifie une sauvegarde de client-Z tous les jours à 3h',
      'schedule',
      { cron: '0 3 * * *', run: run('backup', { target: 'client-Z' }, 'fr') },
    ],
    [
      'planifie un redémarrage de billing chaque dimanche à 4h',
      'schedule',
      { cron: '0 4 * * 0', run: run('restart', { service: 'billing' }, 'fr') },
    ],
    [
      'programme un rapport hebdo chaque lundi à 9h',
      'schedule',
      { cron: '0 9 * * 1', run: run('report', { period: 'weekly' }, 'fr') },
    ],
    [
      'déploie user-api en prod tous les vendredis à 17h',
      'schedule',
      { cron: '0 17 * * 5', run: run('deploy', { service: 'user-api', environment: 'production' }, 'fr') },
    ],
    [
      'chaque lundi rapport hebdo',
      'schedule',
      { run: run('report', { period: 'weekly' }, 'fr') },
      { missing: ['cron'] },
    ],
    ['chaque jour status', 'schedule', { run: run('status', {}, 'fr') }, { missing: ['cron'] }],
    [
      'tous les jours, déploie user-api en staging',
      'schedule',
      { run: run('deploy', { service: 'user-api', environment: 'staging' }, 'fr') },
      { missing: ['cron'] },
    ],
    [
      'toutes les minutes status billing',
      'schedule',
      { cron: '* * * * *', run: run('status', { service: 'billing' }, 'fr') },
    ],
    ['crée un ticket "chaque lundi à 9h le job plante"', 'ticket.create', { title: 'chaque lundi à 9h le job plante' }],
    ['crée un ticket le job plante chaque lundi à 9h', 'ticket.create', { title: 'le job plante chaque lundi à 9h' }],
    ['mes planifications', 'schedule.list'],
    ['liste les planifications', 'schedule.list'],
    ['quelles sont mes planifications ?', 'schedule.list'],
    ['annule la planification 3', 'schedule.cancel', { id: '3' }],
    ['supprime la planification 3', 'schedule.cancel', { id: '3' }],
    ['annule la tâche planifiée 3', 'schedule.cancel', { id: '3' }],
    [
      'tous les lundi à 9h rapport hebdo',
      'schedule',
      { cron: '0 9 * * 1', run: run('report', { period: 'weekly' }, 'fr') },
    ],
    [
      'tous les jours a 9h rapport quotidien',
      'schedule',
      { cron: '0 9 * * *', run: run('report', { period: 'daily' }, 'fr') },
    ],
    [
      'tous les jours vers 9h rapport quotidien',
      'schedule',
      { cron: '0 9 * * *', run: run('report', { period: 'daily' }, 'fr') },
    ],
    [
      'tous les mardis 9h status billing',
      'schedule',
      { cron: '0 9 * * 2', run: run('status', { service: 'billing' }, 'fr') },
    ],
  ])
  understands('en', [
    ['at 9am weekly report', 'schedule', { run: run('report', { period: 'weekly' }, 'en') }, { missing: ['cron'] }],
  ])
  orderNothing([
    'deux fois par jour status billing',
    'une fois par jour sauvegarde client-Z',
    'chaque lundi à 9h on déploie',
    'tous les jours à 9h',
    'on déploie tous les vendredis',
    'la sauvegarde tourne tous les jours à 3h',
    'chaque lundi à 9h créé un rapport hebdo',
  ])
})

it.each([
  ['@NOX planifie backup client-Z', 'backup'],
  ['@NOX planifie un déploiement de user-api en staging', 'deploy'],
  ['@NOX schedule backup client-z', 'backup'],
  ['@NOX schedule a restart of billing in staging', 'restart'],
])('does nothing at once that is to be scheduled: %s', (text, command) => {
  const parsed = createParser(allWords).parse(text)
  expect(parsed).toMatchObject({ command: 'schedule', missing: ['cron'], args: { run: { command } } })
})
