import type { Language } from '../domain/command-spec.ts'
import { foldWithoutAccents } from './fold.ts'

const frenchPast = [
  'é',
  'ée',
  'és',
  'ées',
  'ais',
  'ait',
  'aient',
  'ions',
  'ons',
  'ent',
  'erai',
  'era',
  'eras',
  'erons',
  'erez',
  'eront',
  'erait',
  'erais',
  'ant',
  'ai',
  'a',
]

/** The forms of a command's verb that tell, announce or describe, and so are no order. All folded. */
export function inflectionsOf(word: string, language: Language): string[] {
  if (!/^[a-zé]{4,}$/.test(word)) return []
  return language === 'fr' ? frenchForms(word) : englishForms(word)
}

function frenchForms(word: string): string[] {
  const plain = foldWithoutAccents(word)
  const stem = plain.slice(0, -2)
  if (plain.endsWith('oie')) return ['nt', 'ra', 'rai', 'rait', 'rons', 'ront'].map((ending) => plain + ending)
  return plain.endsWith('er') ? frenchPast.map((ending) => stem + ending) : []
}

function englishForms(word: string): string[] {
  const stem = word.endsWith('e') ? word.slice(0, -1) : word
  const forms = [`${word}s`, `${stem}ed`, `${stem}ing`, `${word}ment`, `${word}ments`]
  if (word.endsWith('y')) forms.push(`${word.slice(0, -1)}ies`, `${word.slice(0, -1)}ied`)
  if (/[^aeiou][aeiou][bdglmnprt]$/.test(word)) forms.push(`${word}${word.at(-1)}ed`, `${word}${word.at(-1)}ing`)
  if (/(?:s|sh|ch|x)$/.test(word)) forms.push(`${word}es`)
  return forms
}
