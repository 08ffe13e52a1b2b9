import { describe } from 'vitest'
import { understands } from './understands.ts'

// Every cell of the contract's column "words": each phrase, in its language.

describe('deploy, rollback, restart, scale', () => {
  understands('fr', [
    ['déploie api en staging', 'deploy', { service: 'api', environment: 'staging' }],
    ['déployer api en staging', 'deploy', { service: 'api', environment: 'staging' }],
    ['livre api en staging', 'deploy', { service: 'api', environment: 'staging' }],
    ['mets api en ligne', 'deploy', { service: 'api' }, { missing: ['environment'] }],
    ['mets en ligne api en staging', 'deploy', { service: 'api', environment: 'staging' }],
    ['mep api', 'deploy', { service: 'api', environment: 'production' }],
    ['rollback api en prod', 'rollback', { service: 'api', environment: 'production' }],
    [
      'reviens à la version v1.2 de api en prod',
      'rollback',
      { service: 'api', tag: 'v1.2', environment: 'production' },
    ],
    ['annule le déploiement de api en prod', 'rollback', { service: 'api', environment: 'production' }],
    ['restaure la version v1.2 de api en prod', 'rollback', { service: 'api', tag: 'v1.2', environment: 'production' }],
    ['redémarre api', 'restart', { service: 'api' }],
    ['relance api en prod', 'restart', { service: 'api', environment: 'production' }],
    ['scale api à 3', 'scale', { service: 'api', replicas: 3 }],
    ['passe api à 5 réplicas', 'scale', { service: 'api', replicas: 5 }],
    ['mets 4 instances de api', 'scale', { service: 'api', replicas: 4 }],
  ])
  understands('en', [
    ['deploy api to staging', 'deploy', { service: 'api', environment: 'staging' }],
    ['ship api to staging', 'deploy', { service: 'api', environment: 'staging' }],
    ['release api to staging', 'deploy', { service: 'api', environment: 'staging' }],
    ['roll out api to staging', 'deploy', { service: 'api', environment: 'staging' }],
    ['rollback api in prod', 'rollback', { service: 'api', environment: 'production' }],
    ['roll back api in prod', 'rollback', { service: 'api', environment: 'production' }],
    ['revert api in prod', 'rollback', { service: 'api', environment: 'production' }],
    ['restart api', 'restart', { service: 'api' }],
    ['bounce api', 'restart', { service: 'api' }],
    ['scale api to 3', 'scale', { service: 'api', replicas: 3 }],
  ])
})

describe('logs, status, pods, events', () => {
  understands('fr', [
    ['affiche logs', 'logs', {}, { missing: ['service'] }],
    ['logs api', 'logs', { service: 'api' }],
    ['journaux de api', 'logs', { service: 'api' }],
    ['montre les logs de api', 'logs', { service: 'api' }],
    ['status', 'status'],
    ['statut de api', 'status', { service: 'api' }],
    ['état de api', 'status', { service: 'api' }],
    ['santé de api', 'status', { service: 'api' }],
    ['comment va api ?', 'status', { service: 'api' }],
    ['pods', 'pods'],
    ['liste les pods de api', 'pods', { service: 'api' }],
    ['événements de api', 'events', { service: 'api' }],
    ['events du cluster eu-1', 'events', { cluster: 'eu-1' }],
  ])
  understands('en', [
    ['logs api', 'logs', { service: 'api' }],
    ['show logs of api', 'logs', { service: 'api' }],
    ['tail api', 'logs', { service: 'api' }],
    ['status of api', 'status', { service: 'api' }],
    ['health of api', 'status', { service: 'api' }],
    ['how is api', 'status', { service: 'api' }],
    ['status all', 'status', { target: 'all' }],
    ['list pods of api', 'pods', { service: 'api' }],
    ['events of api', 'events', { service: 'api' }],
  ])
})

