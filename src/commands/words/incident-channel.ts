import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { incidentNumber } from './ids.ts'
import { allOf, createVerbs, phrases } from './phrases.ts'

const archive: ArgumentSpec = { name: 'archive', kind: 'flag', nouns: { fr: ['archive'], en: ['archive'] } }

const ends = {
  fr: phrases(['archive', 'archiver', 'archivez'], ['canal incident', 'canal de incident', 'channel incident']),
  en: phrases(['archive'], ['incident channel', 'channel of incident', 'channel for incident']),
}

/** The words of `incident.channel`: a channel of its own for an incident, and its end. */
export const incidentChannelWords: CommandWords = {
  name: 'incident.channel',
  action: 'incident',
  effect: 'write',
  arguments: [incidentNumber, archive],
  words: {
    fr: [
      ...phrases(
        [...createVerbs.fr],
        ['canal incident', 'canal pour incident', 'canal dédié incident', 'channel incident'],
      ),
      ...ends.fr,
    ],
    en: [...phrases([...createVerbs.en], ['incident channel', 'channel for incident']), ...ends.en],
  },
  implies: allOf([...ends.fr, ...ends.en], { archive: true }),
}
