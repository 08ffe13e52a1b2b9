import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { checkArchive } from '../../src/start/check-archive.ts'
import { makeFolder } from '../../src/storage/make-folder.ts'
import { runCli } from '../helpers/run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'nox-private-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)
const key = Buffer.alloc(32, 7).toString('base64')

describe('files of NOX', () => {
  it('are for the user that runs it alone, and so is the folder that it makes', async () => {
    const path = join(folder, 'data', 'deep', 'nox.db')
    const env = { DATABASE_PATH: path, NOX_MASTER_KEY: key }
    expect(await runCli(['migrate'], env)).toMatchObject({ code: 0 })
    expect([modeOf(join(folder, 'data')), modeOf(join(folder, 'data', 'deep'))]).toEqual(['700', '700'])
    for (const file of readdirSync(join(folder, 'data', 'deep')))
      expect([file, modeOf(join(folder, 'data', 'deep', file))]).toEqual([file, '600'])
    const copy = join(folder, 'copy.db')
    expect(await runCli(['db', 'backup', copy], env)).toMatchObject({ code: 0 })
    expect(modeOf(copy)).toBe('600')
  })

  it('stay as they are where they are there already, with a word of the doctor', async () => {
    const path = join(folder, 'data', 'deep', 'nox.db')
    const env = { DATABASE_PATH: path, NOX_MASTER_KEY: key }
    expect((await runCli(['doctor'], env)).stdout).not.toContain('file mode')
    chmodSync(path, 0o644)
    expect(await runCli(['migrate'], env)).toMatchObject({ code: 0 })
    expect(modeOf(path)).toBe('644')
    const { stdout } = await runCli(['doctor'], env)
    expect(stdout).toMatch(/warning +file mode +Other users of this machine may read .*nox\.db/)
    expect(stdout).toContain(`chmod 600 ${path}`)
  })
})

describe('places where no file can be made', () => {
  it.skipIf(!existsSync('/proc/self'))('end the start with a sentence', { timeout: 30_000 }, async () => {
    expect(() => makeFolder('/proc/nox-was-here/deep')).toThrow()
    const { code, stderr } = await runCli(['start'], { DATABASE_PATH: '/proc/nox-was-here/nox.db', PORT: '0' })
    expect(code).toBe(1)
    expect(stderr).toMatch(/can't be used as the database[\s\S]*DATABASE_PATH names a file/)
  })

  it('refuse an archive that is no folder', () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    const archive = (path: string) =>
      checkArchive(readConfig({ NOX_ARCHIVE_PATH: path, DATABASE_PATH: join(folder, 'x', 'nox.db') }))
    expect(() => archive(file)).toThrow(/NOX_ARCHIVE_PATH can't be used/)
    expect(() => archive(join(file, 'below'))).toThrow(/NOX_ARCHIVE_PATH can't be used/)
    archive(join(folder, 'archive'))
    expect(modeOf(join(folder, 'archive'))).toBe('700')
  })
})
