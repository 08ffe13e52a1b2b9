/** The languages that NOX reads and answers in. */
export type Language = 'fr' | 'en'

/** What permissions and quotas are written with. `null` in a spec: everybody may, and it does not count. */
export const actionTypes = [
  'deploy',
  'restart',
  'scale',
  'logs',
  'status',
  'backup',
  'ticket',
  'incident',
  'report',
  'alerts',
  'metrics',
  'ci',
  'docs',
  'audit',
  'manage',
  'share',
  'schedule',
  'approve',
] as const

export type ActionType = (typeof actionTypes)[number]

/** How a value is read. One reader per kind lives in `language/values`. */
export type ValueKind =
  | 'name'
  | 'environment'
  | 'branch'
  | 'tag'
  | 'sha'
  | 'duration'
  | 'count'
  | 'lines'
  | 'revision'
  | 'level'
  | 'flag'
  | 'quoted'
  | 'alias'
  | 'rest'
  | 'id'
  | 'key'
  | 'email'
  | 'actor'
  | 'cron'
  | 'date'
  | 'choice'
  | 'action'
  | 'command'
  | 'order'

/** An argument's value after reading: canonical, JSON-safe. */
export type ArgumentValue = string | number | boolean | ParsedOrder

/** Arguments by canonical name. */
export type Arguments = { readonly [name: string]: ArgumentValue }

/** What a person asked for, in canonical names. */
export interface ParsedOrder {
  readonly command: string
  readonly args: Arguments
}

/** One argument of a command. */
export interface ArgumentSpec {
  readonly name: string
  readonly kind: ValueKind
  readonly required?: boolean
  /** The words that announce the value, per language: `branche`, `du service`. */
  readonly nouns?: Readonly<Record<Language, readonly string[]>>
  /** For `choice`: canonical value → the words that mean it, per language. */
  readonly choices?: { readonly [value: string]: Readonly<Record<Language, readonly string[]>> }
  /** The letter of its short flag: `-e staging`. */
  readonly short?: string
  /** A bare leftover name may fill it. */
  readonly bare?: boolean
  /** Names of people have several words: those that follow the first at once belong to it. */
  readonly isPerson?: boolean
  /** A choice that may also end the message: `cherche … dans Notion`. */
  readonly trailing?: boolean
  /** Not missing where one of these was given. */
  readonly unless?: readonly string[]
}

/** The words and arguments of one command: data, read by `language/`. */
export interface CommandWords {
  readonly name: string
  readonly action: ActionType | null
  readonly effect: 'read' | 'write'
  readonly arguments: readonly ArgumentSpec[]
  /**
   * Phrases that name the command: `mets en ligne`, `roll out`. `…` stands for other words (`mets … en ligne`);
   * a last `{key}`, `{id}`, `{count}`, `{environment}`, `{name}`, `{email}`, `{alias}`, `{mention}` or `{text}` demands such a value there (`ferme {key}`).
   */
  readonly words: Readonly<Record<Language, readonly string[]>>
  /** Nouns that name the command only after a verb such as `lance` or a wish: `déploiement`. */
  readonly nouns?: Readonly<Record<Language, readonly string[]>>
  /** Arguments that a phrase says by itself: `mep` is a deploy to production. */
  readonly implies?: { readonly [phrase: string]: Arguments }
  /** Arguments without which a phrase is no order: `find … in Notion`, for `find` alone may mean anything. */
  readonly needs?: { readonly [phrase: string]: readonly string[] }
  /** Flags of other tools that say nothing more than the command does: `tail -f`. */
  readonly ignoredFlags?: readonly string[]
}

/** What `nox parse --json` prints (see docs/command-language.md). */
export interface ParseResult {
  readonly command: string | null
  readonly args: Arguments
  readonly missing: readonly string[]
  readonly language: Language
  readonly corrections: readonly { readonly from: string; readonly to: string }[]
  /** Up to three command names, where `command` is null and the text may have meant an order. */
  readonly suggestions?: readonly string[]
  /** Words that fit no argument: NOX asks instead of ignoring them. */
  readonly leftover?: readonly string[]
  /** What the words mean without those that are left over. */
  readonly without?: ParsedOrder
  /** The text names a command, and tells of it, forbids it or supposes it: it orders nothing. */
  readonly isNoOrder?: boolean
  /** Nothing but politeness: `bonjour`, `thanks!`. */
  readonly isPolite?: boolean
  /** Several readings that are equally good, in words of the command language. */
  readonly readings?: readonly ParsedOrder[]
  /** Each order of a message that gives several, in their order; `command` is null then. */
  readonly orders?: readonly ParseResult[]
  /** The order for each name of a list (`web et web-b`); `command` is null then. They hold where all these names are known. */
  readonly list?: readonly ParseResult[]
  /** A word of the tenant that was read as what it stands for. */
  readonly alias?: { readonly name: string; readonly text: string }
  /** What says that the message goes on with the order of its thread; `bare`: only values, `en prod ?`. */
  readonly followUp?: 'repeat' | 'change' | 'bare'
  /** A value that can't be used, told to the person (`lines` out of range). */
  readonly problem?: { readonly argument: string; readonly reason: 'range'; readonly min: number; readonly max: number }
}
