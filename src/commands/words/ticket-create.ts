import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { allOf, createVerbs, phrases } from './phrases.ts'
import { priority, project, required } from './shared-arguments.ts'

const type: ArgumentSpec = {
  name: 'type',
  kind: 'choice',
  nouns: { fr: ['type'], en: ['type'] },
  choices: {
    incident: { fr: ['incident'], en: ['incident'] },
    bug: { fr: ['bug', 'anomalie'], en: ['bug', 'defect'] },
    task: { fr: ['tâche', 'task'], en: ['task'] },
    story: { fr: ['story', 'user story'], en: ['story', 'user story'] },
  },
}

const title: ArgumentSpec = { name: 'title', kind: 'rest' }

const kinds = ['bug', 'incident', 'task', 'story']

const things = { fr: ['ticket', 'issue', 'ticket jira'], en: ['ticket', 'issue', 'jira ticket'] }

/** The words of `ticket.create`. */
export const ticketCreateWords: CommandWords = {
  name: 'ticket.create',
  action: 'ticket',
  effect: 'write',
  arguments: [type, priority, project, required(title)],
  words: {
    fr: [
      ...phrases(createVerbs.fr, [...things.fr]),
      ...phrases(createVerbs.fr, ['bug', 'anomalie', 'tâche', 'story', 'task']),
      ...phrases(createVerbs.fr, ['… ticket']),
      'signale bug',
      'signaler bug',
      'signale anomalie',
    ],
    en: [
      ...phrases(createVerbs.en, ['… ticket', '… issue']),
      ...phrases(createVerbs.en, kinds, ['ticket', 'issue']),
      ...phrases(createVerbs.en, [...things.en]),
      ...phrases(createVerbs.en, ['task', 'story']),
      ...phrases(
        createVerbs.en.filter((verb) => verb !== 'add'),
        ['bug'],
      ),
      'report bug',
    ],
  },
  implies: {
    ...Object.assign(
      {},
      ...kinds.map((kind) => allOf(phrases(createVerbs.en, [kind], ['ticket', 'issue']), { type: kind })),
    ),
    ...allOf(
      [
        ...phrases([...createVerbs.fr, ...createVerbs.en], ['bug', 'anomalie']),
        'signale bug',
        'signaler bug',
        'signale anomalie',
        'report bug',
      ],
      { type: 'bug' },
    ),
    ...allOf(phrases([...createVerbs.fr, ...createVerbs.en], ['tâche', 'task']), { type: 'task' }),
    ...allOf(phrases([...createVerbs.fr, ...createVerbs.en], ['story']), { type: 'story' }),
  },
}
