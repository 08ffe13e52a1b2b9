import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { pathOf, type Server } from '../../scripts/cluster/binaries.ts'

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })

/** A process that writes its log into the folder. */
export interface Running {
  readonly process: ChildProcess
  /** @param signal as a crash (`SIGKILL`) or as an operator ends it */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

export function startServer(server: Server, args: readonly string[], folder: string, name: string = server): Running {
  const log = createWriteStream(join(folder, `${name}.log`), { flags: 'a' })
  const child = spawn(pathOf(server), args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.pipe(log, { end: false })
  child.stderr.pipe(log, { end: false })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  return {
    process: child,
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      const late = setTimeout(() => child.kill('SIGKILL'), 5_000)
      await ended
      clearTimeout(late)
    },
  }
}

/** Waits until something holds. @throws where it does not by then */
export async function until(what: string, holds: () => Promise<boolean>, ms = 90_000): Promise<void> {
  const end = Date.now() + ms
  for (;;) {
    if (await holds().catch(() => false)) return
    if (Date.now() > end) throw new Error(`${what}: not within ${ms / 1_000} s`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