describe('backup and tickets', () => {
  understands('fr', [
    ['backup client-Z', 'backup', { target: 'client-Z' }],
    ['sauvegarde client-Z', 'backup', { target: 'client-Z' }],
    ['créer ticket panne du VPN', 'ticket.create', { title: 'panne du VPN' }],
    ['crée un ticket panne du VPN', 'ticket.create', { title: 'panne du VPN' }],
    ['ouvre un ticket panne du VPN', 'ticket.create', { title: 'panne du VPN' }],
    ['ticket OPS-12', 'ticket.show', { key: 'OPS-12' }],
    ['montre OPS-12', 'ticket.show', { key: 'OPS-12' }],
    ['mes tickets', 'ticket.list', { mine: true }],
    ['liste les tickets', 'ticket.list'],
    ['commente OPS-12 corrigé en v2', 'ticket.comment', { key: 'OPS-12', text: 'corrigé en v2' }],
    ['ferme OPS-12', 'ticket.close', { key: 'OPS-12' }],
    ['clos OPS-12', 'ticket.close', { key: 'OPS-12' }],
    ['résous OPS-12', 'ticket.close', { key: 'OPS-12' }],
  ])
  understands('en', [
    ['back up client-Z', 'backup', { target: 'client-Z' }],
    ['dump client-Z', 'backup', { target: 'client-Z' }],
    ['create ticket VPN is down', 'ticket.create', { title: 'VPN is down' }],
    ['open ticket VPN is down', 'ticket.create', { title: 'VPN is down' }],
    ['new issue VPN is down', 'ticket.create', { title: 'VPN is down' }],
    ['show OPS-12', 'ticket.show', { key: 'OPS-12' }],
    ['my tickets', 'ticket.list', { mine: true }],
    ['list tickets', 'ticket.list'],
    ['comment OPS-12 fixed in v2', 'ticket.comment', { key: 'OPS-12', text: 'fixed in v2' }],
    ['close OPS-12', 'ticket.close', { key: 'OPS-12' }],
    ['resolve OPS-12', 'ticket.close', { key: 'OPS-12' }],
  ])
})

describe('incidents, reports, alerts', () => {
  understands('fr', [
    ['déclare un incident paiement en panne', 'incident.open', { title: 'paiement en panne' }],
    ['incident paiement en panne', 'incident.open', { title: 'paiement en panne' }],
    ["prends l'incident 42", 'incident.ack', { id: '42' }],
    ["résous l'incident 42", 'incident.resolve', { id: '42' }],
    ["état de l'incident 42", 'incident.status', { id: '42' }],
    ["état de l'incident INC-42", 'incident.status', { id: 'INC-42' }],
    ['créer rapport hebdo dans Notion', 'report', { period: 'weekly', destination: 'notion' }],
    ['rapport mensuel', 'report', { period: 'monthly' }],
    ['alertes', 'alerts.list'],
    ["coupe l'alerte 123 pendant 2h", 'alerts.mute', { id: '123', duration: 'PT2H' }],
    ["réactive l'alerte 123", 'alerts.unmute', { id: '123' }],
  ])
  understands('en', [
    ['declare incident payments are down', 'incident.open', { title: 'payments are down' }],
    ['open incident payments are down', 'incident.open', { title: 'payments are down' }],
    ['ack incident 42', 'incident.ack', { id: '42' }],
    ['resolve incident 42', 'incident.resolve', { id: '42' }],
    ['status incident 42', 'incident.status', { id: '42' }],
    ['create weekly report in Notion', 'report', { period: 'weekly', destination: 'notion' }],
    ['monthly report', 'report', { period: 'monthly' }],
    ['alerts', 'alerts.list'],
    ['mute 123 for 2h', 'alerts.mute', { id: '123', duration: 'PT2H' }],
    ['unmute 123', 'alerts.unmute', { id: '123' }],
  ])
})

