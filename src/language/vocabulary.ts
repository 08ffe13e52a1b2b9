import type { ArgumentSpec, Arguments, CommandWords, Language } from '../domain/command-spec.ts'
import type { Lexicon } from './lexicon/lexicon.ts'
import type { WordIndex } from './nearest-word.ts'
import type { PhraseTree } from './phrase-tree.ts'

/** What stands at the end of a phrase and belongs to an argument: `ferme {key}`. */
export type Placeholder = 'environment' | 'count' | 'key' | 'id' | 'name' | 'email' | 'alias' | 'mention' | 'text'

/** One phrase that names a command. */
export interface CommandPhrase {
  readonly command: CommandWords
  readonly languages: readonly Language[]
  readonly phrase: string
  /** How many words it has: more words are a stronger sign. */
  readonly size: number
  /** Words to be found later in the sentence: `mets … en ligne`. */
  readonly tail: readonly string[]
  /** True where other words may stand before the tail. */
  readonly gap: boolean
  readonly placeholder: Placeholder | null
  /** Names the command only right after a mention: `@paul peut …`. */
  readonly afterMention: boolean
  /** Names the command only after a verb such as `lance`. */
  readonly isNoun: boolean
  readonly implies: Arguments
  /** Names of the arguments without which it names nothing. */
  readonly needs: readonly string[]
}

/** A word that announces an argument, or is its value. */
export interface Announcement {
  readonly argument: ArgumentSpec
  /** The canonical value, where the word says it; else the value follows the word. */
  readonly value?: string
}

/** A phrase that goes on with the last order of a thread. */
export interface FollowUpPhrase {
  readonly kind: 'repeat' | 'change'
  readonly language: Language
}

/** What a word around a command does. */
export type WordClass = Exclude<
  keyof Lexicon,
  'articles' | 'inserts' | 'placePrepositions' | 'supposing' | 'followUps' | 'sequences'
>

/** All tables that the engine looks words up in, built once from the commands' words. */
export interface Vocabulary {
  readonly commands: readonly CommandWords[]
  readonly byName: ReadonlyMap<string, CommandWords>
  readonly commandPhrases: PhraseTree<CommandPhrase>
  readonly announcements: ReadonlyMap<string, PhraseTree<Announcement>>
  /** By command, the arguments whose values show by themselves what they are: `prod`, `v1.2.3`, `2h`. */
  readonly typed: ReadonlyMap<string, readonly ArgumentSpec[]>
  /** Flags by command and folded name. */
  readonly flags: ReadonlyMap<string, ReadonlyMap<string, ArgumentSpec>>
  readonly around: PhraseTree<WordClass>
  /** What goes on with the last order of a thread, by the words that open it. */
  readonly followUps: PhraseTree<FollowUpPhrase>
  /** What stands between two orders of one message. */
  readonly sequences: PhraseTree<Language>
  readonly articles: ReadonlySet<string>
  readonly placePrepositions: ReadonlySet<string>
  /** Words that, where they stand before an order, keep it from being one. */
  readonly supposing: ReadonlySet<string>
  /** Forms that tell and do not order: `deployed`, `redémarrait`, by the commands' names. */
  readonly inflections: ReadonlyMap<string, string>
  /** Every word that NOX knows: never taken for a typo. */
  readonly known: ReadonlySet<string>
  /** Words that a typo may have meant, with their spelling. */
  readonly correctable: ReadonlyMap<string, string>
  /** The same words, sorted for a look-up. */
  readonly typoIndex: WordIndex
  /** The languages in which a word exists. */
  readonly languages: ReadonlyMap<string, ReadonlySet<Language>>
  readonly isVerb: (folded: string) => boolean
}
