import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { NoxError } from '../errors.ts'

/** The nearest folder above a file that is there: NOX makes those below it. */
export function existingFolder(path: string): string {
  const folder = dirname(resolve(path))
  return existsSync(folder) || folder === path ? folder : existingFolder(folder)
}

/**
 * Makes a folder and those above it that are missing, for the user that runs NOX alone. One by one: `recursive` never
 * ends where a file system refuses a folder as if its parent were missing (`/proc`).
 * @throws an error of the file system
 */
export function makeFolder(folder: string): void {
  const whole = resolve(folder)
  if (existsSync(whole)) return
  const parent = dirname(whole)
  if (parent !== whole) makeFolder(parent)
  try {
    mkdirSync(whole, { mode: 0o700 })
  } catch (error) {
    // Another process of NOX was quicker.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** Makes an empty file that only the user that runs NOX may read, where there is none: what stands in it is every tenant's. */
export function makePrivateFile(path: string): void {
  if (existsSync(path)) return
  closeSync(openSync(path, 'a', 0o600))
}

/** Why a file can't be the database, and what DATABASE_PATH should name. */
export const unusable = (path: string, error: unknown): NoxError =>
  new NoxError(
    'storage',
    `${path} can't be used as the database: ${error instanceof Error ? error.message : 'unknown'}. DATABASE_PATH names a file of NOX, or a new one, in a folder that NOX may write to.`,
  )

/** Makes the folder of a database. @throws NoxError `storage` with a sentence where it can't be made */
export function makeFolderOf(path: string): void {
  try {
    makeFolder(dirname(path))
  } catch (error) {
    throw unusable(path, error)
  }
}
