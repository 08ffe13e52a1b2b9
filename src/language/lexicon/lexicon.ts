/** Phrases that go on with the last order of a thread. */
export interface FollowUpWords {
  /** Ask for the same once more, alone or with a change: `encore`, `same for billing`. */
  readonly repeat: readonly string[]
  /** Lead to what is to change, and mean nothing alone: `et en prod ?`. */
  readonly change: readonly string[]
}

/** Words of one language that name no command, by what they do to an order. All as written, accents included. */
export interface Lexicon {
  /** Politeness and openings, one or several words; they never matter. */
  readonly polite: readonly string[]
  /** Asks NOX to do what follows: `peux-tu`, `merci de`, `could you`. */
  readonly requests: readonly string[]
  /** A wish addressed to NOX, though in the first person: `je voudrais`, `I'd like`. */
  readonly wishes: readonly string[]
  /** Verbs that show what follows and change nothing: `montre`, `list`. */
  readonly showVerbs: readonly string[]
  /** Verbs that make an order of a noun: `lance un backup`, `do a rollback`. */
  readonly doVerbs: readonly string[]
  /** Words between others that carry no argument. */
  readonly fillers: readonly string[]
  /** Question words that fit a read (`quels pods`) and make a write no order (`which deploy`). */
  readonly questions: readonly string[]
  /** Articles and the like, which may stand inside a phrase: `crée un ticket`. */
  readonly articles: readonly string[]
  /** Other words that may stand inside a phrase: `mets vite en ligne`. */
  readonly inserts: readonly string[]
  /** Words that, right after a write, tell how it is going: `mep ok`, `deploy in progress`. */
  readonly reports: readonly string[]
  /** All there is: nothing to a read that shows all anyway, too much for a write. */
  readonly quantifiers: readonly string[]
  /** Prepositions that a place follows: a bare name after one is no service. */
  readonly placePrepositions: readonly string[]
  /** Any of these, outside titles and quotes, makes a sentence no order. */
  readonly poison: readonly string[]
  /** Any of these in front of a comma or a sentence's end keeps what follows from being an order: `si …, déploie`. */
  readonly supposing: readonly string[]
  /** Common words that are never the name of a thing; where one is left over, the sentence tells something. */
  readonly neverNames: readonly string[]
  readonly followUps: FollowUpWords
  /** Words between two orders of one message: `puis`. */
  readonly sequences: readonly string[]
}