describe('metrics, dashboards, CI', () => {
  understands('fr', [
    ['métriques de api', 'metrics', { service: 'api' }],
    ['cpu de api', 'metrics', { service: 'api', metric: 'cpu' }],
    ['mémoire de api', 'metrics', { service: 'api', metric: 'memory' }],
    ['latence de api', 'metrics', { service: 'api', metric: 'latency' }],
    ['dashboard api', 'dashboard', { name: 'api' }],
    ['tableau de bord api', 'dashboard', { name: 'api' }],
    ['builds', 'runs'],
    ['pipelines de api', 'runs', { repository: 'api' }],
    ['ci de api', 'runs', { repository: 'api' }],
    ['relance le build 123', 'runs.rerun', { id: '123' }],
    ['pull requests', 'pulls'],
    ['prs de acme/api', 'pulls', { repository: 'acme/api' }],
    ['mes prs', 'pulls', { mine: true }],
    ['releases de user-api', 'releases', { repository: 'user-api' }],
    ['dernière release de user-api', 'releases', { repository: 'user-api', latest: true }],
  ])
  understands('en', [
    ['metrics of api', 'metrics', { service: 'api' }],
    ['cpu of api', 'metrics', { service: 'api', metric: 'cpu' }],
    ['memory of api', 'metrics', { service: 'api', metric: 'memory' }],
    ['latency of api', 'metrics', { service: 'api', metric: 'latency' }],
    ['dashboard api', 'dashboard', { name: 'api' }],
    ['builds', 'runs'],
    ['runs', 'runs'],
    ['ci of api', 'runs', { repository: 'api' }],
    ['rerun 123', 'runs.rerun', { id: '123' }],
    ['cancel run 123', 'runs.cancel', { id: '123' }],
    ['pull requests', 'pulls'],
    ['prs', 'pulls'],
    ['my prs', 'pulls', { mine: true }],
    ['releases of user-api', 'releases', { repository: 'user-api' }],
    ['show the latest release of acme/api', 'releases', { repository: 'acme/api', latest: true }],
  ])
})

describe('docs, audit, usage, can', () => {
  understands('fr', [
    ['cherche procédure de rollback dans Notion', 'docs', { query: 'procédure de rollback', source: 'notion' }],
    ['doc onboarding', 'docs', { query: 'onboarding' }],
    ['historique', 'audit'],
    ['audit', 'audit'],
    ['qui a déployé ?', 'audit', { actor: 'anyone', command: 'deploy' }],
    ['usage', 'usage'],
    ['quota', 'usage'],
    ['consommation', 'usage'],
    ['puis-je déployer en prod ?', 'can', { action: 'deploy', environment: 'production', actor: 'me' }],
    ['qui peut déployer en prod ?', 'can', { action: 'deploy', environment: 'production', actor: 'anyone' }],
  ])
  understands('en', [
    ['search rollback procedure in Notion', 'docs', { query: 'rollback procedure', source: 'notion' }],
    ['docs onboarding', 'docs', { query: 'onboarding' }],
    ['history', 'audit'],
    ['audit', 'audit'],
    ['who deployed', 'audit', { actor: 'anyone', command: 'deploy' }],
    ['usage', 'usage'],
    ['quota', 'usage'],
    ['can I deploy to prod?', 'can', { action: 'deploy', environment: 'production', actor: 'me' }],
    ['who can deploy to prod?', 'can', { action: 'deploy', environment: 'production', actor: 'anyone' }],
  ])
})

describe('people, sharing, schedules, actions, help', () => {
  understands('fr', [
    ['invite jean@acme.fr', 'invite', { email: 'jean@acme.fr' }],
    ['partage le rapport pendant 24h', 'share', { what: 'report', expires: 'PT24H' }],
    ['démarre une démo', 'demo'],
    ['mes planifications', 'schedule.list'],
    ['annule la planification 3', 'schedule.cancel', { id: '3' }],
    ['annule', 'cancel'],
    ['stop', 'cancel'],
    ['approuve 42', 'approve', { id: '42' }],
    ['refuse 42', 'deny', { id: '42' }],
    ['qui suis-je', 'whoami'],
    ['mes droits', 'whoami'],
    ['mes permissions', 'whoami'],
    ['aide', 'help'],
    ['que sais-tu faire', 'help'],
    ['?', 'help'],
  ])
  understands('en', [
    ['invite jean@acme.fr as guest', 'invite', { email: 'jean@acme.fr', role: 'guest' }],
    ['share report for 24h', 'share', { what: 'report', expires: 'PT24H' }],
    ['start a demo', 'demo'],
    ['my schedules', 'schedule.list'],
    ['cancel schedule 3', 'schedule.cancel', { id: '3' }],
    ['cancel', 'cancel'],
    ['stop', 'cancel'],
    ['approve 42', 'approve', { id: '42' }],
    ['deny 42', 'deny', { id: '42' }],
    ['whoami', 'whoami'],
    ['my permissions', 'whoami'],
    ['help', 'help'],
    ['what can you do', 'help'],
  ])
})
