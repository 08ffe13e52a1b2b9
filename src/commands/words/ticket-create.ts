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

const addIsNoTask = createVerbs.en.filter((verb) => verb !== 'add')

/** Phrases that say the type too: `crée un bug`, `create a bug ticket`. */
const typed = {
  bug: {
    fr: [...phrases(createVerbs.fr, ['bug', 'anomalie']), ...phrases(['signale', 'signaler'], ['bug', 'anomalie'])],
    en: [
      ...phrases(createVerbs.en, ['… bug']),
      ...phrases(addIsNoTask, ['bug']),
      'report bug',
      ...phrases(createVerbs.en, ['bug'], ['ticket', 'issue']),
    ],
  },
  task: {
    fr: phrases(createVerbs.fr, ['tâche', 'task']),
    en: [...phrases(createVerbs.en, ['task', '… task']), ...phrases(createVerbs.en, ['task'], ['ticket', 'issue'])],
  },
  story: {
    fr: phrases(createVerbs.fr, ['story']),
    en: [...phrases(createVerbs.en, ['story']), ...phrases(createVerbs.en, ['story'], ['ticket', 'issue'])],
  },
  incident: { fr: [], en: phrases(createVerbs.en, ['incident'], ['ticket', 'issue']) },
}

const [bugs, tasks, stories, incidents] = [typed.bug, typed.task, typed.story, typed.incident]

/** The words of `ticket.create`. */
export const ticketCreateWords: CommandWords = {
  name: 'ticket.create',
  action: 'ticket',
  effect: 'write',
  arguments: [type, priority, project, required(title)],
  words: {
    fr: [
      ...phrases(createVerbs.fr, ['ticket', 'issue', 'ticket jira', '… ticket']),
      ...[bugs, tasks, stories].flatMap(({ fr }) => fr),
    ],
    en: [
      ...phrases(createVerbs.en, ['ticket', 'issue', 'jira ticket', '… ticket', '… issue']),
      ...[bugs, tasks, stories, incidents].flatMap(({ en }) => en),
    ],
  },
  implies: {
    ...allOf([...bugs.fr, ...bugs.en], { type: 'bug' }),
    ...allOf([...tasks.fr, ...tasks.en], { type: 'task' }),
    ...allOf([...stories.fr, ...stories.en], { type: 'story' }),
    ...allOf(incidents.en, { type: 'incident' }),
  },
}
