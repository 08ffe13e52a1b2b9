import type { fr } from './fr.ts'

/** The keys of the message book; a text that is missing in English does not compile. */
export type TextKey = keyof typeof fr

/** A sentence, or its forms by the plural category of one of its numbers. */
export type Template = string | { readonly by: string; readonly one: string; readonly other: string }
