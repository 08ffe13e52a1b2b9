import { randomInt } from 'node:crypto'

/** A name for an alert that people type: twelve digits, of which the first eight are enough to find it by. */
export const newNumber = (): string => `${randomInt(100_000, 1_000_000)}${randomInt(100_000, 1_000_000)}`
