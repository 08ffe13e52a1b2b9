import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { usage, usages } from '../../src/cli/usage.ts'
import { runCli } from '../helpers/run-cli.ts'

const nox = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli.ts', ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

describe('nox --help', () => {
  it.each([['--help'], ['-h'], ['help']])('lists the commands: %s', (asked) => {
    expect(nox(asked)).toEqual({ status: 0, stdout: usage, stderr: '' })
  })

  it('explains each command that it lists, and no other', () => {
    const listed = [...usage.matchAll(/^ {2}nox ([a-z]+)/gm)].map((match) => match[1])
    expect([...new Set(listed)].sort()).toEqual(Object.keys(usages).sort())
  })

  it.each(Object.keys(usages))('explains a command, and does not run it: nox %s --help', (command) => {
    expect(nox(command, '--help')).toEqual({ status: 0, stdout: usages[command], stderr: '' })
    expect(nox('help', command).stdout).toBe(usages[command])
  })

  it('fails where there is no command, or none of that name', () => {
    expect(nox()).toEqual({ status: 2, stdout: usage, stderr: '' })
    expect(nox('bogus', '--help')).toMatchObject({ status: 2, stdout: '' })
    expect(nox('bogus').stderr).toContain('bogus is no command')
  })

  it.each([
    [['parse', '--jsno', 'x'], '--jsno is no flag of nox. Did you mean --json?'],
    [['doctor', '--zzzzzz'], '--zzzzzz is no flag of nox.'],
    [['parse', '--language'], '--language needs a value'],
    [['doctor', '--json=yes'], '--json takes no value'],
    [['-x'], '-x is no flag of nox.'],
  ])('names the nearest flag where there is none of that name: nox %j', (args, hint) => {
    const { status, stdout, stderr } = nox(...args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(hint)
    expect(stderr).toContain('--help')
    expect(stderr).not.toMatch(/ERR_|at .*\.ts/)
  })

  it('keeps its lines short enough for a terminal', () => {
    const lines = [usage, ...Object.values(usages)].flatMap((text) => text.split('\n'))
    expect(lines.filter((line) => line.length > 120)).toEqual([])
  })
})

describe('commands that look into a database', () => {
  const env = { NOX_MASTER_KEY: Buffer.alloc(32, 7).toString('base64') }
  const looks = [
    ['audit', 'verify'],
    ['tenants', 'list'],
    ['tenants', 'keep', 'T1'],
    ['keys', 'rotate'],
  ]

  it.each(looks)('make none where there is none, and say where they looked: nox %s %s', async (...args) => {
    const { code, stdout, stderr } = await runCli(args, env)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^nox: there is no database at data\/nox\.db: run this in the folder that NOX runs in/)
  })

  it('say that an installation is empty, instead of nothing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nox-empty-'))
    try {
      const empty = { ...env, DATABASE_PATH: join(folder, 'nox.db') }
      expect(await runCli(['migrate'], empty)).toMatchObject({ code: 0 })
      expect(await runCli(['audit', 'verify'], empty)).toMatchObject({
        code: 0,
        stdout: 'No tenant has installed NOX yet: there is no chain to verify.\n',
      })
      expect(await runCli(['tenants', 'list'], empty)).toMatchObject({
        code: 0,
        stdout: 'No tenant has installed NOX yet.\n',
      })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
