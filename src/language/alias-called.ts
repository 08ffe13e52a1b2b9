import type { Alias } from '../domain/alias.ts'
import { fold } from './fold.ts'

/** The alias that a word stands for, however it is accented: of several that are said alike the same one each time. */
export const aliasCalled = (aliases: readonly Alias[], word: string): Alias | undefined =>
  aliases.findLast(({ name }) => fold(name) === fold(word))
