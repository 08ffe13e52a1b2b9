import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { allOf, createVerbs, phrases } from './phrases.ts'
import { required } from './shared-arguments.ts'

const period: ArgumentSpec = {
  name: 'period',
  kind: 'choice',
  nouns: { fr: ['période'], en: ['period'] },
  choices: {
    daily: {
      fr: ['quotidien', 'quotidienne', 'journalier', 'du jour', 'de la journée'],
      en: ['daily', 'of the day', 'for today'],
    },
    weekly: {
      fr: ['hebdo', 'hebdomadaire', 'de la semaine', 'semaine'],
      en: ['weekly', 'of the week', 'for the week', 'this week', 'week'],
    },
    monthly: {
      fr: ['mensuel', 'mensuelle', 'du mois'],
      en: ['monthly', 'of the month', 'for the month', 'this month', 'month'],
    },
  },
}

const destination: ArgumentSpec = {
  name: 'destination',
  kind: 'choice',
  nouns: { fr: ['destination'], en: ['destination'] },
  choices: {
    notion: { fr: ['notion'], en: ['notion'] },
    confluence: { fr: ['confluence'], en: ['confluence'] },
    slack: { fr: ['slack', 'ici', 'dans ce canal'], en: ['slack', 'here'] },
    teams: { fr: ['teams', 'microsoft teams'], en: ['teams', 'microsoft teams'] },
    email: { fr: ['mail', 'email', 'e-mail', 'courriel', 'par mail'], en: ['email', 'mail', 'e-mail'] },
  },
}

const subject: ArgumentSpec = {
  name: 'subject',
  kind: 'choice',
  nouns: { fr: ['sujet'], en: ['subject'] },
  choices: {
    activity: { fr: ['activité', 'activités'], en: ['activity'] },
    incidents: { fr: ['incidents', 'incident', "d'incidents"], en: ['incidents', 'incident'] },
    deployments: {
      fr: ['déploiements', 'déploiement', 'deploys', 'mises en prod'],
      en: ['deployments', 'deployment', 'deploys', 'releases'],
    },
  },
}

/** The period that goes on, or the one before it. */
const span: ArgumentSpec = {
  name: 'span',
  kind: 'choice',
  nouns: { fr: ['laquelle'], en: ['which'] },
  choices: {
    current: { fr: ['en cours', "jusqu'ici", 'cette semaine', 'ce mois-ci'], en: ['so far', 'to date', 'under way'] },
    previous: {
      fr: ['dernière', 'dernier', 'précédente', 'précédent', 'passée', 'passé', "d'hier"],
      en: ['last', 'previous', 'past', "yesterday's"],
    },
  },
}

/** Whom a letter goes to. */
const to: ArgumentSpec = { name: 'to', kind: 'email', nouns: { fr: ['adresse'], en: ['address'] } }

const subjectReports = [
  'incident report',
  'incidents report',
  'deployment report',
  'deployments report',
  'activity report',
]

/** The words of `report`. */
export const reportWords: CommandWords = {
  name: 'report',
  action: 'report',
  effect: 'write',
  arguments: [required(period), destination, subject, span, to],
  words: {
    fr: [
      'rapport',
      'reporting',
      ...phrases(
        [
          ...createVerbs.fr,
          'génère',
          'générer',
          'générez',
          'fais',
          'faire',
          'prépare',
          'préparer',
          'envoie',
          'envoyer',
          'envoyez',
          'lance',
          'produis',
          'sors',
          'poste',
          'donne',
          'rédige',
          'produire',
          'publie',
        ],
        ['rapport', '… rapport'],
      ),
    ],
    en: [
      'report',
      ...phrases(
        [
          ...createVerbs.en,
          'generate',
          'send',
          'prepare',
          'build',
          'write',
          'post',
          'run',
          'publish',
          'produce',
          'give',
          'draft',
          'email',
        ],
        ['report', '… report'],
      ),
      ...subjectReports,
    ],
  },
  implies: {
    ...allOf(subjectReports.slice(0, 2), { subject: 'incidents' }),
    ...allOf(subjectReports.slice(2, 4), { subject: 'deployments' }),
    ...allOf(subjectReports.slice(4), { subject: 'activity' }),
  },
}
