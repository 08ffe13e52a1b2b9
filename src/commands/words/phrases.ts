import type { Arguments } from '../../domain/command-spec.ts'

/** Every combination of one word per slot: `phrases(['crée', 'ouvre'], ['ticket', 'bug'])` names four phrases. */
export function phrases(...slots: readonly (readonly string[])[]): string[] {
  return slots.reduce<string[]>(
    (begun, slot) => begun.flatMap((start) => slot.map((word) => (start === '' ? word : `${start} ${word}`))),
    [''],
  )
}

/** The forms in which a French verb in -er gives an order: `redémarre`, `redémarrer`, `redémarrez`, `redémarres`. */
export function ordersOf(stem: string, infinitiveStem: string = stem): string[] {
  return [`${stem}e`, `${infinitiveStem}er`, `${infinitiveStem}ez`, `${stem}es`]
}

/** One meaning for several phrases, for `implies` and `needs`: `allOf(['mep', 'mise en prod'], { environment: 'production' })`. */
export function allOf<T extends Arguments | readonly string[]>(
  said: readonly string[],
  meaning: T,
): { [phrase: string]: T } {
  return Object.fromEntries(said.map((phrase) => [phrase, meaning]))
}

/** Verbs that make something new. */
export const createVerbs = {
  fr: [
    'crée',
    'créer',
    'créez',
    'crées',
    'ouvre',
    'ouvrir',
    'ouvrez',
    'ajoute',
    'ajouter',
    'nouveau',
    'nouvelle',
    'nouvel',
  ],
  en: ['create', 'open', 'new', 'add', 'file', 'raise', 'make', 'log', 'submit'],
}
