import { type Announced, type Read, type Scan, type ValueReader, wordAt } from './reader.ts'

const levels: ReadonlyMap<string, string> = new Map([
  ...level('error', 'error', 'errors', 'erreur', 'erreurs', 'err'),
  ...level('warn', 'warn', 'warning', 'warnings', 'avertissement', 'avertissements'),
  ...level('info', 'info', 'infos'),
  ...level('debug', 'debug'),
])

function level(value: string, ...words: readonly string[]): [string, string][] {
  return words.map((word) => [word, value])
}

/** The words of log levels, for the tables of known words. */
export const levelWords: readonly string[] = [...levels.keys()]

/** `erreurs`, `warnings`, `debug`. */
export const readLevel: ValueReader = ({ tokens }, at) => {
  const value = levels.get(wordAt(tokens, at))
  return value ? { value, end: at + 1 } : null
}

/** A flag is true where it is named at all. */
export const readFlag: ValueReader = (_scan, at, announced) => (announced ? { value: true, end: at } : null)

/** A text in quotes; after its noun (`grep`, `contenant`) one word will do, after `avec` it will not. */
export const readQuoted: ValueReader = ({ tokens }, at, announced) => {
  const token = tokens[at]
  if (token?.kind === 'quoted') return { value: token.text, end: at + 1 }
  if (!announced || token?.kind !== 'word' || ['avec', 'with', 'filter', 'filtre'].includes(wordAt(tokens, at - 1)))
    return null
  return { value: token.text, end: at + 1 }
}

/** A choice given to a flag: one of its canonical values or their words. */
export const readChoice: ValueReader = ({ tokens, vocabulary, command }, at, announced, argument) => {
  if (!announced) return null
  const word = wordAt(tokens, at) || (tokens[at]?.kind === 'quoted' ? (tokens[at]?.fold ?? '') : '')
  if (argument.choices && Object.hasOwn(argument.choices, word)) return { value: word, end: at + 1 }
  const match = vocabulary.announcements.get(command.name)?.longest(tokens, at)
  const value = match?.entries.find((entry) => entry.argument.name === argument.name)?.value
  return match && value !== undefined ? { value, end: match.end } : null
}

/** What one may do, as an action type: the words of any command, or the type itself. */
export const readAction: ValueReader = (scan, at, announced) => {
  const { tokens, vocabulary } = scan
  const carrier = vocabulary.around.longest(tokens, at)
  if (carrier?.entries.some((kind) => kind === 'doVerbs' || kind === 'showVerbs')) {
    let next = carrier.end
    while (vocabulary.articles.has(wordAt(tokens, next))) next += 1
    const read = readActionAt(scan, next, announced)
    if (read) return read
  }
  return readActionAt(scan, at, announced)
}

function readActionAt({ tokens, vocabulary }: Scan, at: number, announced: Announced): Read | null {
  const matches = [...vocabulary.commandPhrases.matches(tokens, at)].reverse()
  for (const match of matches) {
    // A phrase that ends in a value (`voir {key}`) names nothing without it.
    const phrase = match.entries.find(
      ({ command, gap, tail, placeholder }) => command.action !== null && !gap && tail.length === 0 && !placeholder,
    )
    if (phrase?.command.action) return { value: phrase.command.action, end: match.end }
  }
  const word = tokens[at]?.fold ?? ''
  return announced && vocabulary.commands.some((command) => command.action === word)
    ? { value: word, end: at + 1 }
    : null
}

/** The name of a command, by any of its words. */
export const readCommandName: ValueReader = ({ tokens, vocabulary }, at) => {
  const token = tokens[at]
  if (token && vocabulary.byName.has(token.fold)) return { value: token.fold, end: at + 1 }
  const match = vocabulary.commandPhrases.longest(tokens, at)
  const phrase = match?.entries[0]
  return match && phrase ? { value: phrase.command.name, end: match.end } : null
}
