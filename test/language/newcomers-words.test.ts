import { describe, expect, it } from 'vitest'
import { parser, understands } from './understands.ts'

describe('questions of people who never read the manual', () => {
  understands('fr', [
    ['quelle version de user-api tourne en prod ?', 'status', { service: 'user-api', environment: 'production' }],
    ["c'est quoi la version de web en staging ?", 'status', { service: 'web', environment: 'staging' }],
    ['user-api est en quelle version en prod ?', 'status', { service: 'user-api', environment: 'production' }],
    ['quelle version est en prod', 'status', { environment: 'production' }],
    ['pourquoi mailer est down ?', 'status', { service: 'mailer' }],
    ['pourquoi mailer plante en prod ?', 'status', { service: 'mailer', environment: 'production' }],
    ['ça va en prod ?', 'status', { environment: 'production' }],
    ['quels pods crashent ?', 'status'],
    ["combien d'actions il me reste ?", 'usage'],
    ["qu'est-ce qui a changé en prod aujourd'hui ?", 'audit', { environment: 'production', since: 'P1D' }],
    ['le build de user-api est passé ?', 'runs', { repository: 'user-api' }],
    ['les alertes critiques', 'alerts.list', { severity: 'critical' }],
    ['résous', 'incident.resolve'],
  ])
  understands('en', [
    ['what version of user-api is in prod?', 'status', { service: 'user-api', environment: 'production' }],
    ['which version of web is live?', 'status', { service: 'web', environment: 'production' }],
    ['why is mailer down?', 'status', { service: 'mailer' }],
    ["what's broken in prod?", 'status', { environment: 'production' }],
    ['which pods are crashing?', 'status'],
    ['how many actions left?', 'usage'],
    ['what changed in prod today?', 'audit', { environment: 'production', since: 'P1D' }],
    ['did the build pass?', 'runs'],
    ['did the user-api build fail?', 'runs', { repository: 'user-api' }],
    ['critical alerts of billing', 'alerts.list', { severity: 'critical', service: 'billing' }],
    ['resolve', 'incident.resolve'],
  ])
})

describe('what is offered without the words that fit nothing', () => {
  it.each(['can Bob deploy to prod?', 'promote web from staging to prod', 'stop web', 'deploy web and restart it'])(
    'is nothing that was not said: %s',
    (text) => {
      expect(parser.parse(text)).toMatchObject({ command: null })
      expect(parser.parse(text).without).toBeUndefined()
    },
  )
})
