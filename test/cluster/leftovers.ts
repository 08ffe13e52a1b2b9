import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'

/** Where hollow nodes put things, wherever TMPDIR points. */
const folder = '/tmp'

/** Removes the folders of a hollow node that has ended, which its log names. */
export function removeFolders(log: string): void {
  const folders = readFileSync(log, 'utf8').match(/\/tmp\/hollow-kubelet\.\d+/g) ?? []
  for (const each of new Set(folders)) rmSync(each, { recursive: true, force: true })
}

/** Removes the sockets of hollow nodes that nobody listens on any more: no log names them. */
export async function removeDeadSockets(): Promise<void> {
  const names = readdirSync(folder).filter((name) => /^kubelet_remote_\d+\.sock$/.test(name))
  for (const name of names) if (await isDead(join(folder, name))) rmSync(join(folder, name), { force: true })
}

const isDead = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(false)
    })
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'))
  })
