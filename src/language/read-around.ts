import type { ReadingDraft } from './reading-draft.ts'
import { environmentWords } from './values/environment.ts'
import { wordAt } from './values/reader.ts'
import type { WordClass } from './vocabulary.ts'

/** Before the name of a place or a thing, in front of an order. */
const leading = new Set([
  'on',
  'sur',
  'for',
  'pour',
  'a',
  'at',
  'with',
  'avec',
  'cote',
  'niveau',
  'au',
  'nouveau',
  'nouvelle',
  'new',
])

/** Politeness, prepositions and the like; and what makes a sentence no order. */
export function readAround(draft: ReadingDraft, at: number): number | null {
  const { tokens, vocabulary } = draft.scan
  const inPrefix = draft.isBefore(at)
  if (vocabulary.inflections.has(wordAt(tokens, at)) && !(inPrefix && wordAt(tokens, at - 1) === 'mind')) {
    draft.isNoOrder = true
    return at + 1
  }
  const match = vocabulary.around.longest(tokens, at)
  if (wordAt(tokens, at) === 'on' && inPrefix && !isPlace(draft, at + 1) && (match?.end ?? at) <= at + 1) {
    draft.isNoOrder = true
    return at + 1
  }
  if (!match) return null
  const does = (kind: WordClass): boolean => match.entries.includes(kind)
  if (draft.isWrite && !inPrefix && does('reports') && endsWith(draft, match.end)) {
    draft.isNoOrder = true
  } else if (
    does('polite') ||
    ((wordAt(tokens, at) === 'non' || wordAt(tokens, at) === 'no') && at === 0 && tokens[1]?.fold === ',')
  ) {
    // "fine" words after an order's arguments are no harm
  } else if (does('requests') || does('wishes')) {
    draft.hasRequest = true
  } else if (does('quantifiers')) {
    if (draft.isWrite) for (let place = at; place < match.end; place += 1) draft.leave(place)
  } else if (inPrefix && does('doVerbs') && draft.isWrite) {
    draft.hasDoVerb = true
  } else if (inPrefix && does('showVerbs')) {
    draft.hasShowVerb = true
  } else if (inPrefix && does('doVerbs')) {
    draft.leave(at)
  } else if (does('fillers') && !(does('poison') && inPrefix)) {
    draft.hasEpithet ||= inPrefix && draft.isWrite && !leadsToPlace(draft, at)
  } else if (does('questions') && !draft.isWrite && (inPrefix || draft.isQuestion)) {
    // a read may be asked as a question
  } else if (does('poison') || does('questions')) {
    draft.isNoOrder = true
  } else {
    for (let place = at; place < match.end; place += 1) draft.leave(place)
    if (does('neverNames')) draft.isNoOrder = draft.isWrite
  }
  return draft.keep(at, match.end)
}

/** True at the end of a sentence that is no question. */
function endsWith(draft: ReadingDraft, end: number): boolean {
  const next = draft.scan.tokens[end]
  return next === undefined || (next.kind === 'mark' && next.text !== '?')
}

/** Prepositions and articles: `en prod, déploie …`. */
function leadsToPlace(draft: ReadingDraft, at: number): boolean {
  const { articles, placePrepositions } = draft.scan.vocabulary
  const word = wordAt(draft.scan.tokens, at)
  return articles.has(word) || placePrepositions.has(word) || leading.has(word)
}

function isPlace(draft: ReadingDraft, at: number): boolean {
  const word = wordAt(draft.scan.tokens, at)
  return environmentWords.has(word) || word === 'the' || word === 'cluster' || word === 'my' || word === 'our'
}
