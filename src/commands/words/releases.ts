import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { allOf } from './phrases.ts'
import { repository } from './shared-arguments.ts'

const latest: ArgumentSpec = {
  name: 'latest',
  kind: 'flag',
  nouns: { fr: ['seulement la dernière'], en: ['latest only'] },
}

const theLatest = {
  fr: ['dernière release', 'la dernière release', 'dernière version publiée', 'la dernière version publiée'],
  en: ['latest release', 'last release', 'newest release', 'the latest release', 'latest published version'],
}

/** The words of `releases`. */
export const releasesWords: CommandWords = {
  name: 'releases',
  action: 'ci',
  effect: 'read',
  arguments: [repository, latest],
  words: {
    fr: ['releases', 'dernières releases', 'versions publiées', 'dernières versions publiées', ...theLatest.fr],
    en: ['releases', 'latest releases', 'last releases', 'published versions', ...theLatest.en],
  },
  implies: allOf([...theLatest.fr, ...theLatest.en], { latest: true }),
}
