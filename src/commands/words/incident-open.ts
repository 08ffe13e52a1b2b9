import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { createVerbs, phrases } from './phrases.ts'
import { required, service, severity } from './shared-arguments.ts'

const title: ArgumentSpec = { name: 'title', kind: 'rest' }

/** The words of `incident.open`. */
export const incidentOpenWords: CommandWords = {
  name: 'incident.open',
  action: 'incident',
  effect: 'write',
  arguments: [severity, service, required(title)],
  words: {
    fr: [
      'incident {text}',
      ...phrases(
        ['déclare', 'déclarer', 'déclarez', 'signale', 'signaler', 'lance', ...createVerbs.fr],
        ['incident', '… incident'],
      ),
    ],
    en: [
      'incident {text}',
      ...phrases(['declare', 'start', 'report', 'trigger', ...createVerbs.en], ['incident', '… incident']),
    ],
  },
}
