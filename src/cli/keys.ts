import { randomBytes } from 'node:crypto'
import { readConfig } from '../config.ts'
import { NoxError } from '../errors.ts'
import { createVault } from '../vault/index.ts'
import { requireDatabase } from './open.ts'

/** `nox keys new`, `nox keys rotate`. */
export async function runKeys([verb]: readonly string[]): Promise<number> {
  if (verb === 'new') {
    process.stdout.write(`${randomBytes(32).toString('base64')}\n`)
    return 0
  }
  if (verb !== 'rotate') throw new NoxError('bad-input', 'nox keys new | rotate')
  const { rotateKeys } = await import('../storage/rotate-keys.ts')
  const { database, masterKeys } = readConfig()
  requireDatabase(database)
  const count = await rotateKeys(database, createVault(masterKeys))
  process.stdout.write(`${count} data keys are wrapped with the first key; the others may go from NOX_MASTER_KEY.\n`)
  return 0
}
