import { describe } from 'vitest'
import { orderNothing, run, understands } from './understands.ts'

describe('worked examples', () => {
  understands('fr', [
    [
      '@NOX déploie branche feature/auth en staging',
      'deploy',
      { branch: 'feature/auth', environment: 'staging' },
      { missing: ['service'] },
    ],
    ['@NOX affiche logs du service user-api', 'logs', { service: 'user-api' }],
    ['@NOX status cluster kubernetes', 'status'],
    ['@NOX créer ticket incident service down', 'ticket.create', { type: 'incident', title: 'service down' }],
    ['@NOX déploie site-client-X en production', 'deploy', { service: 'site-client-X', environment: 'production' }],
    ['@NOX status cluster client-Y', 'status', { cluster: 'client-Y' }],
    ['@NOX backup base données client-Z', 'backup', { target: 'client-Z' }],
    ['@NOX créer rapport hebdo dans Notion', 'report', { period: 'weekly', destination: 'notion' }],
    [
      '@NOX Deploy user-api v2.3.1 to prod please',
      'deploy',
      { service: 'user-api', tag: 'v2.3.1', environment: 'production' },
      { language: 'en' },
    ],
    [
      '@NOX montre les 200 dernières lignes de logs de paiement en prod depuis 2h contenant "timeout"',
      'logs',
      { service: 'paiement', lines: 200, environment: 'production', since: 'PT2H', contains: 'timeout' },
    ],
    [
      '@NOX chaque lundi à 9h crée un rapport hebdo dans Notion',
      'schedule',
      { cron: '0 9 * * 1', run: run('report', { period: 'weekly', destination: 'notion' }, 'fr') },
    ],
    ['@NOX qui peut déployer en prod ?', 'can', { action: 'deploy', environment: 'production', actor: 'anyone' }],
  ])
})

describe('principle 2: forgiving in form', () => {
  understands('fr', [
    ['deploie user-api en staging', 'deploy', { service: 'user-api', environment: 'staging' }],
    ['DÉPLOIE user-api en STAGING', 'deploy', { service: 'user-api', environment: 'staging' }],
    ["s'il te plaît déploie user-api en staging", 'deploy', { service: 'user-api', environment: 'staging' }],
    ['s’il te plaît déploie user-api en staging', 'deploy', { service: 'user-api', environment: 'staging' }],
    ['déploie user-api en staging stp', 'deploy', { service: 'user-api', environment: 'staging' }],
    ['peux-tu déployer user-api en staging ?', 'deploy', { service: 'user-api', environment: 'staging' }],
    [
      'deploy la branche main en prod',
      'deploy',
      { branch: 'main', environment: 'production' },
      { missing: ['service'], language: 'en' },
    ],
    ['ok @NOX status', 'status'],
    ['afiche les logs de user-api', 'logs', { service: 'user-api' }, { corrections: [['afiche', 'affiche']] }],
    [
      'déploie user-api en satging',
      'deploy',
      { service: 'user-api', environment: 'staging' },
      { corrections: [['satging', 'staging']] },
    ],
  ])
  understands('en', [
    [
      'deplooy user-api to staging',
      'deploy',
      { service: 'user-api', environment: 'staging' },
      { corrections: [['deplooy', 'deploy']] },
    ],
    ['can you deploy user-api to staging', 'deploy', { service: 'user-api', environment: 'staging' }],
    ['hey, please deploy user-api to staging!', 'deploy', { service: 'user-api', environment: 'staging' }],
    ['deploy user-api to staging <@U0NOX> :rocket: 🚀', 'deploy', { service: 'user-api', environment: 'staging' }],
    ['logs <#C1|general>', 'logs', {}, { missing: ['service'] }],
    [
      'deploy <https://user-api.io|user-api.io> to staging',
      'deploy',
      { service: 'user-api.io', environment: 'staging' },
    ],
    ['search “R&amp;D notes” in Notion', 'docs', { query: 'R&D notes', source: 'notion' }],
  ])
})

describe('principles 3 and 4: values keep their spelling, flags win', () => {
  understands('en', [
    [
      'deploy user-api branch Feature/Auth-V2 to staging',
      'deploy',
      { service: 'user-api', branch: 'Feature/Auth-V2', environment: 'staging' },
    ],
    [
      'deploy user-api --branch main --env staging',
      'deploy',
      { service: 'user-api', branch: 'main', environment: 'staging' },
    ],
    ['deploy user-api in prod --env staging', 'deploy', { service: 'user-api', environment: 'staging' }],
  ])
  understands('fr', [
    [
      'crée un ticket "La Base est PLEINE !" --priority high',
      'ticket.create',
      { title: 'La Base est PLEINE !', priority: 'high' },
    ],
  ])
})

describe('principle 5: only orders are orders', () => {
  orderNothing([
    'ne déploie pas en prod',
    "don't deploy",
    "j'ai déployé hier",
    'restarted checkout, all good now',
    'si on déploie vendredi…',
    'the deploy went fine',
    '<https://acme.io>',
    '```deploy user-api to prod```',
    '`deploy user-api to prod`',
    'salut tout le monde',
    'lol',
    '',
    '   ',
    'deployed user-api to staging',
    "pas de mise en prod aujourd'hui",
    'métriques de X en marketing',
  ])
  understands('fr', [
    ['merci de sauvegarder la base client-Z', 'backup', { target: 'client-Z' }],
    ['je voudrais les logs', 'logs', {}, { missing: ['service'] }],
    ['je veux voir les logs de billing', 'logs', { service: 'billing' }],
  ])
  understands('en', [
    ['could you restart billing?', 'restart', { service: 'billing' }],
    ["I'd like the logs of billing", 'logs', { service: 'billing' }],
    ['create ticket "don\'t deploy on fridays"', 'ticket.create', { title: "don't deploy on fridays" }],
    ['create ticket we deployed the wrong branch', 'ticket.create', { title: 'we deployed the wrong branch' }],
  ])
})

describe('after the table', () => {
  understands('fr', [
    ['mep user-api', 'deploy', { service: 'user-api', environment: 'production' }],
    ['mise en prod de user-api', 'deploy', { service: 'user-api', environment: 'production' }],
    ['qui a déployé hier ?', 'audit', { actor: 'anyone', command: 'deploy', since: 'P1D' }],
    ['historique des déploiements', 'audit', { command: 'deploy' }],
    ['mon historique', 'audit', { actor: 'me' }],
    ['@NOX', 'help'],
    ['?', 'help'],
  ])
})
