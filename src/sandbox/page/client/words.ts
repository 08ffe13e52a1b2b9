import { en } from './words/en.ts'
import { fr, type Word } from './words/fr.ts'

export type { Word } from './words/fr.ts'
export type Lang = 'fr' | 'en'
/** Whether a text is the name of a sentence. */
export const isWord = (text: string): text is Word => Object.hasOwn(fr, text)

const books: Record<Lang, Record<Word, string>> = { fr, en }

/** A sentence of the frame, with its blanks filled. */
export const say = (lang: Lang, word: Word, values: Readonly<Record<string, string | number>> = {}): string =>
  books[lang][word].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
