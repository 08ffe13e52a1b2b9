import { closeSync, fdatasync, fsyncSync, openSync } from 'node:fs'
import { dirname } from 'node:path'

/** A file that is made durable without blocking the event loop. */
export interface SyncedFile {
  /** Resolves when everything that was written to the file before the call is on the disk. */
  sync(): Promise<void>
  close(): void
}

/** @param path of a file that exists; its entry in the folder is made durable too */
export function openForSync(path: string): SyncedFile {
  const descriptor = openSync(path, 'r+')
  syncFolder(dirname(path))
  return {
    sync: () =>
      new Promise((resolve, reject) => {
        fdatasync(descriptor, (error) => (error ? reject(error) : resolve()))
      }),
    close: () => closeSync(descriptor),
  }
}

/** Where folders can't be opened (Windows) their entries are durable by themselves. */
function syncFolder(path: string): void {
  let descriptor: number
  try {
    descriptor = openSync(path, 'r')
  } catch {
    return
  }
  try {
    fsyncSync(descriptor)
  } catch {
    // Some file systems sync no folders.
  } finally {
    closeSync(descriptor)
  }
}
