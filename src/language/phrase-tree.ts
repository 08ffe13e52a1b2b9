import type { Token } from './tokenize.ts'

interface Node<Entry> {
  readonly next: Map<string, Node<Entry>>
  readonly entries: Entry[]
}

const none: readonly never[] = []

/** How many articles may stand between two words of a phrase. */
const mostSkipped = 2

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

  /** True where a phrase begins with this word. */
  begins(word: string): boolean {
    return this.#root.next.has(word)
  }

  /** Every phrase that begins at `at`. */
  matches(tokens: readonly Token[], at: number): readonly PhraseMatch<Entry>[] {
    const token = tokens[at]
    const next = token?.kind === 'word' ? this.#root.next.get(token.fold) : undefined
    if (!next) return none
    const found: PhraseMatch<Entry>[] = []
    this.#descend(next, tokens, at + 1, found)
    return found
  }

  /** The longest phrase that begins at `at`. */
  longest(tokens: readonly Token[], at: number): PhraseMatch<Entry> | null {
    if (this.#articles.size === 0) return this.#straight(tokens, at)
    const found = this.matches(tokens, at)
    let longest = found[0] ?? null
    for (const match of found) if (longest && match.end > longest.end) longest = match
    return longest
  }

  /** The longest phrase where no article may be skipped: one way only, nothing to collect. */
  #straight(tokens: readonly Token[], at: number): PhraseMatch<Entry> | null {
    let node: Node<Entry> | undefined = this.#root
    let entries: readonly Entry[] | null = null
    let end = at
    for (let index = at; index < tokens.length; index += 1) {
      const token = tokens[index]
      node = token?.kind === 'word' ? node.next.get(token.fold) : undefined
      if (!node) break
      if (node.entries.length === 0) continue
      entries = node.entries
      end = index + 1
    }
    return entries ? { entries, end } : null
  }

  /** Goes on from a node; a word that leads on and is an article (`état de santé`, `état de l'incident`) is tried both ways. */
  #descend(node: Node<Entry>, tokens: readonly Token[], at: number, found: PhraseMatch<Entry>[]): void {
    if (node.entries.length > 0) found.push({ entries: node.entries, end: at })
    if (node.next.size === 0) return
    for (let index = at; index <= at + mostSkipped; index += 1) {
      const token = tokens[index]
      if (token?.kind !== 'word') return
      const next = node.next.get(token.fold)
      if (next) this.#descend(next, tokens, index + 1, found)
      if (!this.#articles.has(token.fold)) return
    }
  }
}
