import type { CommandWords, Language } from '../domain/command-spec.ts'

const mostWords = 5
/** Words of a phrase that is shown, and letters that make two of them the same verb. */
const longestPhrase = 3
const stemLength = 5

/** Vocabularies leave articles out; a person says them. By the word that wants one, where it is not the first. */
const articles: Record<Language, Readonly<Record<string, string>>> = {
  fr: {
    déploiement: 'le',
    logs: 'les',
    pods: 'les',
    événements: 'les',
    backup: 'un',
    sauvegarde: 'une',
    feu: 'le',
    alias: 'les',
  },
  en: { backup: 'a', last: 'the', current: 'the' },
}
/** Words that begin a phrase after which no article stands: `mes droits`, `rolling restart`. */
const determined = /^(?:mes|nos|mon|ma|my|list|get|log|état|bilan|rolling|rollout|remaining|usage)$/
/** An alias and what it stands for, of which only the sign is a word. */
const equals = ' = '
/** What ends with one of these waits for more. */
const dangling = /(?:^| )(?:à|de|fait|to|of|on|was|been|for)$|^alias(?:es)? (?:(?:dé)?verrouill|(?:un)?lock)/

/** Other phrases that mean a command, as people say them: short ones without a gap or a value, one for each stem. */
export function spokenWords(
  { words, needs = {} }: Pick<CommandWords, 'words' | 'needs'>,
  language: Language,
): readonly string[] {
  const plain = words[language]
    .map((each) => each.trim().replace(' {alias}', equals))
    .filter((each) => !/[…{]/.test(each) && !dangling.test(each) && !(each in needs))
  const short = plain.filter((each) => each.split(' ').length <= longestPhrase)
  const isShort = short.length > 1
  const stems = new Set<string>()
  return (isShort ? short : plain)
    .filter((each) => {
      const folded = each.normalize('NFD').replace(/\p{M}/gu, '')
      const stem = isShort ? folded.slice(0, stemLength) : folded
      return !stems.has(stem) && stems.add(stem)
    })
    .slice(0, mostWords)
    .map((each) => asSaid(each, language).replace(equals, ' lg = logs'))
}

function asSaid(phrase: string, language: Language): string {
  const [first = '', ...rest] = phrase.split(' ')
  const said = rest.map((word) => {
    const article = determined.test(first) ? undefined : articles[language][word]
    return article === undefined ? word : `${article} ${word}`
  })
  return [first, ...said]
    .join(' ')
    .replace(/^((?:supprim|retir|enlev|enlèv|effac|oubli)\S*) les alias$/, '$1 l’alias')
    .replace(/'/g, '’')
    .replace(/\bi\b/g, language === 'en' ? 'I' : 'i')
}
