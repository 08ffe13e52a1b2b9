import type { Token } from './tokenize.ts'

interface Node<Entry> {
  readonly next: Map<string, Node<Entry>>
  readonly entries: Entry[]
}

const emptyNode = <Entry>(): Node<Entry> => ({ next: new Map(), entries: [] })

/** What was found, and the token after it. */
export interface PhraseMatch<Entry> {
  readonly entries: readonly Entry[]
  readonly end: number
}

/** Phrases by their folded words, found in time proportional to the phrase and not to how many there are. */
export class PhraseTree<Entry> {
  readonly #root: Node<Entry> = emptyNode()
  readonly #articles: ReadonlySet<string>

  /** `articles` may stand between the words of a phrase without being part of it. */
  constructor(articles: ReadonlySet<string> = new Set()) {
    this.#articles = articles
  }

  add(words: readonly string[], entry: Entry): void {
    let node = this.#root
    for (const word of words) {
      let next = node.next.get(word)
      if (!next) {
        next = emptyNode()
        node.next.set(word, next)
      }
      node = next
    }
    if (words.length > 0) node.entries.push(entry)
  }

  /** Every phrase that begins at `at`, shortest first. */
  matches(tokens: readonly Token[], at: number): PhraseMatch<Entry>[] {
    const found: PhraseMatch<Entry>[] = []
    this.#walk(tokens, at, (match) => found.push(match))
    return found
  }

  /** The longest phrase that begins at `at`. */
  longest(tokens: readonly Token[], at: number): PhraseMatch<Entry> | null {
    let longest: PhraseMatch<Entry> | null = null
    this.#walk(tokens, at, (match) => {
      longest = match
    })
    return longest
  }

  #walk(tokens: readonly Token[], at: number, found: (match: PhraseMatch<Entry>) => void): void {
    let node = this.#root
    let skipped = 0
    for (let index = at; index < tokens.length; index += 1) {
      const token = tokens[index] as Token
      if (token.kind !== 'word') return
      const next = node.next.get(token.fold)
      if (next) {
        node = next
        skipped = 0
        if (node.entries.length > 0) found({ entries: node.entries, end: index + 1 })
        if (node.next.size === 0) return
      } else if (index > at && skipped < 2 && this.#articles.has(token.fold)) {
        skipped += 1
      } else {
        return
      }
    }
  }
}
