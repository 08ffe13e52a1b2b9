import { isDeepStrictEqual } from 'node:util'
import type { Knowledge } from '../../commands/command.ts'
import { aliasCalled } from '../../language/alias-called.ts'
import { fold } from '../../language/fold.ts'
import type { Parser } from '../../language/index.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'

/** Characters that an alias stands for. */
const longestText = 200
/** Aliases of one tenant. */
const mostAliases = 100

const namesIn = ({ services, backupTargets, clusters }: Knowledge): readonly string[] => [
  ...[...services, ...backupTargets].flatMap(({ name, aliases }) => [name, ...aliases]),
  ...clusters.map(({ name }) => name),
]

/** Why a word can't stand for a text: it has a meaning already, or the text begins no order. `null` = it can. */
export function aliasProblem(parser: Parser, name: string, text: string, knowledge: Knowledge): Phrase | null {
  if (text.length > longestText || text.includes('\n')) return phrase('alias.problem.long', { n: longestText })
  const isNew = aliasCalled(knowledge.aliases, name) === undefined
  if (isNew && knowledge.aliases.length >= mostAliases) return phrase('alias.problem.many', { n: mostAliases })
  const isThing = namesIn(knowledge).some((each) => fold(each) === fold(name))
  if (isThing) return phrase('alias.problem.name', { name })
  const meant = parser.parse(text)
  if (meant.command === null) return phrase('alias.problem.noOrder', { text })
  if (meant.command.startsWith('alias.')) return phrase('alias.problem.nested')
  if (!parser.knows(name)) return null
  // A word of NOX may be said again (`mep` = `deploy --env production`), never changed.
  const said = parser.parse(name)
  const isSame = said.command === meant.command && isDeepStrictEqual(said.args, meant.args)
  return isSame ? null : phrase('alias.problem.taken', { name })
}
