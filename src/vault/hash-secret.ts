import { createHash } from 'node:crypto'

/**
 * What is stored in place of a secret that NOX made itself and only has to know again: SHA-256, in hex. Such a secret is
 * long and random, so that nothing slower is needed.
 */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')
